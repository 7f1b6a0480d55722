"""Kinds and states of exposures."""

from django.db.models import TextChoices


class ExposureKind(TextChoices):
    FORECAST = "FORECAST", "forecast"
    HIGHLY_PROBABLE_FORECAST = "HIGHLY_PROBABLE_FORECAST", "highly probable forecast"
    FIRM_COMMITMENT = "FIRM_COMMITMENT", "firm commitment"
    RECOGNISED_ASSET = "RECOGNISED_ASSET", "recognised asset"
    RECOGNISED_LIABILITY = "RECOGNISED_LIABILITY", "recognised liability"
    NET_INVESTMENT = "NET_INVESTMENT", "net investment"


#: Exposures whose amount is certain; the others are forecasts (the two parts of the horizon profile's bars).
FIRM_KINDS = (
    ExposureKind.FIRM_COMMITMENT,
    ExposureKind.RECOGNISED_ASSET,
    ExposureKind.RECOGNISED_LIABILITY,
    ExposureKind.NET_INVESTMENT,
)


class ExposureStatus(TextChoices):
    """NO_LONGER_EXPECTED: not expected, but it may still happen (ASC 815-30-40-5); CANCELLED: it will not happen."""

    OPEN = "OPEN", "open"
    SETTLED = "SETTLED", "settled"
    NO_LONGER_EXPECTED = "NO_LONGER_EXPECTED", "no longer expected"
    CANCELLED = "CANCELLED", "cancelled"


class ImportStatus(TextChoices):
    STAGED = "STAGED", "staged"
    COMMITTED = "COMMITTED", "committed"
    UNDONE = "UNDONE", "undone"
    DISCARDED = "DISCARDED", "discarded"


class RowOutcome(TextChoices):
    """What a row of an import does to the book."""

    NEW = "NEW", "new"
    CHANGED = "CHANGED", "changed"
    UNCHANGED = "UNCHANGED", "unchanged"


class PreviewOutcome(TextChoices):
    """What a row of an import would do, wrong rows too."""

    NEW = "NEW", "new"
    CHANGED = "CHANGED", "changed"
    UNCHANGED = "UNCHANGED", "unchanged: the book has it already"
    WRONG = "WRONG", "wrong"
    TWICE = "TWICE", "twice in the file"


class BulkMode(TextChoices):
    """What a wrong row does to the others of its request."""

    ALL_OR_NOTHING = "all-or-nothing", "all or nothing"
    ROW_WISE = "row-wise", "row by row"


class BulkStatus(TextChoices):
    WAITING = "WAITING", "waiting"
    RUNNING = "RUNNING", "running"
    DONE = "DONE", "done"
    REFUSED = "REFUSED", "refused"
    FAILED = "FAILED", "failed"
    CANCELLED = "CANCELLED", "cancelled"

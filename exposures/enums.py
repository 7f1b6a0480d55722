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

"""Which business date a night is for; `beat` says when one is fired."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from treasury.kernel.clock import weekday_on_or_before
from treasury.models import DatabaseMark, Entity
from treasury.nightly.beat import BEAT_SCHEDULE, NIGHT_AT, SWEEP_SECONDS
from treasury.queries.market import last_rate_date

__all__ = ["BEAT_SCHEDULE", "NIGHT_AT", "SWEEP_SECONDS", "due_date"]


def due_date(now: datetime | None = None) -> date | None:
    """The business date of the last night that should have begun; None while there is no entity to have one.

    When the night begins, its UTC date has begun in every time zone, daylight saving or not, and is the date of the
    day's reference rates. In a demo the business date stays at the last date with rates.
    """
    if DatabaseMark.objects.filter(kind="DEMO").exists():
        return last_rate_date()
    if not Entity.objects.exists():
        return None
    now = (now or timezone.now()).astimezone(UTC)
    begun = now.date() if now.time() >= NIGHT_AT else now.date() - timedelta(days=1)
    return weekday_on_or_before(begun)

"""What the beat fires, and when, in UTC; and which business date a night is for."""

from datetime import UTC, date, datetime, time, timedelta

from celery.schedules import crontab
from django.conf import settings
from django.utils import timezone

from treasury.kernel.clock import weekday_on_or_before
from treasury.models import DatabaseMark, Entity
from treasury.queries.market import last_rate_date

#: The night begins when the day's reference rates are out; UTC knows no daylight saving.
NIGHT_AT = time(hour=22)
SWEEP_SECONDS = settings.HEDGEBOOK_SWEEP_SECONDS

BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "start-night": {
        "task": "nightly.start_night",
        "schedule": crontab(hour=NIGHT_AT.hour, minute=NIGHT_AT.minute),
    },
    # The same question every hour: a night that the beat has slept through is caught up.
    "catch-up-night": {"task": "nightly.start_night", "schedule": crontab(minute=30)},
    "sweep": {"task": "nightly.sweep", "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS * 3}},
}


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

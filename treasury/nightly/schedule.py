"""What the beat fires, and when, in UTC; and which business date a night is for."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from celery.schedules import crontab
from django.conf import settings
from django.utils import timezone

from treasury.kernel.clock import weekday_on_or_before
from treasury.models import DatabaseMark, Entity
from treasury.queries.market import last_rate_date

#: The night begins when the reference rates of the day are out everywhere; UTC knows no daylight saving.
NIGHT_AT = time(hour=22)
SWEEP_SECONDS = getattr(settings, "HEDGEBOOK_SWEEP_SECONDS", 10.0)

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

    In a demo the business date stays at the last date with rates.
    """
    if DatabaseMark.objects.filter(kind="DEMO").exists():
        return last_rate_date()
    now = now or timezone.now()
    begun = datetime.combine(now.date(), NIGHT_AT, tzinfo=now.tzinfo)
    if now < begun:
        begun -= timedelta(days=1)
    zones = set(Entity.objects.values_list("time_zone", flat=True))
    # One night for the group: the date that has begun for every entity.
    return min(
        (weekday_on_or_before(begun.astimezone(ZoneInfo(zone)).date()) for zone in zones), default=None
    )

"""What the beat fires, and when, in UTC. Imports no model: Celery reads it before the applications are set up."""

from datetime import time

from celery.schedules import crontab
from django.conf import settings

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
    "bulk-sweep": {
        "task": "exposures.bulk_sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS * 3},
    },
    "sweep": {"task": "nightly.sweep", "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS * 3}},
    # Each look for webhooks that are due is forgotten when the next one is.
    "webhooks": {
        "task": "webhooks.look",
        "schedule": settings.HEDGEBOOK_WEBHOOK_SECONDS,
        "options": {"expires": settings.HEDGEBOOK_WEBHOOK_SECONDS * 2},
    },
}

"""The Celery application of the worker, the beat and everyone who sends a task."""

import logging.config
import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treasury.config.settings")

app = Celery("hedgebook")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect
def _schedule(sender: Celery, **_: Any) -> None:
    from treasury.nightly.beat import BEAT_SCHEDULE

    sender.conf.beat_schedule = BEAT_SCHEDULE


@setup_logging.connect
def _same_logs_as_the_web(**_: Any) -> None:
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@worker_init.connect
def _read_calendars(**_: Any) -> None:
    """Before the worker splits: its processes share them, and no night begins with a second of loading QuantLib."""
    from treasury.quant.dates.holidays import read_all

    read_all()


@worker_ready.connect
def _say_ready(**_: Any) -> None:
    """Whoever started the worker may wait for this file."""
    if path := os.environ.get("HEDGEBOOK_READY_FILE"):
        Path(path).touch()

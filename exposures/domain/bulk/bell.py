"""Ringing for the worker. Without a broker a job is late, not lost: the sweep rings again."""

from __future__ import annotations

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
TASK = "exposures.bulk"


def ring(job_id: int) -> None:
    try:
        current_app.send_task(TASK, [job_id])
    except (OperationalError, OSError) as error:
        logger.warning("the bell for bulk job %s could not be rung: %s", job_id, error)

"""What the worker does beside the night: webhooks that are due are told what has changed."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from treasury.domain.webhooks import delivering, leases

logger = logging.getLogger(__name__)
#: Seconds after which a bell that nobody has heard is forgotten; the next look rings again.
FORGOTTEN = 60


@shared_task(name="webhooks.look")
def look() -> list[int]:
    """Rings for each webhook that is due; without a broker it is late, not lost."""
    found = leases.due()
    for webhook_id in found:
        try:
            deliver.apply_async([webhook_id], expires=FORGOTTEN)
        except (OperationalError, OSError) as error:
            logger.warning("the bell for webhook %s could not be rung: %s", webhook_id, error)
            break
    return found


@shared_task(name="webhooks.deliver")
def deliver(webhook_id: int) -> int:
    # Not at the start of every worker: it reads the whole API.
    from treasury.api.webhook_messages import message

    return delivering.deliver(webhook_id, shown=message)

"""The body of a webhook's message: changes in the form of the feed."""

from collections.abc import Sequence

import orjson

from treasury.api.change_bodies import shown
from treasury.models import Webhook, WebhookDelivery
from treasury.queries.changes import Change

TYPE = "book.changed"


def message(webhook: Webhook, delivery: WebhookDelivery, found: Sequence[Change]) -> bytes:
    """What is signed and sent. `cursor` can be handed to `changes/`, or to a replay, to go on from there."""
    return orjson.dumps(
        {
            "type": TYPE,
            "timestamp": delivery.created_at,
            "data": {
                "webhook": webhook.pk,
                "cursor_from": delivery.cursor_from,
                "cursor": delivery.cursor_to,
                "changes": shown(found, webhook.owner, full=webhook.has_bodies),
            },
        },
        option=orjson.OPT_UTC_Z,
    )

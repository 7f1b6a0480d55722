"""Keeping a form that somebody has begun, and letting it go. Each person has their own; nobody sees another's."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from treasury.domain.refusals import Refusal, as_refusal
from treasury.models import Draft
from treasury.models.draft import MOST_LETTERS

#: Drafts of one form that a person keeps; the oldest one gives way.
MOST = 50


def keep(
    *,
    owner: Any,
    form_name: str,
    client_key: UUID,
    fields: Mapping[str, str],
    title: str = "",
    address: str = "",
) -> None:
    """Writes the draft of this key, or over it. Raises Refusal where it is too long; the one before it then stays."""
    text = json.dumps({name: str(value) for name, value in fields.items()}, ensure_ascii=True)
    if len(text) > MOST_LETTERS or "\\u0000" in text:
        raise Refusal("This is too long to be kept as a draft. Shorten its texts, or send it.")
    written = [owner.pk, form_name, client_key, title[:200], address[:400], text]
    with as_refusal(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO treasury_draft (owner_id, form_name, client_key, title, address, fields, updated_at)"
            " VALUES (%s, %s, %s, %s, %s, %s::jsonb, hedgebook_now())"
            " ON CONFLICT (owner_id, form_name, client_key) DO UPDATE SET title = excluded.title,"
            " address = excluded.address, fields = excluded.fields, updated_at = excluded.updated_at",
            written,
        )
        cursor.execute(
            "DELETE FROM treasury_draft WHERE id IN (SELECT id FROM treasury_draft"
            " WHERE owner_id = %s AND form_name = %s ORDER BY updated_at DESC, id DESC OFFSET %s)",
            [owner.pk, form_name, MOST],
        )


def discard(*, owner: Any, form_name: str, client_key: UUID) -> bool:
    """Whether there was such a draft of this person; it is gone now."""
    count, _ = Draft.objects.filter(owner=owner, form_name=form_name, client_key=client_key).delete()
    return bool(count)

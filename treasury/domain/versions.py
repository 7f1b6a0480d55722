"""Reading back what the triggers gave a new version: number, author, time, digest."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import models

V = TypeVar("V", bound=models.Model)


def as_recorded(versions: Sequence[V]) -> list[V]:
    """The rows as the database made them, in the order of `versions`, in one query."""
    if not versions:
        return []
    # Without the model's order, which would join each row's thing to it.
    unordered = type(versions[0])._default_manager.order_by()
    rows = unordered.in_bulk([version.pk for version in versions])
    return [rows[version.pk] for version in versions]

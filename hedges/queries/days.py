"""Which day it is in each entity: by the database's clock, in the entity's time zone."""

from collections.abc import Iterable
from datetime import date

from django.db import connection


def today(entity_ids: Iterable[int]) -> dict[int, date]:
    """By entity, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, (hedgebook_now() AT TIME ZONE time_zone)::date FROM treasury_entity WHERE id = ANY (%s)",
            [list(entity_ids)],
        )
        return dict(cursor.fetchall())

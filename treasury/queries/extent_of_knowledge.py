"""How much the book knows: as nothing is recorded without an audit event, the same events are the same book."""

from datetime import datetime

from django.db import connection

_SQL = """SELECT coalesce(max(id), 0), count(*), count(*) FILTER (WHERE recorded_at <= coalesce(%s, hedgebook_now()))
FROM treasury_auditevent"""


def extent_of_knowledge(known_at: datetime | None = None) -> tuple[int, int, int]:
    """The newest event, how many there are, and how many of them were recorded by then (None: by now).

    Ids are given in another order than that of the commits: with the number of events a late one is not missed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [known_at])
        newest, count, known = cursor.fetchone()
    return int(newest), int(count), int(known)

"""Rows by the ten thousand are looked up by key, whatever the server believed of their tables when it planned that.

The look-up behind a foreign key is planned once a session and kept. Where that was done while a table was analysed as
nearly empty, it reads the table through for every row that refers to it, and time grows with the square of the rows.
"""

from django.db import connection


def by_key() -> None:
    """For the transaction that runs: plans that are kept are forgotten, and new ones read no table through that has a
    key. Foreign keys are looked up as late as at the commit, so that it holds until then."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("DISCARD PLANS")

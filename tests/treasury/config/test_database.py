"""What a connection of the application asks of whatever server it leads to."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_statements_are_not_compiled() -> None:
    """Servers come with it on, and a write in bulk then takes seconds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('jit'), reset_val FROM pg_settings WHERE name = 'jit'")
        assert cursor.fetchone() == ("off", "off")

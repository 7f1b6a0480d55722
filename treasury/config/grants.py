"""What the application's role may do with tables that no migration of ours makes: those of libraries."""

from django.apps import apps
from django.conf import settings
from django.db import connections

from treasury.launcher.roles import APP


def library_tables() -> list[str]:
    models = [
        model for label in settings.LIBRARY_APPS for model in apps.get_app_config(label).get_models(True)
    ]
    return sorted({model._meta.db_table for model in models if model._meta.managed})


def apply(alias: str = "owner") -> None:
    """Library tables hold no book: full use of them. Running it again changes nothing."""
    quote = connections[alias].ops.quote_name
    tables = ", ".join(quote(table) for table in library_tables())
    with connections[alias].cursor() as cursor:
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {APP}")
        cursor.execute(f"GRANT SELECT ON django_migrations TO {APP}")

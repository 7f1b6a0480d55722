"""Migration operations that put the database's own guards in place."""

from pathlib import Path
from typing import Any

from django.db import migrations

APP_ROLE = "hedgebook_app"


class CreatePartitionedModel(migrations.CreateModel):
    """CreateModel for a result family: the same table, PARTITION BY LIST (run_id)."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        plain = schema_editor.sql_create_table
        schema_editor.sql_create_table = plain + " PARTITION BY LIST (run_id)"
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        finally:
            schema_editor.sql_create_table = plain


def sql_file(path: Path) -> migrations.RunSQL:
    """Runs one .sql file that stands beside the migration."""
    return migrations.RunSQL(path.read_text(encoding="utf-8"), migrations.RunSQL.noop)


def grant(rights: str, *tables: str) -> migrations.RunSQL:
    """Gives the application's role `rights` on tables: `grant("INSERT", "exposures_exposure")`."""
    return migrations.RunSQL(
        [f"GRANT {rights} ON {table} TO {APP_ROLE}" for table in tables], migrations.RunSQL.noop
    )


def append_only(*tables: str) -> migrations.RunSQL:
    """No UPDATE, DELETE or TRUNCATE by anyone, the owner included."""
    return _triggers(
        tables,
        "CREATE TRIGGER {short}_append_only BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION hedgebook_refuse_change()",
        "CREATE TRIGGER {short}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION hedgebook_refuse_change()",
    )


def never_deleted(*tables: str) -> migrations.RunSQL:
    """State rows: columns may change, rows stay."""
    return _triggers(
        tables,
        "CREATE TRIGGER {short}_never_deleted BEFORE DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION hedgebook_refuse_change()",
        "CREATE TRIGGER {short}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION hedgebook_refuse_change()",
    )


def changes_logged(*tables: str) -> migrations.RunSQL:
    """Old and new values of each UPDATE go to the audit trail; an UPDATE without a named action is refused."""
    return _triggers(
        tables,
        "CREATE TRIGGER {short}_changes_logged AFTER UPDATE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION hedgebook_log_change()",
    )


def stamped(*tables: str) -> migrations.RunSQL:
    """Time and audit event come from the database; a row without a named action is refused."""
    return _triggers(
        tables,
        "CREATE TRIGGER {short}_stamped BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION hedgebook_stamp()",
    )


def versioned(table: str, *, parent: str, parent_column: str, approvals: str) -> migrations.RunSQL:
    """A version table and its approvals: numbers, authors, digests and the second person, all by trigger."""
    short, approvals_short = _short(table), _short(approvals)
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER {short}_versioned BEFORE INSERT ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION hedgebook_version('{parent}', '{parent_column}')",
            f"CREATE TRIGGER {approvals_short}_approved BEFORE INSERT ON {approvals}"
            f" FOR EACH ROW EXECUTE FUNCTION hedgebook_approval('{table}', '{parent}', '{parent_column}')",
            by_a_person(approvals),
        ],
        migrations.RunSQL.noop,
    )


def by_a_person(table: str) -> str:
    """No machine decides. Tables that are older than this guard get it with treasury 0017."""
    return (
        "DO $$ BEGIN IF to_regproc('public.hedgebook_by_a_person') IS NOT NULL THEN"
        f" CREATE TRIGGER {_short(table)}_by_a_person AFTER INSERT ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION hedgebook_by_a_person(); END IF; END $$"
    )


def sees_commits(*tables: str) -> migrations.RunSQL:
    """Rows are written in READ COMMITTED only: the guards have to see what was committed before them."""
    return _triggers(
        tables,
        "CREATE TRIGGER {short}_a_sees_commits BEFORE INSERT ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION hedgebook_sees_commits()",
    )


def composite_key(name: str, table: str, columns: str, target: str, target_columns: str) -> migrations.RunSQL:
    """A foreign key over several columns, which Django's own cannot say: entity and identity travel together."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) REFERENCES {target} ({target_columns})"
        " DEFERRABLE INITIALLY IMMEDIATE",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def _short(table: str) -> str:
    return table.split("_", 1)[1]


def _triggers(tables: tuple[str, ...], *statements: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        [statement.format(table=table, short=_short(table)) for table in tables for statement in statements],
        migrations.RunSQL.noop,
    )

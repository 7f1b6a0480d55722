"""The database's own guards for the shared tables, the application's rights, and the units."""

from pathlib import Path

from django.db import migrations

from treasury.models.operations import (
    append_only,
    changes_logged,
    grant,
    never_deleted,
    sql_file,
    stamped,
    versioned,
)

SQL = Path(__file__).parent / "sql"
REFERENCE = ["treasury_entity", "treasury_counterparty", "treasury_risk"]
RECORDS = ["treasury_marketquote", "treasury_marketdatasnapshot", "treasury_booksnapshot", "treasury_rulepack", "treasury_policy"]
VERSIONS = ["treasury_policyversion", "treasury_policyversionapproval"]
#: The columns of a run and a shard that move; everything else of them stays as it was written.
RUN_STATE = (
    "status, status_reason, known_at, market_data_snapshot_id, book_snapshot_id, code_version, library_versions,"
    " started_at, finished_at"
)
SHARD_STATE = (
    "status, epoch, lease_owner, lease_expires_at, failure_count, failure_cause, row_count, started_at, finished_at"
)


class Migration(migrations.Migration):
    dependencies = [("treasury", "0001_initial")]

    operations = [
        sql_file(SQL / "functions.sql"),
        sql_file(SQL / "runs.sql"),
        sql_file(SQL / "units.sql"),
        # Whatever the owner makes may be read; every other right is given by name.
        migrations.RunSQL(
            [
                "GRANT USAGE ON SCHEMA public TO hedgebook_app",
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO hedgebook_app",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO hedgebook_app",
                # Functions are open to everyone by default; those that act with the owner's rights are named.
                "REVOKE ALL ON FUNCTION audit_begin, hedgebook_seal, open_run_results, publish_run FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION audit_begin, hedgebook_seal, open_run_results, publish_run TO hedgebook_app",
            ],
            migrations.RunSQL.noop,
        ),
        stamped(*REFERENCE, *RECORDS, "treasury_calculationrun"),
        append_only(*RECORDS, *VERSIONS, "treasury_policyband", "treasury_auditevent", "treasury_auditchange"),
        append_only("treasury_databasemark", "treasury_unit"),
        versioned(
            "treasury_policyversion",
            parent="treasury_policy",
            parent_column="policy_id",
            approvals="treasury_policyversionapproval",
        ),
        never_deleted(*REFERENCE, "treasury_calculationrun", "treasury_runshard"),
        changes_logged(*REFERENCE),
        grant("INSERT", *REFERENCE, *RECORDS, *VERSIONS, "treasury_policyband"),
        grant("INSERT", "treasury_calculationrun", "treasury_runshard"),
        grant(f"UPDATE ({RUN_STATE})", "treasury_calculationrun"),
        grant(f"UPDATE ({SHARD_STATE})", "treasury_runshard"),
        grant("UPDATE (name, time_zone)", "treasury_entity"),
        grant("UPDATE (name, credit_rating)", "treasury_counterparty"),
        grant("UPDATE (name)", "treasury_risk"),
        # People and keys are administration, not the book: their rows may go.
        grant("INSERT, UPDATE, DELETE", "treasury_user", "treasury_user_groups", "treasury_user_user_permissions"),
        grant("INSERT, UPDATE, DELETE", "treasury_membership"),
        grant("INSERT, UPDATE (last_used_at, revoked_at)", "treasury_apitoken"),
    ]

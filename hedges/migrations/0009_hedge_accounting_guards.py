"""The database's own guards for what hedge accounting records, and the application's rights."""

from pathlib import Path

from django.db import migrations

from treasury.models.operations import append_only, changes_logged, grant, never_deleted, sees_commits, sql_file, stamped, versioned

DOCUMENTS = ["hedges_inceptionfile", "hedges_assessmentrecord"]
STAMPED = ["hedges_lateacceptance", "hedges_assessmentdecision", "hedges_accountmap", "hedges_journalentry"]
VERSIONS = ["hedges_accountmapversion", "hedges_accountmapversionapproval"]
PERIODS = "hedges_accountingperiod"


class Migration(migrations.Migration):
    dependencies = [("hedges", "0008_hedge_accounting"), ("exposures", "0004_no_longer_expected")]

    operations = [
        sql_file(Path(__file__).parent / "sql" / "hedge_accounting.sql"),
        stamped(*STAMPED, PERIODS),
        versioned(
            "hedges_accountmapversion",
            parent="hedges_accountmap",
            parent_column="account_map_id",
            approvals="hedges_accountmapversionapproval",
        ),
        sees_commits(*VERSIONS, *STAMPED, *DOCUMENTS),
        append_only(*DOCUMENTS, *STAMPED, *VERSIONS, "hedges_journalline"),
        append_only("hedges_measurementresult", "hedges_costofhedgingresult"),
        never_deleted(PERIODS),
        changes_logged(PERIODS),
        grant("INSERT", *DOCUMENTS, *STAMPED, *VERSIONS, "hedges_journalline", PERIODS),
        grant("UPDATE (status, run_id, closed_at, closed_by_id)", PERIODS),
    ]

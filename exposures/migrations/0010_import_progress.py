"""A step of an import is a job of the worker too, with how far it is; a decision on thousands of versions is quick."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

from treasury.models.operations import sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("exposures", "0009_bulk_resources")]

    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="bulkjob", name="bulk_job_resource"),
        migrations.AddConstraint(
            model_name="bulkjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "resource__in",
                        ("exposures", "instruments", "market-quotes", "import-steps", "corrections"),
                    )
                ),
                name="bulk_job_resource",
            ),
        ),
        sql_file(Path(__file__).parent / "sql" / "decided_by_the_thousand.sql"),
    ]

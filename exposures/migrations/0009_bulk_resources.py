"""Market quotes come in bulk as a job too, as exposures and instruments do."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("exposures", "0008_bulk")]

    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="bulkjob", name="bulk_job_resource"),
        migrations.AlterField(model_name="bulkjob", name="resource", field=models.CharField(max_length=13)),
        migrations.AddConstraint(
            model_name="bulkjob",
            constraint=models.CheckConstraint(
                condition=models.Q(("resource__in", ("exposures", "instruments", "market-quotes"))),
                name="bulk_job_resource",
            ),
        ),
    ]

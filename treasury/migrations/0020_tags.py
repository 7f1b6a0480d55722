"""What is no row of the book has a revision, so that it too is changed as it was seen."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

from treasury.models.operations import grant, sql_file


def _revision() -> models.PositiveIntegerField:
    return models.PositiveIntegerField(db_default=1, editable=False)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("treasury", "0019_webhooks")]

    operations: ClassVar = [
        *(
            migrations.AddField(model_name=model, name="revision", field=_revision())
            for model in ("draft", "savedview", "webhook")
        ),
        sql_file(Path(__file__).parent / "sql" / "revised.sql"),
        grant("UPDATE (revision)", "treasury_webhook"),
    ]

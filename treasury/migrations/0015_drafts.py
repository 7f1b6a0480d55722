import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from treasury.models.operations import grant

LETTERS = 64_000


class Migration(migrations.Migration):
    dependencies = [("treasury", "0014_saved_views")]
    operations: list = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form_name", models.CharField(max_length=40)),
                ("client_key", models.UUIDField()),
                ("title", models.CharField(blank=True, max_length=200)),
                ("address", models.CharField(blank=True, max_length=400)),
                ("fields", models.JSONField()),
                ("updated_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-updated_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "form_name", "client_key"), name="draft_once"),
                    models.CheckConstraint(
                        condition=models.Q(("form_name", ""), _negated=True), name="draft_of_a_form"
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            f"ALTER TABLE treasury_draft ADD CONSTRAINT draft_size CHECK (length(fields::text) <= {LETTERS}),"
            " ADD CONSTRAINT draft_fields_are_an_object CHECK (jsonb_typeof(fields) = 'object')",
            migrations.RunSQL.noop,
        ),
        grant("INSERT, UPDATE, DELETE", "treasury_draft"),
    ]

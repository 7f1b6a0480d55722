import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from treasury.models.operations import grant


class Migration(migrations.Migration):
    dependencies = [("treasury", "0013_assessment_limits")]
    operations: list = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("path", models.CharField(max_length=200)),
                ("query", models.CharField(blank=True, max_length=2000)),
                ("created_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shared_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treasury.entity",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "indexes": [models.Index(fields=["path", "shared_with"], name="saved_view_of_path")],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "path", "name"), name="saved_view_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="saved_view_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("path__startswith", "/"), models.Q(("path__startswith", "//"), _negated=True)
                        ),
                        name="saved_view_of_a_page",
                    ),
                ],
            },
        ),
        grant("INSERT, DELETE", "treasury_savedview"),
        grant("UPDATE (query, shared_with_id)", "treasury_savedview"),
    ]

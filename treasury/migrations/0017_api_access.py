"""Request keys, what a key to the API may do, machines that hold keys and never decide."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import treasury.enums
from treasury.models.operations import append_only, grant, sql_file

SCOPES = ["read", "exposures", "trades", "market", "policies", "accounting", "runs", "decide", "administer"]


def key() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def scopes() -> models.Field:
    return django.contrib.postgres.fields.ArrayField(
        base_field=models.CharField(max_length=20),
        default=treasury.enums.TokenScope.everything,
        size=None,
    )


def entities() -> models.Field:
    return django.contrib.postgres.fields.ArrayField(
        base_field=models.BigIntegerField(),
        blank=True,
        help_text="Null: every entity of the owner.",
        null=True,
        size=None,
    )


def limited(name: str) -> list[migrations.AddConstraint]:
    bound = Q(scopes__contained_by=SCOPES, scopes__len__gt=0)
    somewhere = Q(entity_ids=None) | Q(entity_ids__len__gt=0)
    return [
        migrations.AddConstraint(name, models.CheckConstraint(condition=bound, name=f"{name}_scopes")),
        migrations.AddConstraint(name, models.CheckConstraint(condition=somewhere, name=f"{name}_entities")),
    ]


def of_nobody(to: str, **told: object) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to, **told)


class Migration(migrations.Migration):
    dependencies = [
        ("treasury", "0016_credit_fact_people"),
        # Decisions that are no approvals of a version are guarded too, so their tables have to be there.
        ("hedges", "0021_close_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_service",
            field=models.BooleanField(default=False, help_text="A machine; set when it is made, for good."),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=Q(is_service=False) | Q(password__startswith="!"), name="service_has_no_password"
            ),
        ),
        migrations.CreateModel(
            name="ApiClient",
            fields=[
                ("id", key()),
                ("name", models.CharField(max_length=80)),
                ("secret_digest", models.CharField(max_length=64)),
                ("scopes", scopes()),
                ("entity_ids", entities()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("client_id", models.CharField(max_length=20, unique=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_clients",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        *limited("apiclient"),
        migrations.AddField(model_name="apitoken", name="scopes", field=scopes()),
        migrations.AddField(model_name="apitoken", name="entity_ids", field=entities()),
        migrations.AddField(
            model_name="apitoken",
            name="client",
            field=models.ForeignKey(
                blank=True,
                help_text="The client that asked for it; null: a person made it.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tokens",
                to="treasury.apiclient",
            ),
        ),
        *limited("apitoken"),
        migrations.CreateModel(
            name="RequestKey",
            fields=[
                ("id", key()),
                ("caller", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=255)),
                (
                    "request_digest",
                    models.CharField(help_text="SHA-256 of method, address and body.", max_length=64),
                ),
                ("status", models.PositiveSmallIntegerField()),
                ("headers", models.JSONField(help_text="Content-Type, Location and ETag of the answer.")),
                ("body", models.BinaryField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "entity",
                    of_nobody(
                        "treasury.entity",
                        null=True,
                        help_text="Where the caller needed a role; it is needed to see the answer again.",
                    ),
                ),
                ("event", of_nobody("treasury.auditevent", null=True, help_text="What the request did.")),
                ("owner", of_nobody(settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["owner", "caller", "key"], name="request_key_once"),
                    models.CheckConstraint(
                        condition=Q(key__regex=r"^[!-~]{1,255}$"), name="request_key_visible"
                    ),
                    models.CheckConstraint(
                        condition=Q(status__range=(200, 299)), name="request_key_succeeded"
                    ),
                ]
            },
        ),
        append_only("treasury_requestkey"),
        grant("INSERT", "treasury_requestkey", "treasury_apiclient"),
        grant("UPDATE (last_used_at, revoked_at)", "treasury_apiclient"),
        sql_file(Path(__file__).parent / "sql" / "api_access.sql"),
    ]

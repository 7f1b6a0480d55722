"""Swaps whose legs pay on days of their own."""

from pathlib import Path
from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.lookups
from django.db import migrations, models

import treasury.models.checks
from treasury.models.operations import sql_file

COUNTS = [
    ("ACT/360", "actual days / 360"),
    ("ACT/365F", "actual days / 365"),
    ("30/360", "30/360 (months of 30 days)"),
    ("30E/360", "30E/360 (months of 30 days, Eurobond)"),
]
CODES = [code for code, _ in COUNTS]
FLOATING = ("floating_day_count", "floating_flow_accruals", "floating_flow_days", "floating_payment_months")


def last_of(column: str) -> models.Func:
    return models.Func(
        models.F(column),
        output_field=models.IntegerField(),
        template="(%(expressions)s)[cardinality(%(expressions)s)]",
    )


def added(name: str, field: models.Field) -> migrations.AddField:
    return migrations.AddField(model_name="instrumentversion", name=name, field=field)


def held(name: str, condition: models.Q) -> migrations.AddConstraint:
    return migrations.AddConstraint(
        model_name="instrumentversion", constraint=models.CheckConstraint(condition=condition, name=name)
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hedges", "0027_trade_life")]

    operations: ClassVar = [
        added("day_count", models.CharField(blank=True, choices=COUNTS, max_length=8, null=True)),
        added("floating_day_count", models.CharField(blank=True, choices=COUNTS, max_length=8, null=True)),
        added(
            "floating_flow_accruals",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.FloatField(), blank=True, null=True, size=None
            ),
        ),
        added(
            "floating_flow_days",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), blank=True, null=True, size=None
            ),
        ),
        added(
            "floating_payment_months",
            models.PositiveSmallIntegerField(
                blank=True,
                help_text="Of the floating leg, where it does not pay as the fixed one does.",
                null=True,
            ),
        ),
        held(
            "instrument_version_day_count",
            models.Q(("day_count", None))
            | models.Q(("day_count__in", CODES), ("kind__in", ("INTEREST_RATE_SWAP", "CROSS_CURRENCY_SWAP"))),
        ),
        held(
            "instrument_version_floating_leg_is_whole",
            models.Q(*((f"{name}__isnull", True) for name in FLOATING))
            | models.Q(
                ("day_count__isnull", False),
                ("floating_day_count__in", CODES),
                *((f"{name}__isnull", False) for name in FLOATING),
                ("kind", "INTEREST_RATE_SWAP"),
            ),
        ),
        held(
            "instrument_version_floating_accruals_are_numbers",
            models.Q(treasury.models.checks.ArrayOfNumbers(models.F("floating_flow_accruals"))),
        ),
        held(
            "instrument_version_legs_end_together",
            models.Q(("floating_flow_days", None))
            | (
                models.Q(("floating_flow_days__len__gt", 0))
                & models.Q(
                    (
                        "floating_flow_days__len",
                        models.Func(models.F("floating_flow_accruals"), function="cardinality"),
                    )
                )
                & models.Q(
                    django.db.models.lookups.Exact(last_of("floating_flow_days"), last_of("flow_days"))
                )
            ),
        ),
        sql_file(Path(__file__).parent / "sql" / "swap_legs.sql"),
    ]

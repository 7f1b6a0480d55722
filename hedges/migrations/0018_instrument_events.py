"""The life of a trade: what happened to it, dated and append-only."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import PROTECT, Q

from treasury.models import amount_fits
from treasury.models.checks import are_numbers
from treasury.models.operations import append_only, composite_key, grant, sees_commits, sql_file, stamped

TABLE = "hedges_instrumentevent"
KINDS = [
    ("PARTIAL_SETTLEMENT", "settled before its date"),
    ("ROLL", "rolled"),
    ("UNWINDING", "unwound"),
    ("NOVATION", "novated"),
    ("EXERCISE", "exercised"),
    ("LAPSE", "lapsed"),
    ("FIXING", "fixed"),
    ("MARGIN", "variation margin"),
    ("REVERSAL", "taken back"),
]
METHODS = [
    ("AT_MARKET", "at the market, the difference is paid"),
    ("HISTORIC_RATE", "at the historic rate, the difference is carried"),
    ("PHYSICAL", "by delivery"),
    ("CASH", "in cash"),
]
NO_CASH = Q(cash_amount__isnull=True, cash_currency__isnull=True, cash_date__isnull=True)
CASH = Q(cash_amount__isnull=False, cash_currency__isnull=False, cash_date__isnull=False)


def key(to: str, related_name: str = "+", **options: object) -> models.ForeignKey:
    return models.ForeignKey(to=to, on_delete=PROTECT, related_name=related_name, **options)


def one(to: str, related_name: str) -> models.OneToOneField:
    return models.OneToOneField(to=to, on_delete=PROTECT, related_name=related_name, null=True, blank=True)


def unit() -> models.ForeignKey:
    return key("treasury.unit", null=True, blank=True)


def number(decimal_places: int) -> models.DecimalField:
    return models.DecimalField(max_digits=20, decimal_places=decimal_places, null=True, blank=True)


class Migration(migrations.Migration):
    dependencies = [("hedges", "0017_journal_people")]

    operations = [
        migrations.CreateModel(
            name="InstrumentEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("kind", models.CharField(max_length=18, choices=KINDS)),
                ("method", models.CharField(max_length=13, choices=METHODS, blank=True)),
                ("event_date", models.DateField()),
                ("amount", number(4)),
                ("amount_unit", unit()),
                ("counter_amount", number(4)),
                ("counter_currency", unit()),
                ("rate", number(10)),
                ("discount_factor", number(10)),
                ("rate_source", models.CharField(max_length=60, blank=True)),
                (
                    "is_agreed",
                    models.BooleanField(
                        default=False, help_text="The cash amount was agreed and typed, not worked out."
                    ),
                ),
                ("cash_amount", number(4)),
                ("cash_currency", unit()),
                ("cash_date", models.DateField(null=True, blank=True)),
                ("reason", models.CharField(max_length=400, blank=True)),
                ("entity", key("treasury.entity")),
                ("event", key("treasury.auditevent", editable=False)),
                ("instrument", key("hedges.instrument", "life_events")),
                ("version", one("hedges.instrumentversion", "life_event")),
                ("successor", one("hedges.instrument", "made_by")),
                ("reverses", key("hedges.instrumentevent", "reversals", null=True, blank=True)),
            ],
            options={
                "ordering": ["instrument", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(kind__in=[kind for kind, _ in KINDS]), name="instrument_event_kind"
                    ),
                    models.CheckConstraint(
                        condition=Q(method__in=["", *[method for method, _ in METHODS]]),
                        name="instrument_event_method",
                    ),
                    models.CheckConstraint(
                        condition=Q(kind="MARGIN", version__isnull=True)
                        | (~Q(kind="MARGIN") & Q(version__isnull=False)),
                        name="instrument_event_has_a_version",
                    ),
                    models.CheckConstraint(
                        condition=Q(kind="REVERSAL", reverses__isnull=False)
                        | (~Q(kind="REVERSAL") & Q(reverses__isnull=True)),
                        name="instrument_event_reversal_names_another",
                    ),
                    models.CheckConstraint(
                        condition=Q(successor=None) | Q(kind__in=["ROLL", "EXERCISE"]),
                        name="instrument_event_successor",
                    ),
                    models.CheckConstraint(condition=NO_CASH | CASH, name="instrument_event_cash_is_dated"),
                    models.CheckConstraint(
                        condition=Q(kind="MARGIN") | Q(reason__regex=r"\S"), name="instrument_event_reason"
                    ),
                    models.CheckConstraint(
                        condition=(Q(rate=None) | Q(rate__gte=0))
                        & (Q(discount_factor=None) | Q(discount_factor__gt=0)),
                        name="instrument_event_rates_positive",
                    ),
                    are_numbers("rate", "discount_factor", name="instrument_event_rates_are_numbers"),
                    amount_fits("amount", "amount_unit", name="instrument_event_amount"),
                    amount_fits("counter_amount", "counter_currency", name="instrument_event_counter_amount"),
                    amount_fits("cash_amount", "cash_currency", name="instrument_event_cash_amount"),
                    models.UniqueConstraint(
                        fields=["instrument", "event_date"],
                        condition=Q(kind="MARGIN"),
                        name="instrument_event_one_margin_a_day",
                    ),
                ],
            },
        ),
        composite_key(
            "instrument_event_version_of_instrument",
            TABLE,
            "entity_id, instrument_id, version_id",
            "hedges_instrumentversion",
            "entity_id, instrument_id, id",
        ),
        stamped(TABLE),
        sees_commits(TABLE),
        append_only(TABLE),
        grant("INSERT", TABLE),
        sql_file(Path(__file__).parent / "sql" / "instrument_events.sql"),
    ]

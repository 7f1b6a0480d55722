"""Which terms each kind of instrument has: the CHECK constraints of the instrument tables."""

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact

from hedges.enums import DayCount, InstrumentKind, InstrumentStatus, OptionKind, OptionSide
from treasury.models import amount_fits
from treasury.models.checks import ArrayOfNumbers, are_numbers

_FORWARD = ("strike_rate", "counter_amount", "counter_currency")
_SWAP = ("start_date", "payment_months", "flow_days", "flow_accruals")

#: Terms that must be there, by kind; of all the terms named here every other one must be null.
TERMS: dict[str, tuple[str, ...]] = {
    InstrumentKind.FORWARD: _FORWARD,
    InstrumentKind.NON_DELIVERABLE_FORWARD: (*_FORWARD, "fixing_date", "settlement_currency"),
    InstrumentKind.FUTURE: ("contract", "contract_count", "entry_price"),
    InstrumentKind.OPTION: (*_FORWARD, "expiry_date", "premium_amount", "premium_currency"),
    InstrumentKind.FX_SWAP: (*_FORWARD, "near_settlement_date", "near_rate", "near_counter_amount"),
    InstrumentKind.INTEREST_RATE_SWAP: (*_SWAP, "pay_fixed", "fixed_rate", "spread_rate"),
    InstrumentKind.CROSS_CURRENCY_SWAP: (
        *_SWAP,
        "counter_amount",
        "counter_currency",
        "fixed_rate",
        "counter_fixed_rate",
        "resets_notional",
    ),
    InstrumentKind.NATURAL_OFFSET: (),
}
_ALL_TERMS = sorted({term for terms in TERMS.values() for term in terms})


def _terms_of(kind: str) -> models.CheckConstraint:
    condition = Q()
    for term in _ALL_TERMS:
        condition &= Q(**{f"{term}__isnull": term not in TERMS[kind]})
    condition &= Q(counterparty__isnull=kind == InstrumentKind.NATURAL_OFFSET)
    return models.CheckConstraint(
        condition=~Q(kind=kind) | condition, name=f"instrument_version_{kind.lower()}_terms"
    )


INSTRUMENT_CONSTRAINTS = [
    models.UniqueConstraint(fields=["source_system", "external_reference"], name="instrument_reference"),
    models.UniqueConstraint(fields=["entity", "id", "kind"], name="instrument_entity_kind_key"),
    models.CheckConstraint(condition=Q(kind__in=InstrumentKind.values), name="instrument_kind"),
    models.CheckConstraint(
        condition=Q(kind=InstrumentKind.NATURAL_OFFSET, offset_exposure__isnull=False)
        | (~Q(kind=InstrumentKind.NATURAL_OFFSET) & Q(offset_exposure__isnull=True)),
        name="instrument_natural_offset_is_an_item",
    ),
]

_BOUGHT_DELTA = Q(option_side=OptionSide.BOUGHT, option_kind=OptionKind.CALL) | Q(
    option_side=OptionSide.SOLD, option_kind=OptionKind.PUT
)
_SOLD_DELTA = Q(option_side=OptionSide.BOUGHT, option_kind=OptionKind.PUT) | Q(
    option_side=OptionSide.SOLD, option_kind=OptionKind.CALL
)

_FLOATING = ("floating_payment_months", "floating_flow_days", "floating_flow_accruals", "floating_day_count")
_NO_FLOATING = Q(**{f"{name}__isnull": True for name in _FLOATING})


def _last_of(column: str) -> models.Func:
    return models.Func(
        F(column),
        template="(%(expressions)s)[cardinality(%(expressions)s)]",
        output_field=models.IntegerField(),
    )


#: Legs of swaps: of the floating leg all terms or none, and only where the fixed leg's are said too.
_LEGS = [
    models.CheckConstraint(
        condition=Q(day_count=None)
        | Q(
            kind__in=(InstrumentKind.INTEREST_RATE_SWAP, InstrumentKind.CROSS_CURRENCY_SWAP),
            day_count__in=DayCount.values,
        ),
        name="instrument_version_day_count",
    ),
    models.CheckConstraint(
        condition=_NO_FLOATING
        | Q(
            **{f"{name}__isnull": False for name in _FLOATING},
            kind=InstrumentKind.INTEREST_RATE_SWAP,
            day_count__isnull=False,
            floating_day_count__in=DayCount.values,
        ),
        name="instrument_version_floating_leg_is_whole",
    ),
    models.CheckConstraint(
        condition=Q(ArrayOfNumbers(F("floating_flow_accruals"))),
        name="instrument_version_floating_accruals_are_numbers",
    ),
    models.CheckConstraint(
        condition=Q(floating_flow_days=None)
        | (
            Q(floating_flow_days__len__gt=0)
            & Q(floating_flow_days__len=models.Func(F("floating_flow_accruals"), function="cardinality"))
            & Q(Exact(_last_of("floating_flow_days"), _last_of("flow_days")))
        ),
        name="instrument_version_legs_end_together",
    ),
]

VERSION_CONSTRAINTS = [
    models.UniqueConstraint(fields=["instrument", "version_number"], name="instrument_version_number"),
    models.UniqueConstraint(fields=["id", "capacity_units"], name="instrument_version_capacity_key"),
    models.UniqueConstraint(fields=["entity", "instrument", "id"], name="instrument_version_entity_key"),
    *[_terms_of(kind) for kind in InstrumentKind.values],
    are_numbers(
        "strike_rate",
        "entry_price",
        "near_rate",
        "fixed_rate",
        "spread_rate",
        "counter_fixed_rate",
        "dealt_rate",
        name="instrument_version_rates_are_numbers",
    ),
    models.CheckConstraint(
        condition=Q(ArrayOfNumbers(F("flow_accruals"))), name="instrument_version_accruals_are_numbers"
    ),
    amount_fits("notional_amount", "notional_currency", name="instrument_version_notional_amount"),
    amount_fits("counter_amount", "counter_currency", name="instrument_version_counter_amount"),
    amount_fits("near_counter_amount", "counter_currency", name="instrument_version_near_counter_amount"),
    amount_fits("premium_amount", "premium_currency", name="instrument_version_premium_amount"),
    models.CheckConstraint(condition=~Q(notional_amount=0), name="instrument_version_notional_not_zero"),
    models.CheckConstraint(condition=Q(status__in=InstrumentStatus.values), name="instrument_version_status"),
    models.CheckConstraint(
        condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="instrument_version_validity"
    ),
    models.CheckConstraint(
        condition=Q(settlement_date__gte=F("trade_date"))
        & (Q(start_date=None) | Q(settlement_date__gt=F("start_date")))
        & (Q(near_settlement_date=None) | Q(settlement_date__gt=F("near_settlement_date")))
        & (Q(fixing_date=None) | Q(fixing_date__lte=F("settlement_date")))
        & (Q(expiry_date=None) | Q(expiry_date__lte=F("settlement_date"))),
        name="instrument_version_dates_in_order",
    ),
    models.CheckConstraint(
        condition=Q(strike_rate__gt=0) | Q(strike_rate=None), name="instrument_version_strike_positive"
    ),
    models.CheckConstraint(
        condition=Q(counter_amount=None)
        | Q(notional_amount__gt=0, counter_amount__lt=0)
        | Q(notional_amount__lt=0, counter_amount__gt=0),
        name="instrument_version_counter_has_the_other_sign",
    ),
    models.CheckConstraint(
        condition=(Q(notional_amount__gt=0) & _BOUGHT_DELTA)
        | (Q(notional_amount__lt=0) & _SOLD_DELTA)
        | (~Q(kind=InstrumentKind.OPTION) & Q(option_side="", option_kind="")),
        name="instrument_version_option_sign",
    ),
    *_LEGS,
    models.CheckConstraint(
        condition=Q(flow_days=None)
        | Q(flow_days__len=models.Func(F("flow_accruals"), function="cardinality")),
        name="instrument_version_flows_of_equal_length",
    ),
]

"""A hedging instrument and its versions.

One version table for all kinds: the digest that an approval binds covers every term, and a reader takes the
columns of one kind in one narrow pass. Which terms a kind has is held by `instrument_constraints`.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from exposures.models import Exposure
from hedges.enums import DayCount, InstrumentKind, InstrumentStatus, OptionKind, OptionSide
from hedges.models.futures_contract import FuturesContract
from hedges.models.instrument_constraints import INSTRUMENT_CONSTRAINTS, VERSION_CONSTRAINTS
from treasury.models import (
    ApprovalRecord,
    Counterparty,
    Entity,
    Recorded,
    Risk,
    Unit,
    VersionRecord,
    capacity_units,
)
from treasury.models.fields import amount_field, rate_field


class Instrument(Recorded):
    """The identity. A natural offset points at the recorded item that it is, so that it is never counted twice."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="instruments")
    kind = models.CharField(max_length=24, choices=InstrumentKind)
    source_system = models.CharField(max_length=20)
    external_reference = models.CharField(max_length=60)
    structure_reference = models.CharField(
        max_length=60, blank=True, help_text="Shared by the two legs of a collar."
    )
    offset_exposure = models.OneToOneField(
        Exposure, null=True, blank=True, on_delete=models.PROTECT, related_name="natural_offset"
    )

    class Meta:
        ordering = ["id"]
        constraints = INSTRUMENT_CONSTRAINTS

    def __str__(self) -> str:
        return self.external_reference


class InstrumentVersion(VersionRecord):
    """The terms from `valid_from` on.

    `notional_amount` is signed in the risk's base unit: + bought (received) base, − sold. Rates are quote per
    base unit of the risk. FORWARD on any risk but a rate index: `strike_rate`, `counter_amount` (quote currency,
    the other sign; exact as dealt), `settlement_date`; NON_DELIVERABLE_FORWARD also `fixing_date` and
    `settlement_currency`. FUTURE: `contract`, `contract_count` (short −), `entry_price`; notional = count ×
    multiplier. OPTION: kind and side; the notional carries the sign of the delta it gives: a bought call +, a
    bought put −, a sold call −, a sold put +; `expiry_date`, `premium_amount` (paid −, received +) in
    `premium_currency`. FX_SWAP: the far leg as a forward, the near one in `near_*` with the opposite notional.
    INTEREST_RATE_SWAP: notional + where fixed is paid on a debt of that amount; `pay_fixed`, `fixed_rate`,
    `spread_rate`. CROSS_CURRENCY_SWAP: notional received in the base unit at maturity +, `counter_amount` in the
    quote currency paid, coupons `fixed_rate` on the base leg and `counter_fixed_rate` on the other; with
    `resets_notional` the quote leg's notional is set anew to the spot rate at each period's start, the first one to
    `counter_amount`, and the difference is paid.
    Payment dates of swaps are stored at capture as days from `start_date` (`flow_days`), with their accrual
    fractions (`flow_accruals`). An interest-rate swap whose floating leg pays on days or counts of its own has that
    leg's in `floating_*`, and `day_count` is the fixed leg's; without them both legs are alike. `day_count` null: as
    the money market counts, or as the fractions say. NATURAL_OFFSET: notional is the offsetting item's amount.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=InstrumentKind)
    status = models.CharField(max_length=9, choices=InstrumentStatus, default=InstrumentStatus.LIVE)
    counterparty = models.ForeignKey(
        Counterparty, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="+")
    trade_date = models.DateField()
    start_date = models.DateField(null=True, blank=True)
    settlement_date = models.DateField(help_text="Settlement or maturity.")
    notional_amount = amount_field()
    capacity_units = capacity_units("notional_amount", "notional_currency")
    notional_currency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    strike_rate = rate_field(null=True, blank=True)
    counter_amount = amount_field(null=True, blank=True)
    counter_currency = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    fixing_date = models.DateField(null=True, blank=True)
    settlement_currency = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contract = models.ForeignKey(
        FuturesContract, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contract_count = models.IntegerField(null=True, blank=True)
    entry_price = rate_field(null=True, blank=True)
    option_kind = models.CharField(max_length=4, choices=OptionKind, blank=True)
    option_side = models.CharField(max_length=6, choices=OptionSide, blank=True)
    expiry_date = models.DateField(null=True, blank=True)
    premium_amount = amount_field(null=True, blank=True)
    premium_currency = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    near_settlement_date = models.DateField(null=True, blank=True)
    near_rate = rate_field(null=True, blank=True)
    near_counter_amount = amount_field(null=True, blank=True)
    pay_fixed = models.BooleanField(null=True, blank=True)
    fixed_rate = rate_field(null=True, blank=True)
    spread_rate = rate_field(null=True, blank=True)
    counter_fixed_rate = rate_field(null=True, blank=True)
    resets_notional = models.BooleanField(
        null=True,
        blank=True,
        help_text="Whether a cross-currency swap's quote notional follows the spot rate, period by period.",
    )
    payment_months = models.PositiveSmallIntegerField(null=True, blank=True)
    flow_days = ArrayField(models.IntegerField(), null=True, blank=True)
    flow_accruals = ArrayField(models.FloatField(), null=True, blank=True)
    # Null where it is not said, and no text: a digest leaves out what is null, see sql/swap_legs.sql.
    day_count = models.CharField(max_length=8, choices=DayCount, null=True, blank=True)  # noqa: DJ001
    floating_payment_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of the floating leg, where it does not pay as the fixed one does."
    )
    floating_flow_days = ArrayField(models.IntegerField(), null=True, blank=True)
    floating_flow_accruals = ArrayField(models.FloatField(), null=True, blank=True)
    floating_day_count = models.CharField(max_length=8, choices=DayCount, null=True, blank=True)  # noqa: DJ001
    dealt_pair = models.CharField(
        max_length=8, blank=True, help_text="The pair as dealt, if the other way round."
    )
    dealt_rate = rate_field(null=True, blank=True)

    class Meta:
        ordering = ["instrument", "-version_number"]
        constraints = VERSION_CONSTRAINTS


class InstrumentVersionApproval(ApprovalRecord):
    version = models.OneToOneField(InstrumentVersion, on_delete=models.PROTECT, related_name="approval")

"""Who may be a hedged item or a hedging instrument (rules, section 5), refused in words and by the database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from exposures.domain import recording
from exposures.models import ExposureVersionApproval
from hedges.domain import designation, trade_capture
from hedges.domain.trade_life import cancellation
from hedges.models import InstrumentVersionApproval
from tests.factories import book, clock, swaps
from tests.factories.refusing import refused
from tests.hedges.domain.trade_life import lives
from tests.hedges.domain.trade_life.rolls import rolled
from treasury.domain import approval

BRENT = {"kind": "COMMODITY", "base_unit_id": "BBL", "quote_currency_id": "EUR", "market_symbol": "BRENT"}
EURIBOR = {
    "kind": "RATE_INDEX",
    "base_unit_id": "EUR",
    "quote_currency_id": "EUR",
    "market_symbol": "EURIBOR6M",
}


def pair(entity, *, amount=1_000_000, **fields):
    item = book.exposure(amount, of=entity, **fields)
    hedge = book.forward(-amount, of=entity)
    return {"of": entity, "items": [(item, amount)], "instruments": [(hedge, -amount)]}


def option(entity, side, notional, *, premium, expiry=date(2027, 4, 28), **fields):
    kind = "PUT" if (side == "BOUGHT") == (notional < 0) else "CALL"
    return book.instrument(
        "OPTION", notional, of=entity, option_side=side, option_kind=kind, expiry_date=expiry,
        strike_rate=Decimal("0.9"), counter_amount=-Decimal(notional) * Decimal("0.9"), counter_currency_id="EUR",
        premium_amount=Decimal(premium), premium_currency_id=fields.pop("premium_currency", "EUR"), **fields,
    )  # fmt: skip


def designate(draft, on=book.START):
    with clock.at(on):
        return designation.designate(
            designations=[draft], actor=book.user("TREASURER"), support=book.bare_support
        )


@pytest.mark.parametrize(
    "kind, hedge_type, words",
    [
        ("FORECAST", "CASH_FLOW", r"only if it is highly probable \(6.3.3\)"),
        ("HIGHLY_PROBABLE_FORECAST", "FAIR_VALUE", "a forecast has no fair value"),
        ("RECOGNISED_ASSET", "NET_INVESTMENT", "a net investment, and nothing else"),
        ("NET_INVESTMENT", "CASH_FLOW", "a net investment, and nothing else"),
        ("NET_INVESTMENT", "FAIR_VALUE", "a net investment, and nothing else"),
    ],
)
def test_items_by_kind(entity, refuses, kind, hedge_type, words):
    refuses(f"item X.*{words}", words, **pair(entity, kind=kind), hedge_type=hedge_type)


@pytest.mark.parametrize(
    "kind, hedge_type",
    [
        ("HIGHLY_PROBABLE_FORECAST", "CASH_FLOW"), ("FIRM_COMMITMENT", "CASH_FLOW"), ("RECOGNISED_ASSET", "CASH_FLOW"),
        ("FIRM_COMMITMENT", "FAIR_VALUE"), ("RECOGNISED_ASSET", "FAIR_VALUE"), ("NET_INVESTMENT", "NET_INVESTMENT"),
        ("FORECAST", "ECONOMIC"),
    ],
)  # fmt: skip
def test_items_that_are_eligible(entity, kind, hedge_type):
    """The currency risk of a firm commitment may be either (6.5.4)."""
    book.relationship(**pair(entity, kind=kind), hedge_type=hedge_type)


def test_other_risks_of_a_firm_commitment_are_a_fair_value_hedge(entity, refuses):
    oil = book.risk("BRENT-E", **BRENT)
    item = book.exposure(-1000, of=entity, risk=oil, kind="FIRM_COMMITMENT")
    hedge = book.forward(1000, of=entity, risk=oil, strike="70")
    parts = {"of": entity, "items": [(item, -1000)], "instruments": [(hedge, 1000)]}
    refuses("FAIR_VALUE .6.5.4", "only the currency risk", **parts)


def test_a_recognised_item_has_cash_flows_at_risk_in_variable_interest(entity, refuses):
    rate = book.risk("EURIBOR6M", **EURIBOR)
    terms = {"risk": rate, "kind": "RECOGNISED_LIABILITY"}
    fixed = book.exposure(-1_000_000, of=entity, **terms)
    swap = book.instrument(
        "INTEREST_RATE_SWAP", 1_000_000, of=entity, risk=rate, start_date=book.START, payment_months=6,
        flow_days=[181, 365], flow_accruals=[0.5, 0.5], pay_fixed=True, fixed_rate=Decimal("0.02"),
        spread_rate=Decimal(0), settlement_date=book.START + timedelta(days=365),
    )  # fmt: skip
    parts = {"of": entity, "items": [(fixed, -1_000_000)], "instruments": [(swap, 1_000_000)]}
    refuses("variable interest; designate FAIR_VALUE", "currency or variable interest", **parts)


@pytest.mark.parametrize(
    "kind, pattern, words",
    [
        ("HIGHLY_PROBABLE_FORECAST", "AS_REMEASURED", "AS_REMEASURED is for recognised items"),
        ("RECOGNISED_ASSET", "BASIS_ADJUSTMENT", "BASIS_ADJUSTMENT is for items"),
    ],
)
def test_the_release_fits_the_item(entity, refuses, kind, pattern, words):
    refuses(words, words, **pair(entity, kind=kind), file={"release_pattern": pattern})


@pytest.mark.parametrize("status", ["SETTLED", "CANCELLED", "NO_LONGER_EXPECTED"])
def test_an_item_is_open(entity, refuses, status):
    item, hedge = book.exposure(of=entity), book.forward(of=entity)
    [ended] = recording.amend(
        versions=[book.unsaved_exposure(exposure=item.exposure, status=status)],
        actor=book.user(),
        reason="it ended",
    )
    approval.decide(versions=[ended], approvals=ExposureVersionApproval, actor=book.user())
    parts = {"of": entity, "items": [(ended, 600_000)], "instruments": [(hedge, -600_000)]}
    refuses("only an open exposure", "settled, cancelled or no longer expected", **parts)
    refuses(
        "only an open exposure", "settled, cancelled or no longer expected", **parts, hedge_type="ECONOMIC"
    )


@pytest.mark.parametrize("status", ["SETTLED", "UNWOUND", "CANCELLED"])
def test_an_instrument_is_live(entity, refuses, status):
    item, hedge = book.exposure(of=entity), book.forward(of=entity)
    if status == "CANCELLED":
        ended = lives.both(cancellation.plan(lives.stands(hedge))).version
    else:
        hedge.pk, hedge.version_number, hedge.status = None, None, status
        [ended] = trade_capture.amend(versions=[hedge], actor=book.user(), reason="it ended")
        approval.decide(versions=[ended], approvals=InstrumentVersionApproval, actor=book.user())
    parts = {"of": entity, "items": [(item, 600_000)], "instruments": [(ended, -600_000)]}
    refuses("instrument T.*only a live instrument", "settled, unwound or cancelled", **parts)


@pytest.mark.parametrize("hedge_type", ["CASH_FLOW", "ECONOMIC"])
def test_the_near_leg_of_a_roll_hedges_nothing(entity, refuses, hedge_type):
    dealt = date(2026, 10, 30)
    item = book.exposure(-1_000_000, of=entity)
    near = lives.both(rolled(book.forward(of=entity), on=dealt)).near_leg.versions.get()
    words = "near leg of a roll"
    refuses(
        f"{words}: it closes a trade", f"{words} closes a trade", of=entity, items=[(item, -600_000)],
        instruments=[(near, 600_000)], on=dealt, designation_date=dealt, hedge_type=hedge_type,
    )  # fmt: skip


def test_nothing_that_is_over_is_designated(entity, refuses):
    over = date(2026, 3, 31)
    item, hedge = book.exposure(of=entity), book.forward(of=entity)
    past_item = book.exposure(of=entity, expected_date=over)
    past_hedge = book.forward(of=entity, settlement_date=over)
    since = {"on": date(2026, 4, 1), "designation_date": date(2026, 4, 1), "of": entity}
    refuses(
        "its date, 2026-03-31, has passed", "whose date has passed", items=[(past_item, 600_000)],
        instruments=[(hedge, -600_000)], **since,
    )  # fmt: skip
    refuses(
        "it has matured on 2026-03-31", "that has matured", items=[(item, 600_000)],
        instruments=[(past_hedge, -600_000)], **since,
    )  # fmt: skip


def test_a_deal_within_the_group_hedges_in_separate_statements_only(entity, refuses):
    sister = book.entity()
    internal = book.counterparty(lei=sister.lei)
    item, hedge = book.exposure(of=entity), book.forward(of=entity, counterparty=internal)
    parts = {"of": entity, "items": [(item, 600_000)], "instruments": [(hedge, -600_000)]}
    refuses("instrument T.*consolidated statements .*6.3.5", "a deal within the group", **parts)
    book.relationship(**parts, file={"reporting_scope": "SEPARATE"})


def test_a_natural_offset_hedges_currency_risk_only(entity, refuses):
    oil = book.risk("BRENT-E", **BRENT)
    stock = book.exposure(1000, of=entity, risk=oil)
    sale = book.exposure(-1000, of=entity, risk=oil)
    offset = book.instrument("NATURAL_OFFSET", 1000, of=entity, risk=oil, offset_exposure=stock.exposure)
    parts = {"of": entity, "items": [(sale, -1000)], "instruments": [(offset, 1000)]}
    refuses(r"currency risk only \(6.2.2\)", "currency risk only", **parts)
    loan = book.exposure(-600_000, of=entity, kind="RECOGNISED_LIABILITY")
    cover = book.instrument("NATURAL_OFFSET", -600_000, of=entity, offset_exposure=loan.exposure)
    book.relationship(of=entity, items=[(book.exposure(of=entity), 600_000)], instruments=[(cover, -600_000)])


def test_only_currency_instruments_have_a_basis(entity, refuses):
    oil = book.risk("BRENT-E", **BRENT)
    item, hedge = (
        book.exposure(-1000, of=entity, risk=oil),
        book.forward(1000, of=entity, risk=oil, strike="70"),
    )
    parts = {"of": entity, "items": [(item, -1000)], "instruments": [(hedge, 1000)]}
    refuses("basis to exclude .6.5.16", "basis to exclude", **parts, file={"basis_excluded": True})


def test_components_are_those_that_the_instrument_has(entity, refuses):
    parts = pair(entity)
    refuses(
        "intrinsic value is an option's", "intrinsic value is an", **parts, designated_component="INTRINSIC"
    )
    put = option(entity, "BOUGHT", -600_000, premium=-9000)
    parts["instruments"] = [(put, -600_000)]
    parts["items"] = [(parts["items"][0][0], 600_000)]
    refuses("a spot element is a forward's", "a spot element a forward", **parts, designated_component="SPOT")


def test_a_swap_at_spot_defers_nothing(entity, refuses):
    swap = swaps.cross_currency_swap(of=entity, start_date=book.START)
    item = book.exposure(
        -1_000_000, of=entity, kind="RECOGNISED_LIABILITY", expected_date=swap.settlement_date
    )
    parts = {
        "of": entity, "items": [(item, -1_000_000)], "instruments": [(swap, 1_000_000)],
        "designated_component": "SPOT", "hedge_end_date": swap.settlement_date,
    }  # fmt: skip
    for file in ({}, {"basis_excluded": True}):
        words = "no forward points that could be deferred"
        refuses(words, words, **parts, file=file)
    draft = book.unsaved_relationship(
        **parts, file={"excluded_treatment": "PROFIT_OR_LOSS", "cost_relation": None}
    )
    assert designate(draft)


class TestWrittenOptions:
    """A sold option, or more of it than is bought, or for a premium, is no hedging instrument (6.2.4, B6.2.4)."""

    WORDS = "net purchased combination"

    def ask(self, refuses, entity, *legs):
        item = book.exposure(of=entity)
        parts = [(leg, amount) for leg, amount in legs]
        refuses(
            self.WORDS, f"approval: .*{self.WORDS}", of=entity, items=[(item, 500_000)], instruments=parts
        )

    def test_alone(self, entity, refuses):
        sold = option(entity, "SOLD", -500_000, premium=9000)
        self.ask(refuses, entity, (sold, -500_000))

    def test_more_sold_than_bought(self, entity, refuses):
        bought = option(entity, "BOUGHT", -400_000, premium=-9000)
        sold = option(entity, "SOLD", -500_000, premium=9000)
        self.ask(refuses, entity, (bought, -400_000), (sold, -500_000))

    def test_for_a_premium(self, entity, refuses):
        bought = option(entity, "BOUGHT", -500_000, premium=-9000)
        sold = option(entity, "SOLD", -500_000, premium="9000.01")
        self.ask(refuses, entity, (bought, -500_000), (sold, -500_000))

    def test_for_a_premium_in_another_currency(self, entity, refuses):
        bought = option(entity, "BOUGHT", -500_000, premium=-9000)
        sold = option(entity, "SOLD", -500_000, premium=8000, premium_currency="USD")
        self.ask(refuses, entity, (bought, -500_000), (sold, -500_000))

    def test_longer_than_what_is_bought(self, entity, refuses):
        bought = option(entity, "BOUGHT", -500_000, premium=-9000, expiry=date(2027, 3, 30))
        sold = option(entity, "SOLD", -500_000, premium=9000)
        self.ask(refuses, entity, (bought, -500_000), (sold, -500_000))

    def test_of_another_risk(self, entity, refuses):
        pound = book.risk("GBPEUR")
        bought = option(entity, "BOUGHT", -500_000, premium=-9000, risk=pound)
        sold = option(entity, "SOLD", -500_000, premium=9000)
        self.ask(refuses, entity, (bought, -500_000), (sold, -500_000))

    def test_a_collar_is_eligible(self, entity):
        bought = option(entity, "BOUGHT", -500_000, premium=-9000)
        sold = option(entity, "SOLD", -500_000, premium=9000)
        book.relationship(
            of=entity, items=[(book.exposure(of=entity), 500_000)],
            instruments=[(bought, -500_000), (sold, -500_000)], designated_component="INTRINSIC",
        )  # fmt: skip

    def test_only_the_designated_share_counts(self, entity):
        """All of the bought option and half of the sold one: half of its premium."""
        bought = option(entity, "BOUGHT", -500_000, premium=-9000)
        sold = option(entity, "SOLD", -1_000_000, premium=18_000)
        book.relationship(
            of=entity, items=[(book.exposure(of=entity), 500_000)],
            instruments=[(bought, -500_000), (sold, -500_000)],
        )  # fmt: skip


def test_flows_in_and_out_are_designated_apart(entity, refuses):
    inflow, outflow = book.exposure(1_000_000, of=entity), book.exposure(-400_000, of=entity)
    hedge = book.forward(-600_000, of=entity)
    parts = {
        "of": entity,
        "items": [(inflow, 1_000_000), (outflow, -400_000)],
        "instruments": [(hedge, -600_000)],
    }
    refuses("only gross positions .*6.6", "approval: designate the gross positions", **parts)


def test_a_group_shares_its_risk(entity):
    dollars, pounds = book.exposure(of=entity), book.exposure(of=entity, risk=book.risk("GBPEUR"))
    hedge = book.forward(of=entity)
    draft = book.unsaved_relationship(
        of=entity, items=[(dollars, 300_000), (pounds, 300_000)], instruments=[(hedge, -600_000)]
    )
    with refused("its risk is GBPEUR, not USDEUR"):
        designate(draft)


@pytest.mark.parametrize("left_out", ["items", "instruments"])
def test_a_designation_has_both_sides(entity, refuses, left_out):
    parts = pair(entity)
    draft_risk = parts["items"][0][0].risk
    refuses(
        "are missing",
        "approval: has hedged items and hedging instruments",
        **(parts | {left_out: []}),
        risk=draft_risk,
    )

"""What banks send is read as it stands, in exact terms, from our side; what the book has no place for is named."""

from datetime import date
from decimal import Decimal

import pytest

from hedges.domain.documents import fpml_read, mt300
from hedges.domain.documents.fpml_write import Named, write
from hedges.domain.documents.problems import DocumentRefused
from tests.hedges.documents import samples

US, THEM = frozenset({samples.OURS}), frozenset({samples.THEIRS})


def refused(content: bytes, us=US) -> dict[str, str]:
    reader = fpml_read if content.lstrip(b"\xef\xbb\xbf").lstrip().startswith(b"<") else mt300
    with pytest.raises(DocumentRefused) as caught:
        reader.read(content, us)
    assert len(caught.value.problems) <= 50
    assert all(problem.expected and problem.path for problem in caught.value.problems)
    return {problem.path: problem.code for problem in caught.value.problems}


def test_the_published_forward():
    reading = fpml_read.read(samples.fpml(), US)
    trade = reading.trade
    assert (reading.us.reference, reading.them.reference) == ("ABN1234", "DB5678")
    assert (trade.kind, trade.trade_date, trade.value_date) == (
        "FORWARD",
        date(2001, 11, 19),
        date(2001, 12, 21),
    )
    assert (trade.base_currency, trade.base_amount, trade.quote_currency, trade.quote_amount, trade.rate) == (
        "EUR", Decimal(10_000_000), "USD", Decimal(-9_175_000), Decimal("0.9175"),
    )  # fmt: skip
    theirs = fpml_read.read(samples.fpml(), THEM).trade
    assert (theirs.base_amount, theirs.quote_amount) == (Decimal(-10_000_000), Decimal(9_175_000))


@pytest.mark.parametrize("kind", samples.PRODUCTS)
@pytest.mark.parametrize("root", fpml_read.ROOTS)
def test_every_product_is_read(kind, root):
    content = samples.fpml(
        samples.PRODUCTS[kind], traded="1994-12-12" if "_SWAP" in kind else "2002-01-04", root=root
    )
    assert fpml_read.read(content, US).trade.kind == kind


def test_an_option_is_a_put_on_the_base_of_its_strike():
    trade = fpml_read.read(samples.fpml(samples.OPTION, traded="2002-01-04"), US).trade
    assert (trade.option_kind, trade.option_side, trade.base_currency) == ("PUT", "BOUGHT", "AUD")
    assert (trade.base_amount, trade.quote_amount) == (Decimal(-75_000_000), Decimal(36_900_000))
    assert (trade.premium_amount, trade.premium_currency) == (Decimal(-36_900), "USD")


def test_a_swap_pays_on_the_calendar_of_its_document():
    trade = fpml_read.read(samples.fpml(samples.RATE_SWAP, traded="1994-12-12"), US).trade
    assert (trade.index, trade.pay_fixed, trade.fixed_rate, trade.spread_rate) == (
        "EURIBOR6M", False, Decimal("0.06"), Decimal("0.001"),
    )  # fmt: skip
    # 14 June 1997 is a Saturday, 14 December 1997 a Sunday.
    assert (date(1994, 12, 14).toordinal() + trade.flow_days[4]) == date(1997, 6, 16).toordinal()
    assert trade.flow_accruals[0] == (date(1995, 6, 14) - date(1994, 12, 14)).days / 360
    assert len(trade.flow_days) == 10


def test_a_vanilla_swap_has_two_legs_of_its_own():
    """Fixed paid yearly by 30E/360 against six months by ACT/360, as the market has it."""
    content = samples.fpml(samples.VANILLA_SWAP, traded="1994-12-12")
    trade = fpml_read.read(content, US).trade
    assert (trade.payment_months, trade.day_count, len(trade.flow_days)) == (12, "30E/360", 5)
    assert (trade.floating_payment_months, trade.floating_day_count, len(trade.floating_flow_days)) == (
        6, "ACT/360", 10,
    )  # fmt: skip
    assert trade.flow_days[-1] == trade.floating_flow_days[-1]
    # 14 December 1996 is a Saturday and the year before it ends on a Thursday: 362 days of months of 30.
    assert trade.flow_accruals[:2] == (1.0, 362 / 360)
    assert trade.floating_flow_accruals[0] == (date(1995, 6, 14) - date(1994, 12, 14)).days / 360
    again = write(trade, us=Named(samples.OURS, "We"), them=Named(samples.THEIRS, "Bank"), reference="X1")
    assert fpml_read.read(again, US).trade == trade


def test_an_mt300_is_the_same_trade_as_its_fpml():
    for ours, fields in (
        ("ABNANL2A", {}),
        ("B", {"87A": "ABNANL2AXXX"}),
        ("Us Ltd", {"87A": None, "87D": "Us Ltd"}),
    ):
        reading = mt300.read(samples.mt300(**fields), frozenset({ours}))
        assert reading.trade == fpml_read.read(samples.fpml(), US).trade
        assert reading.them.reference == "DB5678"
    mirrored = mt300.read(samples.mt300(), frozenset({"DEUTDEFF"})).trade
    assert mirrored.base_amount == Decimal(-10_000_000)
    other_way = samples.mt300(**{"36": "1,089918"})
    assert mt300.read(other_way, frozenset({"A"})).trade.base_currency == "USD"


def test_an_mt300_that_is_not_delivered():
    content = samples.mt300(**{"17F": "Y", "17O": "Y", "32E": "USD", "30U": "20011219"})
    trade = mt300.read(content, frozenset({"B"})).trade
    assert (trade.kind, trade.settlement_currency, trade.fixing_date) == (
        "NON_DELIVERABLE_FORWARD", "USD", date(2001, 12, 19),
    )  # fmt: skip


@pytest.mark.parametrize("fields", [{}, {"17F": "Y", "32E": "EUR", "30U": "20011219"}])
def test_an_mt300_goes_out_as_fpml_and_comes_back_the_same(fields):
    reading = mt300.read(samples.mt300(**fields), frozenset({"B"}))
    content = write(
        reading.trade,
        us=Named(samples.OURS, "We"),
        them=Named(samples.THEIRS, "Bank"),
        reference=reading.them.reference,
    )
    assert fpml_read.read(content, US).trade == reading.trade


@pytest.mark.parametrize(
    ("changed", "path", "code"),
    [
        ({"22A": "AMND"}, ":22A:", "unsupported"), ({"22A": "CANC"}, ":22A:", "unsupported"),
        ({"17U": "Y"}, ":17U:", "unsupported"), ({"17T": "Y"}, ":17T:", "unsupported"),
        ({"77D": "SUBJECT TO OUR APPROVAL"}, ":77D:", "unsupported"), ({"15D": ""}, ":15D:", "unsupported"),
        ({"36": "0.9175"}, ":36:", "not_a_number"), ({"36": "0,99"}, ":36:", "rate"),
        ({"32B": "USD9175000"}, ":32B:", "not_a_number"), ({"32B": "JPY9175000,5"}, ":32B:", "too_many_digits"),
        ({"33B": "USD1,"}, ":33B:", "pair"), ({"30V": "20011321"}, ":30V:", "not_a_date"),
        ({"30V": None}, ":30V:", "missing"), ({"17F": "Y"}, ":32E:", "missing"),
        ({"82A": None}, ":82A:", "two_parties"),
        ({"32E": "USD"}, ":17F:", "missing"), ({"32B": "USD९175000,"}, "document", "encoding"),
    ],
)  # fmt: skip
def test_an_mt300_that_is_refused(changed, path, code):
    assert refused(samples.mt300(**changed), frozenset({"B"}))[path] == code


def test_another_message_and_two_messages_are_refused():
    assert refused(samples.mt300().replace(b"{2:O300", b"{2:O202"), frozenset({"B"})) == {
        "{2:": "unsupported_message"
    }
    assert refused(samples.mt300() + samples.mt300(), frozenset({"B"})) == {"{4:": "one_trade"}
    assert refused(b"hello", frozenset({"B"})) == {"{4:": "not_mt300"}


LEG = "trade/fxSingleLeg"


@pytest.mark.parametrize(
    ("old", "new", "path", "code"),
    [
        ("9175000<", "9275000<", f"{LEG}/exchangeRate/rate", "rate"),
        ("<forwardPoints>0.0045", "<forwardPoints>0.0046", f"{LEG}/exchangeRate/forwardPoints", "points"),
        ("2001-12-21", "2001-02-30", f"{LEG}/valueDate", "not_a_date"),
        ("<valueDate>2001-12-21</valueDate>", "", f"{LEG}/valueDate", "missing"),
        ("<valueDate>", "<valueDate>2001-12-22</valueDate><valueDate>", f"{LEG}/valueDate", "given_twice"),
        ("10000000", "1_000", f"{LEG}/exchangedCurrency1/paymentAmount/amount", "not_a_number"),
        ("10000000", "１０", f"{LEG}/exchangedCurrency1/paymentAmount/amount", "not_a_number"),
        ("10000000", "1e7", f"{LEG}/exchangedCurrency1/paymentAmount/amount", "not_a_number"),
        ("10000000", "NaN", f"{LEG}/exchangedCurrency1/paymentAmount/amount", "not_a_number"),
        ("10000000", "-5", f"{LEG}/exchangedCurrency1/paymentAmount/amount", "amount"),
        ("10000000", "10000000.001", f"{LEG}/exchangedCurrency1/paymentAmount/amount", "too_many_digits"),
        (">EUR</currency>", ">EURO</currency>", f"{LEG}/exchangedCurrency1/paymentAmount/currency", "not_a_currency"),
        ("</exchangeRate>", "</exchangeRate><barrier>1</barrier>", f"{LEG}/barrier", "unsupported"),
        ("</tradeHeader>", "</tradeHeader><otherPartyPayment/>", "trade", "unsupported_product"),
        ("fxSingleLeg", "fxDigitalOption", "trade", "unsupported_product"),
        (">false<", ">true<", "isCorrection", "unsupported"),
        (samples.OURS, "SOMEBODYELSE00000000", "party", "party_is_us"),
        (samples.THEIRS, samples.OURS, "party", "party_is_us"),
        ('fpmlVersion="5-13"', 'fpmlVersion="4-9"', "requestConfirmation", "version"),
    ],
)  # fmt: skip
def test_a_forward_that_is_refused(old, new, path, code):
    assert old in samples.fpml().decode()
    assert refused(samples.fpml().decode().replace(old, new).encode())[path] == code


def test_every_problem_is_named_at_once():
    content = (
        samples.fpml()
        .decode()
        .replace("2001-11-19", "soon")
        .replace("10000000", "many")
        .replace("0.9175", "x")
    )
    assert len(refused(content.encode())) == 3


def _stream(**changed):
    first = samples.stream("party1", "party2", samples.FLOATING, number=1)
    return f"<swap>{first}{samples.stream('party2', 'party1', samples.FIXED, number=2, **changed)}</swap>"


@pytest.mark.parametrize(
    ("product", "code"),
    [
        (_stream(count="ACT/ACT.ISDA"), "unsupported"), (_stream(notional="1.00"), "legs_differ"),
        (_stream(begins="1995-01-16"), "legs_differ"), (_stream(ends="2000-12-14"), "legs_differ"),
        (_stream(extra="<stubCalculationPeriodAmount/>"), "unsupported"),
        (samples.RATE_SWAP.replace(samples.FIXED, samples.FLOATING), "unsupported_product"),
        (samples.CROSS_CURRENCY.replace("ACT/365.FIXED", "30/360", 1), "legs_differ"),
        (_stream(every=12).replace("</fixedRateSchedule>", "<step/></fixedRateSchedule>"), "unsupported"),
        (samples.RATE_SWAP.replace("</indexTenor>", "</indexTenor><compoundingMethod/>"), "unsupported"),
        (samples.RATE_SWAP.replace("<paymentFrequency><periodMultiplier>6", "<paymentFrequency><periodMultiplier>12"),
         "unsupported"),
        (samples.RATE_SWAP.replace("EUTA", "XXXX"), "unsupported"),
        (samples.RATE_SWAP.replace("EUR-EURIBOR-Reuters", "EUR-EuroSTR-OIS Compound"), "unsupported"),
        (samples.RATE_SWAP.replace("</initialValue><currency>", "</initialValue><step/><currency>"), "unsupported"),
        (samples.RATE_SWAP.replace("</swap>", "<earlyTerminationProvision/></swap>"), "unsupported"),
        (samples.OPTION.replace("europeanExercise", "americanExercise"), "unsupported_product"),
        (samples.OPTION.replace("2001-12-06", "2002-06-06"), "unsupported"),
        (samples.OPTION.replace("</strike>", "</strike><features/>"), "unsupported"),
    ],
)  # fmt: skip
def test_what_the_book_has_no_place_for_is_refused_and_not_dropped(product, code):
    assert code in refused(samples.fpml(product, traded="1994-12-12")).values()

"""A quote by hand: proposed by one person, made by the yes of another, and nobody's own credit by strangers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from tests.factories import book, market
from treasury.domain import access, audit, manual_quotes, market_quotes
from treasury.domain.manual_quotes import Proposed
from treasury.domain.refusals import Refusal, as_refusal
from treasury.kernel.errors import HedgebookError, InputError
from treasury.models import ManualQuoteVersion, ManualQuoteVersionApproval, MarketQuote
from treasury.queries.market import known_quotes

pytestmark = pytest.mark.django_db
DAY = book.TODAY


def proposed(**told: Any) -> Proposed:
    usual: dict[str, Any] = {
        "kind": "FX_SPOT", "symbol": "EURUSD", "tenor": "SPOT", "quote_date": DAY, "value": Decimal("1.0842"),
        "source": "DESK",
    }  # fmt: skip
    return Proposed(**usual | told)


def propose(actor: Any, **told: Any) -> ManualQuoteVersion:
    return manual_quotes.propose(quote=proposed(**told), actor=actor, reason="the feed had a gap")


@pytest.fixture
def people() -> dict[str, Any]:
    return {role: book.user(role) for role in ("TREASURER", "HEDGE_ACCOUNTANT", "APPROVER", "AUDITOR")}


def test_a_quote_counts_once_another_person_has_agreed(people: dict[str, Any]) -> None:
    version = propose(people["TREASURER"])
    assert not MarketQuote.objects.exists()
    made = manual_quotes.approve(version=version, actor=people["APPROVER"], digest=version.content_digest)
    assert (made.value, made.source, made.corrects_id, made.is_synthetic) == (
        Decimal("1.0842"),
        "DESK",
        None,
        False,
    )


def test_a_correction_is_a_quote_of_its_own_and_the_one_that_counts(people: dict[str, Any]) -> None:
    market.record(market._quote("FX_SPOT", "EURUSD", "SPOT", DAY, Decimal("1.08")))
    wrong = MarketQuote.objects.get()
    version = propose(people["TREASURER"], replaces=wrong)
    made = manual_quotes.approve(version=version, actor=people["APPROVER"])
    assert (made.corrects_id, made.source) == (wrong.pk, "DESK")
    with connection.cursor() as cursor:
        cursor.execute("SELECT hedgebook_now()")
        seen = known_quotes(first_quote_date=DAY, as_of_date=DAY, known_at=cursor.fetchone()[0])
    assert seen.quotes.values.tolist() == [1.0842]
    again = propose(people["TREASURER"], replaces=made, value=Decimal("1.085"))
    assert (again.manual_quote_id, again.version_number) == (version.manual_quote_id, 2)


def test_nobody_agrees_to_their_own_number(people: dict[str, Any]) -> None:
    version = propose(people["HEDGE_ACCOUNTANT"])
    with pytest.raises(Refusal, match="nobody decides on a version that they had a hand in"):
        manual_quotes.approve(version=version, actor=people["HEDGE_ACCOUNTANT"])
    assert not MarketQuote.objects.exists()


def test_a_no_leaves_the_market_as_it_was_and_the_way_open(people: dict[str, Any]) -> None:
    version = propose(people["TREASURER"])
    manual_quotes.reject(version=version, actor=people["APPROVER"], comment="not the fixing")
    assert not MarketQuote.objects.exists()
    with pytest.raises(Refusal, match="decided already"):
        manual_quotes.approve(version=version, actor=people["APPROVER"])
    second = propose(people["TREASURER"], value=Decimal("1.09"))
    assert second.version_number == 2


@pytest.mark.parametrize("role", ["APPROVER", "AUDITOR"])
def test_only_a_preparer_proposes(people: dict[str, Any], role: str) -> None:
    with pytest.raises(HedgebookError):
        propose(people[role])
    assert not ManualQuoteVersion.objects.exists()


@pytest.mark.parametrize("role", ["TREASURER", "AUDITOR"])
def test_only_a_decider_decides(people: dict[str, Any], role: str) -> None:
    version = propose(people["HEDGE_ACCOUNTANT"])
    for verb in (manual_quotes.approve, manual_quotes.reject):
        with pytest.raises(HedgebookError):
            verb(version=version, actor=people[role])


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"value": Decimal(0)}, "value"),
        ({"value": Decimal("1.00000000001")}, "value"),
        ({"kind": "SWAP_RATE", "symbol": "EUR"}, "tenor"),
        ({"moneyness": Decimal("0.9")}, "moneyness"),
        ({"symbol": ""}, "symbol"),
        ({"quote_date": date(2190, 1, 1)}, "quote_date"),
        ({"kind": "CREDIT_SPREAD", "symbol": "NOBODY", "value": Decimal("0.01")}, "symbol"),
    ],
)
def test_what_no_quote_can_be_is_named_by_field(
    people: dict[str, Any], told: dict[str, Any], field: str
) -> None:
    with pytest.raises(InputError) as refused:
        propose(people["TREASURER"], **told)
    assert refused.value.field == field
    assert not ManualQuoteVersion.objects.exists()


def test_a_reason_is_asked_for(people: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="Say why"):
        manual_quotes.propose(quote=proposed(), actor=people["TREASURER"], reason=" ")


def test_a_second_value_waits_for_the_first(people: dict[str, Any]) -> None:
    propose(people["TREASURER"])
    with pytest.raises(Refusal, match="waits already"):
        propose(people["HEDGE_ACCOUNTANT"], value=Decimal("1.09"))


def test_a_quote_that_came_meanwhile_is_not_overwritten(people: dict[str, Any]) -> None:
    market.record(market._quote("FX_SPOT", "EURUSD", "SPOT", DAY, Decimal("1.08")))
    first = MarketQuote.objects.get()
    version = propose(people["TREASURER"], replaces=first)
    market_quotes.correct(
        quote=first, value=Decimal("1.07"), source="TEST", actor=people["TREASURER"], reason="feed"
    )
    with pytest.raises(Refusal, match="corrected already"):
        manual_quotes.approve(version=version, actor=people["APPROVER"])
    manual_quotes.reject(version=version, actor=people["APPROVER"], comment="the feed was faster")
    with pytest.raises(Refusal, match="changed meanwhile"):
        propose(people["TREASURER"], replaces=first)


def test_the_database_makes_no_yes_without_its_quote(people: dict[str, Any]) -> None:
    version = propose(people["TREASURER"])

    def only_approved() -> None:
        with as_refusal(), transaction.atomic():
            with audit.action(
                "treasury.manualquoteversion.approved", actor=people["APPROVER"], subject=version
            ):
                ManualQuoteVersionApproval.objects.create(
                    version=version, decision="APPROVED", content_digest=version.content_digest
                )
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(Refusal, match="made in the same action"):
        only_approved()


@pytest.fixture
def strangers() -> tuple[Any, Any, Any]:
    """An entity, a treasurer of another one, and a treasurer of it."""
    own, other = book.entity(), book.entity()
    market.record(market._quote("CREDIT_SPREAD", own.code, "SPOT", DAY, Decimal("0.01")))
    return own, book.user("TREASURER", entity=other), book.user("TREASURER", entity=own)


def test_a_stranger_quotes_nobodys_own_credit(strangers: tuple[Any, Any, Any]) -> None:
    own, stranger, treasurer = strangers
    said = []
    for code in (own.code, "NOBODY"):
        row = market_quotes.QuoteRow("CREDIT_SPREAD", code, "SPOT", DAY, Decimal("0.02"), "DESK", False)
        with pytest.raises(InputError) as refused:
            market_quotes.record(quotes=[row], actor=stranger)
        said.append(str(refused.value).replace(code, "?"))
        with pytest.raises(InputError):
            propose(stranger, kind="CREDIT_SPREAD", symbol=code, value=Decimal("0.02"))
    assert said[0] == said[1]
    row = market_quotes.QuoteRow("CREDIT_SPREAD", own.code, "SPOT", DAY, Decimal("0.02"), "DESK", False)
    assert market_quotes.record(quotes=[row], actor=treasurer) == 1


def test_the_database_holds_the_same(strangers: tuple[Any, Any, Any]) -> None:
    own, stranger, _ = strangers
    quote = MarketQuote.objects.get(symbol=own.code)
    with pytest.raises(Refusal, match="is no party whose credit you quote"):
        market_quotes.correct(quote=quote, value=Decimal("0.02"), source="DESK", actor=stranger, reason="so")
    accountant = book.user("HEDGE_ACCOUNTANT", entity=own)
    access.give_role(user=accountant, role="TREASURER", entity=own, actor=None)
    assert market_quotes.correct(
        quote=quote, value=Decimal("0.02"), source="DESK", actor=accountant, reason="so"
    )

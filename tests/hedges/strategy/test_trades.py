"""What a strategy trades: every tool's lines, whose tickets are understood as they stand but for the bank."""

from decimal import Decimal
from typing import Any

import pytest

from hedges.domain.ticket.understand import understood
from hedges.models import HedgeProposal, HedgeProposalLine
from hedges.queries import strategy_saved, ticket
from hedges.web.strategy.answer import digest_of
from hedges.web.strategy.saved import opened
from tests.factories import book
from tests.factories.market import gbp_per_eur, usd_per_eur
from tests.factories.web import signed_in
from tests.hedges.strategy.test_pages import a_night, tool
from tests.hedges.strategy.test_saving import save
from treasury.queries import people
from treasury.web.scope import Scope

pytestmark = pytest.mark.django_db


def saved(name: str, inputs: str, entity: Any) -> list[HedgeProposalLine]:
    answer = save(signed_in("TREASURER"), name, inputs)
    assert "the same numbers to the last digit" in answer.content.decode()
    return list(HedgeProposal.objects.get(entity=entity).lines.order_by("line_number"))


def legs(line: Any, **dealt: str) -> list[Any]:
    """The versions of the line's ticket, of which a person adds the bank (and of a forward the rate)."""
    return [version for _, version in dealt_by_ticket(line.trade_kind, line.ticket, line.entity, **dealt)]


def dealt_by_ticket(kind: str, fields: dict, entity: Any, **dealt: str) -> list[Any]:
    bank = book.counterparty()
    row = {"id": entity.pk, "code": entity.code, "functional_currency_id": entity.functional_currency_id}
    offer = ticket.offer([row], today=book.TODAY, entity_id=entity.pk)
    found = understood({"kind": kind, **fields, "counterparty": bank.code, **dealt}, offer, "DEALT-1")
    assert found.errors == {}
    return found.legs


def row_of(client: Any, name: str, **inputs: str) -> list[dict]:
    answer = client.get(tool(name), inputs).context["answer"]
    return answer.sections[0].table.rows


def test_an_option_is_bought_at_the_strike_and_premium_that_were_shown() -> None:
    entity, risk = a_night()
    inputs = {"book": f"{entity.code}:{risk.code}", "way": "option"}
    shown = next(row for row in row_of(signed_in(), "options", **inputs) if row["name"] == "Option")
    (line,) = saved("options", f"book={entity.code}:{risk.code}&way=option", entity)
    assert (line.trade_kind, line.notional_amount) == ("OPTION", Decimal(-1_000_000))
    assert (line.ticket["side"], line.ticket["option_kind"], line.ticket["against"]) == (
        "BUY",
        "PUT",
        "EURUSD",
    )
    (version,) = legs(line)
    assert (version.notional_amount, version.option_kind, version.option_side) == (
        -1_000_000,
        "PUT",
        "BOUGHT",
    )
    assert float(version.strike_rate) == pytest.approx(shown["strike"], rel=1e-5)
    assert -float(version.premium_amount) == pytest.approx(shown["cost"], abs=0.01)
    assert version.settlement_date >= line.value_date > version.expiry_date
    # The cell that a later night is held against is the whole of the entity and risk.
    assert line.exposure_amount == 6_000_000


def test_a_collar_is_two_options_that_cost_nothing_and_a_forward_is_one_trade() -> None:
    entity, risk = a_night()
    of = f"book={entity.code}:{risk.code}"
    shown = next(
        row for row in row_of(signed_in(), "options", book=of[5:], way="collar") if row["name"] == "Collar"
    )
    (line,) = saved("options", f"{of}&way=collar", entity)
    bought, sold = legs(line)
    assert (bought.option_kind, bought.option_side, sold.option_kind, sold.option_side) == (
        "PUT", "BOUGHT", "CALL", "SOLD",
    )  # fmt: skip
    assert bought.premium_amount + sold.premium_amount == 0 > bought.premium_amount
    strikes = [float(leg.strike_rate) for leg in (bought, sold)]
    assert strikes == pytest.approx([shown["strike"], shown["sold"]], rel=1e-5)
    client = signed_in("TREASURER")
    save(client, "options", f"{of}&way=forward", title="Forward")
    (forward,) = HedgeProposal.objects.get(title="Forward").lines.all()
    assert (forward.trade_kind, forward.ticket["side"]) == ("FORWARD", "SELL")
    assert legs(forward, rate="1.09")[0].notional_amount == -1_000_000


def test_no_way_no_trade_and_the_page_says_what_to_do() -> None:
    entity, risk = a_night()
    text = signed_in("TREASURER").get(tool("options")).content.decode()
    assert "No trade stands in it. Choose the way to trade above" in text
    assert saved("options", f"book={entity.code}:{risk.code}", entity) == []


@pytest.mark.parametrize("instrument", ["option", "collar"])
def test_a_programme_by_options_has_a_line_a_month_with_its_premium(instrument: str) -> None:
    entity, risk = a_night()
    inputs = {"book": f"{entity.code}:{risk.code}", "kind": "static", "ratio": "60", "by": instrument}
    answer = signed_in().get(tool("programme"), inputs).context["answer"]
    numbers = {row["name"]: row["plan0"] for row in answer.sections[2].table.rows}
    lines = saved("programme", "&".join(f"{name}={value}" for name, value in inputs.items()), entity)
    assert {line.trade_kind for line in lines} == {instrument.upper()}
    assert sum(line.notional_amount for line in lines) == -3_200_000
    paid = sum(Decimal(line.ticket["premium_amount"]) for line in lines)
    received = sum(Decimal(line.ticket.get("sold_premium_amount", "0")) for line in lines)
    assert float(paid - received) == pytest.approx(numbers["Premium paid today"], abs=0.01 * len(lines))
    assert paid > 0
    assert all(len(legs(line)) == (2 if instrument == "collar" else 1) for line in lines)


def test_the_frontier_trades_one_forward_to_the_ratio_that_is_chosen() -> None:
    entity, risk = a_night()
    of = f"book={entity.code}:{risk.code}&first=0&past=12"
    (line,) = saved("frontier", f"{of}&hedged=80", entity)
    # Four million are due within the year, and 400,000 are covered.
    assert (line.trade_kind, line.notional_amount) == ("FORWARD", Decimal("-2800000"))
    text = signed_in("TREASURER").get(f"{tool('frontier')}?{of}&hedged=5").content.decode()
    assert "covered to this ratio already" in text
    assert "Choose the ratio to trade to above" in signed_in().get(tool("frontier")).content.decode()


def test_minimum_variance_trades_the_hedging_risk_for_what_is_open() -> None:
    entity, risk = a_night()
    other = book.risk("GBPEUR")
    inputs = {"book": f"{entity.code}:{risk.code}", "hedge": "GBPEUR"}
    answer = signed_in().get(tool("minimum-variance"), inputs).context["answer"]
    ratio = answer.sections[0].table.rows[0]["value"]
    (line,) = saved("minimum-variance", "&".join(f"{name}={value}" for name, value in inputs.items()), entity)
    assert (line.risk_id, line.trade_kind, line.exposure_amount) == (other.pk, "FORWARD", None)
    euros = 5_600_000 / float(usd_per_eur(0))
    assert float(line.notional_amount) == pytest.approx(-ratio * euros * float(gbp_per_eur(0)), abs=0.01)
    assert legs(line, rate="0.87")[0].risk_id == other.pk


def test_a_what_if_over_all_entities_leads_to_an_entity_with_the_same_inputs() -> None:
    entity, _ = a_night()
    book.entity()
    client = signed_in("TREASURER")
    page = client.get(tool("what-if"), {"all": "-7"})
    text = page.content.decode()
    assert "Choose an entity at the top to save" in text
    assert "A what-if moves the market and trades nothing." in text
    assert "Save as a proposal" not in text
    href = next(href for href, code in page.context["save"].ways if code == entity.code)
    answer = client.get(href)
    assert "Save as a proposal" in answer.content.decode()
    assert answer.context["form"].asked["all"] == "-7"
    auditor = signed_in("AUDITOR").get(tool("what-if")).content.decode()
    assert "saved by a treasurer or hedge accountant" in auditor


def test_a_new_table_of_a_page_is_no_difference_and_a_lost_one_is() -> None:
    entity, risk = a_night()
    client = signed_in("TREASURER")
    save(client, "frontier", f"book={entity.code}:{risk.code}")
    row = strategy_saved.one([entity.pk], HedgeProposal.objects.get().pk)
    assert row is not None
    scope = Scope(people.person(book.user("AUDITOR")))
    for names, said in (
        ({"Hedging frontier"}, ""),
        ({"Hedging frontier", "Gone"}, "differs from what was saved in: Gone"),
    ):
        numbers = {name: row["assumptions"]["numbers"].get(name, []) for name in names}
        told = row["assumptions"] | {"numbers": numbers, "numbers_digest": digest_of(numbers)}
        assert said in opened(scope, row | {"assumptions": told})[1], names
        assert bool(opened(scope, row | {"assumptions": told})[1]) == bool(said)

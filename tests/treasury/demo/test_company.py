"""The demo company as plain data: the counts and the contents that the demo promises."""

import os
import subprocess
import sys
from collections import Counter

import pytest

from treasury.demo.company import risks
from treasury.demo.company.book import exposures, instruments
from treasury.demo.company.calendar import dealing_days, go_live_date, plan_dates
from treasury.demo.company.fingerprint import fingerprint
from treasury.demo.company.parties import COUNTERPARTIES, ENTITIES
from treasury.demo.company.relationships import relationships
from treasury.demo.market import fx
from treasury.demo.market.reference_rates import business_date
from treasury.kernel.clock import months_between

EVERY_KIND = {
    "FORWARD", "NON_DELIVERABLE_FORWARD", "FUTURE", "OPTION", "FX_SWAP", "INTEREST_RATE_SWAP", "CROSS_CURRENCY_SWAP",
    "NATURAL_OFFSET",
}  # fmt: skip
EVERY_STAGE = {
    "FORECAST", "HIGHLY_PROBABLE_FORECAST", "FIRM_COMMITMENT", "RECOGNISED_ASSET", "RECOGNISED_LIABILITY",
    "NET_INVESTMENT",
}  # fmt: skip


def test_two_processes_make_the_same_company() -> None:
    code = "from treasury.demo.company.fingerprint import fingerprint; print(fingerprint())"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=os.getcwd(),
    )
    assert other.stdout.strip() == fingerprint()


def test_four_entities_count_in_three_currencies_under_three_frameworks() -> None:
    assert len(ENTITIES) == 4
    assert len({entity.currency for entity in ENTITIES}) == 3
    assert {entity.framework for entity in ENTITIES} == {"IFRS9", "IAS39", "ASC815"}


@pytest.mark.parametrize("party", [*ENTITIES, *COUNTERPARTIES], ids=lambda party: party.code)
def test_identifiers_have_valid_check_digits(party: object) -> None:
    lei = party.lei  # type: ignore[attr-defined]
    assert len(lei) == 20
    assert int("".join(str(int(character, 36)) for character in lei)) % 97 == 1


def test_the_memos_are_english() -> None:
    said = " ".join(spec.terms["objective"] for spec in relationships())
    assert "packaging from Romania" in said
    assert "with an option" in said
    assert "with an FX swap" in said
    assert "with a option" not in said


def test_about_three_hundred_open_exposures_over_thirty_six_months_in_at_least_ten_currencies() -> None:
    open_ones = [spec.last for spec in exposures().values() if spec.last["status"] == "OPEN"]
    assert 270 <= len(open_ones) <= 330
    currencies = {terms["exposure_currency"] for terms in open_ones} - {"BBL", "IDX"}
    assert len(currencies) >= 20
    months = {months_between(business_date(), terms["expected_date"]) for terms in open_ones}
    assert months >= set(range(1, 36, 3))
    assert {terms["kind"] for terms in open_ones} == EVERY_STAGE


def test_about_two_hundred_instruments_of_all_kinds_over_two_years() -> None:
    deals = instruments()
    assert 190 <= len(deals) <= 230
    assert {spec.kind for spec in deals.values()} == EVERY_KIND
    days = {spec.terms["trade_date"] for spec in deals.values()}
    assert days <= set(dealing_days())
    assert min(days) >= go_live_date()
    collars = Counter(spec.structure for spec in deals.values() if spec.structure)
    assert set(collars.values()) == {2}
    non_deliverable = {
        spec.terms["risk"][:3] for spec in deals.values() if spec.kind == "NON_DELIVERABLE_FORWARD"
    }
    assert non_deliverable == {"INR", "BRL", "KRW"}


def test_forwards_are_struck_at_the_market_of_their_day_and_two_are_not() -> None:
    distances = []
    for spec in instruments().values():
        if spec.kind == "FORWARD":
            terms = spec.terms
            base, quote = terms["risk"][:3], terms["risk"][3:]
            market = fx.forward_rate(base, quote, terms["trade_date"], terms["settlement_date"])
            distances.append(abs(float(terms["strike_rate"]) / market - 1))
    assert sum(distance > 0.002 for distance in distances) == 2
    assert sorted(distances)[-3] < 0.0005


def test_relationships_take_no_more_than_their_items_had() -> None:
    found = relationships()
    assert len(found) == 71
    taken: Counter = Counter()
    for spec in found:
        if spec.parallel_of:
            continue
        for reference, amount in spec.items:
            assert amount > 0
            taken[reference] += amount
    for reference, amount in taken.items():
        assert amount <= abs(exposures()[reference].versions[0].terms["exposure_amount"]), reference


def test_nothing_is_designated_before_it_is_highly_probable() -> None:
    for spec in relationships():
        for reference, _ in spec.items:
            assert exposures()[reference].on(spec.designation_date)["kind"] != "FORECAST", spec.code


def test_special_hedges_are_there() -> None:
    pairs = {
        (spec.terms["risk"], deal.kind) for deal in instruments().values() for spec in _items(deal.hedges)
    }
    assert ("BRENT", "FUTURE") in pairs
    assert ("US500", "FUTURE") in pairs
    assert ("EURIBOR3M", "INTEREST_RATE_SWAP") in pairs
    assert ("AUDEUR", "CROSS_CURRENCY_SWAP") in pairs
    assert ("NOKEUR", "NATURAL_OFFSET") in pairs


def _items(references: tuple[str, ...]) -> list:
    return [exposures()[reference].versions[0] for reference in references]


def test_policy_bands_fall_with_the_horizon_and_do_not_overlap() -> None:
    for spec in risks.policy_versions():
        for earlier, later in zip(spec.bands, spec.bands[1:], strict=False):
            assert earlier[1] == later[0]
            assert all(near >= far for near, far in zip(earlier[2:], later[2:], strict=True))


def test_versions_follow_time() -> None:
    several = 0
    for spec in exposures().values():
        days = [version.recorded_on for version in spec.versions]
        assert days == sorted(days)
        several += len(days) > 2
    assert several > 100
    assert plan_dates()[0] == go_live_date()

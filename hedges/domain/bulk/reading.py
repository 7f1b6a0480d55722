"""Rows of trades as unsaved instruments with their terms, and what could not be read of the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from hedges.domain.bulk.fields import AMOUNTS, COUNTS, DAYS, FIELDS, RATES, WHOLE, WORDS, YES_OR_NO
from hedges.domain.schedules import with_schedule
from hedges.domain.ticket.swaps import MOST_MONTHS
from hedges.enums import DayCount, InstrumentKind
from hedges.models import FuturesContract, Instrument, InstrumentVersion
from treasury.domain.bulk.rows import RowProblem, Rows
from treasury.kernel import dates, parsing
from treasury.kernel.errors import InputError
from treasury.kernel.money import exponent
from treasury.models import Counterparty, Risk, Unit
from treasury.queries import access, people

#: After so many rows somebody hears how far it is.
AT_A_TIME = 10_000
_REFERENCE, _WORD = 60, 8
_LARGEST = Decimal(10**10)
_WHOLE = re.compile(r"-?[0-9]{1,9}")


class Known(NamedTuple):
    """Codes of what a row may name."""

    entities: dict[str, int]
    risks: dict[str, Risk]
    counterparties: dict[str, int]
    contracts: dict[str, int]
    units: frozenset[str]


def known(actor: Any, entity_ids: Collection[int] | None = None) -> Known:
    """Five reads. The entities are those whose trades the person may record."""
    who = people.person(actor)
    entities = {
        row["code"]: row["id"]
        for row in who.entities
        if who.has_role_at(row["id"], *access.PREPARERS) and (entity_ids is None or row["id"] in entity_ids)
    }
    return Known(
        entities, {risk.code: risk for risk in Risk.objects.all()},
        dict(Counterparty.objects.values_list("code", "id")), dict(FuturesContract.objects.values_list("code", "id")),
        frozenset(Unit.objects.values_list("code", flat=True)),
    )  # fmt: skip


def trades(
    rows: Rows,
    *,
    of: Known,
    source_system: str,
    valid_from: date,
    reason: str,
    told: Callable[[int, int], None] | None = None,
) -> tuple[dict[int, tuple[Instrument, InstrumentVersion]], dict[int, list[RowProblem]]]:
    """By index the trades, and what is wrong with the other rows. `told` hears how many are read, and of how many."""
    columns = [rows.column(one.name) for one in FIELDS]
    found: dict[int, tuple[Instrument, InstrumentVersion]] = {}
    wrong: dict[int, list[RowProblem]] = {}
    first: dict[str, int] = {}
    for place, cells in zip(rows.places, zip(*columns, strict=True), strict=True):
        given = dict(zip((one.name for one in FIELDS), cells, strict=True))
        problems: list[RowProblem] = []
        terms = _terms(given, of, problems)
        reference = given["external_reference"]
        if reference in first:
            expected = f"each reference once; it is row {first[reference]} already"
            problems.append(RowProblem("external_reference", "duplicate_in_request", expected, reference))
        first.setdefault(reference, place)
        if problems:
            wrong[place] = problems
            continue
        instrument = Instrument(
            entity_id=of.entities[given["entity"]], kind=given["kind"], source_system=source_system,
            external_reference=reference, structure_reference=given["structure_reference"],
        )  # fmt: skip
        version = InstrumentVersion(
            **terms,
            kind=given["kind"],
            entity_id=instrument.entity_id,
            valid_from=valid_from,
            change_reason=reason,
        )
        with_schedule(version)
        found[place] = instrument, version
        if told and len(found) % AT_A_TIME == 0:
            told(place + 1, rows.count)
    if told:
        told(rows.count, rows.count)
    return found, wrong


def _terms(told: dict[str, str], of: Known, problems: list[RowProblem]) -> dict[str, Any]:
    def add(name: str, code: str, expected: str) -> None:
        problems.append(RowProblem(name, code, expected, told[name]))

    for name, table, what in (
        ("entity", of.entities, "an entity whose trades you may record"), ("risk", of.risks, "a risk of the book"),
        ("counterparty", of.counterparties, "a counterparty of the book"), ("contract", of.contracts, "a contract"),
    ):  # fmt: skip
        if told[name] not in table and (told[name] or name != "contract"):
            add(name, f"unknown_{name}" if told[name] else "missing", f"the code of {what}")
    kinds = [kind for kind in InstrumentKind.values if kind != InstrumentKind.NATURAL_OFFSET]
    if told["kind"] not in kinds:
        add("kind", "unknown_kind" if told["kind"] else "missing", "one of " + ", ".join(kinds))
    for name in ("external_reference", "structure_reference"):
        text = told[name]
        if (not text and name == "external_reference") or len(text) > _REFERENCE or not text.isprintable():
            add(name, "wrong_text" if text else "missing", f"1 to {_REFERENCE} characters on one line")
    terms: dict[str, Any] = {}
    risk = of.risks.get(told["risk"])
    for name in (*AMOUNTS, *RATES):
        terms[name] = _number(told[name])
        if terms[name] is None and told[name]:
            add(name, "not_a_number", "a decimal such as 1.0842, with at most ten decimals")
    for name in ("near_rate", "dealt_rate"):  # either way round, which has to exist
        if terms[name] is not None and terms[name] <= 0:
            add(name, "not_positive", "a number above zero")
    for name, other in (("dealt_pair", "dealt_rate"), ("dealt_rate", "dealt_pair")):
        if told[name] and not told[other]:
            add(other, "missing", f"a value where {name} is given")
    for name in DAYS:
        terms[name] = _day(told[name])
        if terms[name] is None and told[name]:
            add(name, "not_a_date", "a date such as 2026-10-30")
    for name in ("notional_amount", "trade_date", "settlement_date"):
        if not told[name]:
            add(name, "missing", "a value; it is required")
    for name in WHOLE:
        if told[name] and not _WHOLE.fullmatch(told[name]):
            add(name, "not_a_number", "a whole number")
        elif told[name] and name.endswith("_months") and not 1 <= int(told[name]) <= MOST_MONTHS:
            add(name, "not_a_period", f"whole months from 1 to {MOST_MONTHS}")
        else:
            terms[name] = int(told[name]) if told[name] else None
    for name in YES_OR_NO:
        terms[name] = {"true": True, "false": False}.get(told[name])
        if told[name] and terms[name] is None:
            add(name, "wrong_type", "true or false")
    for name in COUNTS:
        terms[name] = told[name] or None
        if told[name] and told[name] not in DayCount.values:
            add(name, "unknown_day_count", "one of " + ", ".join(DayCount.values))
    for name in WORDS:
        if len(told[name]) > _WORD or not told[name].isprintable():
            add(name, "too_long", f"at most {_WORD} characters")
        elif name.endswith("_currency"):
            terms[f"{name}_id"] = told[name] or None
            if told[name] and told[name] not in of.units:
                add(name, "unknown_unit", "a currency of the book")
        else:
            terms[name] = told[name]
    if risk is not None:
        has_counter = terms.get("counter_amount") is not None
        terms |= {
            "risk_id": risk.pk, "notional_currency_id": risk.base_unit_id,
            "counter_currency_id": risk.quote_currency_id if has_counter else None,
        }  # fmt: skip
        for name, unit in (
            ("notional_amount", risk.base_unit_id),
            ("counter_amount", risk.quote_currency_id),
        ):
            _exact(name, terms[name], unit, add)
    terms["counterparty_id"] = of.counterparties.get(told["counterparty"])
    terms["contract_id"] = of.contracts.get(told["contract"])
    return terms


def _exact(name: str, amount: Decimal | None, unit: str, add: Any) -> None:
    if amount is not None and amount != round(amount, exponent(unit)):
        add(name, "too_many_decimals", f"at most {exponent(unit)} decimals for {unit}")


def _number(text: str) -> Decimal | None:
    try:
        found = parsing.decimal(text, "value") if text and "e" not in text.lower() else None
    except InputError:
        return None
    fits = found is not None and abs(found) < _LARGEST * 1_000_000 and found == round(found, 10)
    return found if fits else None


def _day(text: str) -> date | None:
    try:
        found = dates.day(text)
    except ValueError:
        return None
    return found if 1970 <= found.year <= 2199 else None

"""From what is typed to a trade: all fields that were not understood at once, each with what was expected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hedges.domain.ticket import build
from hedges.domain.ticket.deal import Deal
from hedges.domain.ticket.kinds import COLLAR, FIELDS
from hedges.domain.ticket.pairs import Dealt, dealt
from hedges.domain.ticket.reader import Reader
from hedges.domain.ticket.swaps import cross_currency_terms, interest_rate_terms, say_legs
from hedges.enums import InstrumentKind, OptionKind
from hedges.queries.ticket import Offer
from treasury.domain.value_days import business_day, spot_day
from treasury.kernel.errors import InputError
from treasury.kernel.money import round_amount

EXCHANGES = (
    InstrumentKind.FORWARD, InstrumentKind.NON_DELIVERABLE_FORWARD, InstrumentKind.FX_SWAP, InstrumentKind.OPTION,
    COLLAR, InstrumentKind.CROSS_CURRENCY_SWAP,
)  # fmt: skip
MOST_CONTRACTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Understood:
    """`deal` and its unsaved `legs` where everything was understood; errors, echoes and warnings by field."""

    deal: Deal | None
    legs: list[build.Leg]
    errors: dict[str, str]
    echoes: dict[str, str]
    warnings: dict[str, str]


def understood(said: Mapping[str, str], offer: Offer, reference: str = "") -> Understood:
    """`said`: texts by the field names of `kinds`, and `kind`. Nothing is raised and nothing is recorded."""
    kind = str(said.get("kind") or "")
    if kind not in FIELDS:
        return Understood(None, [], {"kind": f"Expected one of {', '.join(FIELDS)}."}, {}, {})
    reader = Reader(kind, said)
    deal = _deal(reader, offer)
    legs: list[build.Leg] = []
    if deal is not None:
        try:
            legs = build.legs(deal, reference)
        except InputError as error:
            reader.take(error)
            deal = None
    if deal is not None:
        _say_counter(reader, deal, legs)
        say_legs(reader, legs[0][1])
    return Understood(deal, legs, reader.errors, reader.echoes, reader.warnings)


def _deal(reader: Reader, offer: Offer) -> Deal | None:
    entity = (
        reader.row("entity", offer.entities, "code", "one of your entities")
        if reader.said.get("entity")
        else None
    )
    if entity is None:
        reader.refuse("entity", "is missing: whose trade it is.")
    terms: dict[str, Any] = {
        "kind": reader.kind,
        "entity_id": entity["id"] if entity else 0,
        "trade_date": reader.trade_date(offer.today),
        "reason": str(reader.said.get("reason") or "").strip()[:400],
    }
    if "side" in FIELDS[reader.kind]:
        terms["side"] = _side(reader)
    if "counterparty" in FIELDS[reader.kind]:
        terms["counterparty_id"] = _counterparty(reader, offer)
    trade_date = terms["trade_date"]
    if reader.kind in EXCHANGES:
        functional = entity["functional_currency_id"] if entity else ""
        found = dealt(reader, offer.risks, offer.units, functional)
        terms |= _exchange(reader, found, trade_date, functional)
    elif reader.kind == InstrumentKind.FUTURE:
        terms |= _future(reader, offer)
    elif reader.kind == InstrumentKind.INTEREST_RATE_SWAP:
        terms |= interest_rate_terms(reader, offer, trade_date)
    else:
        terms |= _offset(reader, offer)
    return None if reader.errors else Deal(**terms)


def _counterparty(reader: Reader, offer: Offer) -> int | None:
    """Nothing new is dealt with a party in default; what was dealt with it before can still be amended."""
    bank = reader.row("counterparty", offer.counterparties, "code", "the code of a bank or broker")
    since = bank.get("defaulted_since") if bank else None
    if bank is None or since is None:
        return bank["id"] if bank else None
    words = f"{bank['code']} has been in default since {since}"
    if offer.is_amendment:
        reader.warnings["counterparty"] = f"{words}."
    else:
        reader.refuse(
            "counterparty", f"{words}: name another party, or have the default recorded as cured first."
        )
    return int(bank["id"])


def _side(reader: Reader) -> int:
    side = reader.text("side").upper()
    if side and side not in ("BUY", "SELL"):
        reader.refuse("side", "Expected BUY or SELL.")
    return -1 if side == "SELL" else 1


def _exchange(
    reader: Reader, found: Dealt | None, trade_date: date | None, functional: str
) -> dict[str, Any]:
    """What all kinds with two amounts have, and what each has besides."""
    currency, against = (found.currency, found.against) if found else ("", "")
    currencies = found.currencies if found else []
    terms: dict[str, Any] = {"amount": reader.amount("amount", currency), "rate": reader.rate("rate")}
    if found:
        terms |= {"risk": found.risk, "currency": currency, "against": against, "pair": found.pair}
    if "counter_amount" in FIELDS[reader.kind]:
        terms["counter_amount"] = reader.amount("counter_amount", against)
    if reader.kind in (InstrumentKind.OPTION, COLLAR):
        return terms | _option(reader, found, trade_date)
    if reader.kind == InstrumentKind.CROSS_CURRENCY_SWAP:
        return terms | cross_currency_terms(reader, found, trade_date)
    if reader.kind == InstrumentKind.FX_SWAP:
        terms |= _near_leg(reader, found, trade_date)
    terms["value_date"] = reader.day("value_date", trade_date=trade_date, currencies=currencies)
    if reader.kind == InstrumentKind.NON_DELIVERABLE_FORWARD:
        terms |= _fixing(reader, found, trade_date, terms["value_date"], functional)
    near, far = terms.get("near_date"), terms["value_date"]
    if near and far and near >= far:
        reader.refuse("value_date", f"Expected a day after the near leg's {near}, got {far}.")
    return terms


def _near_leg(reader: Reader, found: Dealt | None, trade_date: date | None) -> dict[str, Any]:
    if found and found.currency != found.risk["base_unit_id"]:
        reader.refuse(
            "currency",
            f"Expected {found.risk['base_unit_id']}: both legs of a swap have one amount in the base unit of the risk"
            f" {found.risk['code']}.",
        )
    currencies, against = (found.currencies, found.against) if found else ([], "")
    return {
        "near_date": reader.day("near_date", trade_date=trade_date, currencies=currencies, default="spot"),
        "near_rate": reader.rate("near_rate"),
        "near_counter_amount": reader.amount("near_counter_amount", against),
    }


def _fixing(
    reader: Reader, found: Dealt | None, trade_date: date | None, settles: date | None, functional: str
) -> dict[str, Any]:
    """The fixing is two business days before the settlement where nothing else is said."""
    currencies = found.currencies if found else []
    default = "" if settles is None else str(business_day(settles, -2, currencies))
    fixing = reader.day("fixing_date", trade_date=trade_date, currencies=currencies, default=default)
    if fixing and settles and fixing > settles:
        reader.refuse("fixing_date", f"Expected a day on or before the settlement {settles}, got {fixing}.")
    paid = str(reader.said.get("settlement_currency") or "").strip().upper()
    offered = [found.currency, found.against] if found else []
    if paid and found and paid not in offered:
        reader.refuse("settlement_currency", f"Expected {' or '.join(offered)}.")
    paid = paid or (functional if functional in offered else found.against if found else "")
    reader.echoes["settlement_currency"] = paid
    return {"fixing_date": fixing, "settlement_currency": paid}


def _option(reader: Reader, found: Dealt | None, trade_date: date | None) -> dict[str, Any]:
    currencies = found.currencies if found else []
    units = [found.against, found.currency] if found and found.pair else [found.against] if found else []
    unit = str(reader.said.get("premium_currency") or "").strip().upper() or (units[0] if units else "")
    if found and unit not in units:
        reader.refuse("premium_currency", f"Expected {' or '.join(units)}.")
        unit = ""
    expiry = reader.day("expiry_date", trade_date=trade_date, currencies=currencies)
    settles = None
    if expiry:
        late = str(spot_day(business_date=expiry, currencies=currencies))
        settles = reader.day("value_date", trade_date=trade_date, currencies=currencies, default=late)
        if settles and settles < expiry:
            reader.refuse("value_date", f"Expected a day on or after the expiry {expiry}, got {settles}.")
    terms: dict[str, Any] = {
        "expiry_date": expiry,
        "value_date": settles,
        "premium_amount": reader.premium("premium_amount", unit),
        "premium_currency": unit,
    }
    if unit:
        reader.echoes["premium_currency"] = unit
    if reader.kind == COLLAR:
        return terms | {
            "sold_rate": reader.rate("sold_rate"),
            "sold_premium_amount": reader.premium("sold_premium_amount", unit),
        }
    right = reader.text("option_kind").upper()
    if right and right not in OptionKind.values:
        reader.refuse("option_kind", "Expected CALL or PUT.")
    return terms | {"option_kind": right}


def _future(reader: Reader, offer: Offer) -> dict[str, Any]:
    contract = reader.row("contract", offer.contracts, "code", "the code of a contract that is still traded")
    count, price = reader.whole("contract_count", MOST_CONTRACTS), reader.rate("rate")
    risk = next((row for row in offer.risks if contract and row["id"] == contract["risk_id"]), None)
    if contract and risk and count:
        size = f"{count * contract['contract_multiplier']:,.3f}".rstrip("0").rstrip(".")
        reader.echoes["contract_count"] = (
            f"{count} × {contract['contract_multiplier'].normalize():f} = {size} {risk['base_unit_id']}"
        )
        reader.echoes["contract"] = f"{contract['name']}, last day {contract['last_trade_date']}"
    return {"risk": risk, "contract": contract, "contract_count": count, "rate": price}


def _offset(reader: Reader, offer: Offer) -> dict[str, Any]:
    item = reader.row("exposure", offer.exposures, "reference", "the reference of an open item of the entity")
    risk = next((row for row in offer.risks if item and row["id"] == item["risk_id"]), None)
    if item:
        reader.echoes["exposure"] = f"{item['amount']:,f} {item['unit']}, due {item['expected_date']}"
    return {"risk": risk, "exposure": item}


def _say_counter(reader: Reader, deal: Deal, legs: list[build.Leg]) -> None:
    """The counter amount that was worked out stands beside its field."""
    if deal.kind not in EXCHANGES or deal.kind == COLLAR:
        return
    version = legs[0][1]
    of_base = deal.currency != deal.risk["base_unit_id"]
    worked = version.notional_amount if of_base else version.counter_amount
    for name, amount in (("counter_amount", worked), ("near_counter_amount", version.near_counter_amount)):
        if amount is not None:
            reader.echoes[name] = f"{abs(round_amount(amount, deal.against)):,f} {deal.against}"

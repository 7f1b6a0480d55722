"""From a document as read to the book's own things: counterparty, risk, and the instrument that it would become."""

import hashlib
from dataclasses import dataclass
from typing import Any

from hedges.domain.documents import fpml_read, mt300
from hedges.domain.documents.book_terms import to_version
from hedges.domain.documents.problems import Problems
from hedges.domain.documents.trade import Reading, Trade
from hedges.enums import InstrumentKind
from hedges.models import Instrument, InstrumentVersion
from hedges.queries import documents
from treasury.models import Counterparty, Entity


@dataclass(frozen=True, slots=True)
class Resolved:
    """`instrument` and `version` are unsaved."""

    reading: Reading
    counterparty: Counterparty
    instrument: Instrument
    version: InstrumentVersion


def read(content: bytes, ours: frozenset[str]) -> Reading:
    """XML is FpML, anything else an MT300. Raises DocumentRefused."""
    is_xml = content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    return (fpml_read if is_xml else mt300).read(content, ours)


def resolved(*, entity: Entity, content: bytes, our_party: str, counterparty_code: str) -> Resolved:
    """Raises DocumentRefused with everything that the document or the book lacks."""
    ours = frozenset(name for name in (entity.lei, our_party.strip()) if name)
    reading = read(content, ours)
    problems = Problems()
    bank = _bank(reading, counterparty_code, problems)
    risk = _risk(reading.trade, entity, problems)
    if reading.trade.value_date < reading.trade.trade_date:
        problems.add("trade", "dates", f"a value date from the trade date {reading.trade.trade_date} on")
    if reading.trade.fixing_date and reading.trade.fixing_date > reading.trade.value_date:
        problems.add("trade", "dates", f"a fixing up to the value date {reading.trade.value_date}")
    problems.raise_any()
    assert bank is not None and risk is not None
    version = to_version(reading.trade, risk=risk, counterparty_id=bank.pk, problems=problems)
    problems.raise_any()
    version.entity_id = entity.pk
    instrument = Instrument(
        entity_id=entity.pk, kind=reading.trade.kind, source_system=reading.format,
        external_reference=reference(reading, bank, content),
    )  # fmt: skip
    return Resolved(reading, bank, instrument, version)


def reference(reading: Reading, bank: Counterparty, content: bytes) -> str:
    """Our number in the document; else the bank's with the bank's code, as two banks may number alike."""
    if reading.us.reference:
        return reading.us.reference
    return f"{bank.code}/{reading.them.reference or hashlib.sha256(content).hexdigest()[:16]}"[:60]


def _bank(reading: Reading, code: str, problems: Problems) -> Counterparty | None:
    known = documents.counterparties_named(reading.them.names)
    if code:
        named = documents.counterparty(code)
        if named is None:
            problems.add("counterparty", "unknown", "the code of a counterparty", code)
        elif known and named not in known:
            problems.add(
                "counterparty", "parties_differ", f"{known[0].code}, whose LEI the document has", code
            )
        return named
    if len(known) != 1:
        got = ", ".join(reading.them.names) or reading.them.key
        problems.add(
            "counterparty",
            "unknown",
            "the LEI of a counterparty of the book, or `counterparty` with its code",
            got,
        )
        return None
    return known[0]


def _risk(trade: Trade, entity: Entity, problems: Problems) -> dict[str, Any] | None:
    found = documents.risks_of(trade.currencies)
    if trade.kind == InstrumentKind.INTEREST_RATE_SWAP:
        fits = [row for row in found if row["market_symbol"] == trade.index]
        if not fits:
            problems.add(
                "trade", "no_risk", f"a rate index that the book has in {trade.base_currency}", trade.index
            )
    else:
        if trade.resets_notional:
            found = [row for row in found if row["base_unit_id"] == trade.base_currency]
        # As the entity runs the pair: quoted in its functional currency, else the first by its code.
        fits = sorted(found, key=lambda row: row["quote_currency_id"] != entity.functional_currency_id)
        if not fits:
            problems.add(
                "trade", "no_risk", "a currency pair that the book has as a risk", "".join(trade.currencies)
            )
    return fits[0] if fits else None

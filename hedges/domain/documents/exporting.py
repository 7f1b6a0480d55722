"""Trades of the book as files: one as FpML 5 or MT300, the live book as an ORE portfolio. The same trades, the same
bytes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hedges.domain.documents import mt300_write, ore
from hedges.domain.documents.book_terms import from_version
from hedges.domain.documents.fpml_write import Named, write
from hedges.enums import InstrumentKind
from hedges.models import InstrumentVersion
from treasury.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Exported:
    file: File
    trade_count: int
    left_out: tuple[ore.LeftOut, ...]


def as_fpml(version: InstrumentVersion) -> File:
    """`version` with instrument, risk, counterparty and entity. Raises Refusal for what is no FpML product here."""
    trade = from_version(version)
    us, them = _parties(version)
    try:
        content = write(trade, us=us, them=them, reference=version.instrument.external_reference)
    except ValueError as error:
        raise Refusal(f"{version.instrument.external_reference} is not written as FpML: {error}.") from None
    return File(f"{_stem(version)}.xml", content)


def as_mt300(version: InstrumentVersion) -> File:
    """Likewise. Raises Refusal for what an MT300 has no fields for, or not enough digits."""
    instrument = version.instrument
    if version.kind not in mt300_write.KINDS:
        kind = InstrumentKind(version.kind).label
        raise Refusal(
            f"{instrument.external_reference} is not written as MT300: a {kind} is none, a forward or a non-deliverable"
            " forward is. Take its FpML."
        )
    trade = from_version(version)
    us, them = _parties(version)
    try:
        content = mt300_write.write(
            trade, us=us, them=them, reference=instrument.external_reference, number=instrument.pk
        )
    except ValueError as error:
        reference = instrument.external_reference
        raise Refusal(f"{reference} is not written as MT300: {error}. Take its FpML.") from None
    return File(f"{_stem(version)}.txt", content)


def _parties(version: InstrumentVersion) -> tuple[Named, Named]:
    assert version.counterparty is not None
    return (
        Named(version.entity.lei, version.entity.name),
        Named(version.counterparty.lei, version.counterparty.name),
    )


def _stem(version: InstrumentVersion) -> str:
    return f"instrument-{version.instrument_id}-v{version.version_number}"


def as_ore(versions: Iterable[InstrumentVersion], as_of_date: date) -> Exported:
    found = ore.portfolio(versions)
    return Exported(File(f"portfolio-{as_of_date}.xml", found.content), found.trade_count, found.left_out)

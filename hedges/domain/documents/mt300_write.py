"""Trades out as SWIFT MT300: the text block of a new confirmation, party A (:82J:) is us.

:32B: is what we buy, :33B: what we sell, :36: the rate as dealt; a non-deliverable forward has :17F:Y, :32E: and :30U:.
The header and :22C: are named by BICs, which the book does not keep: whoever sends the message adds them. Parties stand
by LEI. Reference: SWIFT user handbook, category 3, MT300; sequences A and B.
"""

import re
import unicodedata
from decimal import Decimal

from hedges.domain.documents import mt300
from hedges.domain.documents.fpml_write import Named
from hedges.domain.documents.problems import DocumentRefused
from hedges.domain.documents.trade import Trade
from hedges.enums import InstrumentKind
from treasury.kernel.money import plain

KINDS = frozenset({InstrumentKind.FORWARD.value, InstrumentKind.NON_DELIVERABLE_FORWARD.value})
#: What the fields hold, the decimal comma counted: 15d, 12d, 16x, 34x.
_AMOUNT, _RATE, _REFERENCE, _NAME = 15, 12, 16, 34
_NOT_PRINTED = re.compile(r"[^A-Za-z0-9?:().,'+\- ]")


def write(trade: Trade, *, us: Named, them: Named, reference: str, number: int) -> bytes:
    """The message; `number` stands for a reference that has no place in :20:. Raises ValueError for a trade that the
    message cannot say exactly."""
    amounts = [(trade.base_currency, trade.base_amount), (trade.quote_currency, trade.quote_amount)]
    (bought, got), (sold, given) = sorted(amounts, key=lambda one: one[1] or 0, reverse=True)
    fields = [
        ("15A", ""), ("20", _reference(reference, number)), ("22A", "NEWT"), ("94A", "BILA"),
        ("82J", _party(us)), ("87J", _party(them)), *_not_delivered(trade), ("15B", ""),
        ("30T", _day(trade.trade_date)), ("30V", _day(trade.value_date)), ("36", _number(trade.rate, _RATE, "rate")),
        ("32B", f"{bought}{_number(got, _AMOUNT, 'amount')}"), ("33B", f"{sold}{_number(given, _AMOUNT, 'amount')}"),
    ]  # fmt: skip
    lines = "\r\n".join(f":{tag}:{value}" for tag, value in fields)
    content = f"{{4:\r\n{lines}\r\n-}}".encode("ascii")
    _same(content, trade, us)
    return content


def _not_delivered(trade: Trade) -> list[tuple[str, str]]:
    if trade.kind != InstrumentKind.NON_DELIVERABLE_FORWARD:
        return []
    currency = str(trade.settlement_currency)
    return [("17F", "Y"), ("17O", "Y"), ("32E", currency), ("30U", _day(trade.fixing_date))]


def _same(content: bytes, trade: Trade, us: Named) -> None:
    """Field 36 does not say which way it is quoted: what is read back has to be the trade."""
    try:
        found = mt300.read(content, frozenset({us.lei})).trade
    except DocumentRefused as refused:
        raise ValueError(str(refused)) from None
    if found != trade:
        raise ValueError("its rate is near 1, and :36: does not say which way round it is quoted")


def _reference(text: str, number: int) -> str:
    is_told = not _NOT_PRINTED.search(text.replace("/", "")) and text == text.strip("/ ") and "//" not in text
    return text if is_told and 0 < len(text) <= _REFERENCE else f"I{number}"


def _party(named: Named) -> str:
    """Option J: no BIC, the name as far as it goes, the LEI."""
    plain_name = unicodedata.normalize("NFKD", named.name).encode("ascii", "ignore").decode()
    name = " ".join(_NOT_PRINTED.sub(" ", plain_name).split())[:_NAME]
    return "\r\n".join(["/ABIC/UKWN", *([f"/NAME/{name}"] if name else []), f"/LEIC/{named.lei}"])


def _number(value: Decimal | None, most: int, name: str) -> str:
    assert value is not None
    whole, _, decimals = plain(abs(value)).partition(".")
    found = f"{whole},{decimals}"
    if len(found) > most:
        raise ValueError(f"its {name} {plain(abs(value))} has more digits than the field holds ({most - 1})")
    return found


def _day(value: object) -> str:
    return f"{value:%Y%m%d}"

"""SWIFT MT300 in: a foreign exchange confirmation, delivered or not.

Party A (:82A:) buys :32B: and sells :33B: at :36: on :30V:. The field does not say which way the rate is quoted: it is
the way that the amounts agree with. A decimal comma, dates as YYYYMMDD. Reference: SWIFT user handbook, category 3,
MT300; sequences A and B. Amendments, cancellations, block trades and split settlements are refused.
"""

import re
from datetime import date
from decimal import Decimal

from hedges.domain.documents import node
from hedges.domain.documents.fpml_fx import TOLERANCE
from hedges.domain.documents.problems import Problems
from hedges.domain.documents.sides import told_apart
from hedges.domain.documents.trade import Reading, Side, Trade
from hedges.domain.documents.xml_in import document_text
from hedges.domain.ticket.pairs import market_pair
from hedges.enums import InstrumentKind

FORMAT = "MT300"
_TYPE = re.compile(r"\{2:[IO]([0-9]{3})")
_BODY = re.compile(r"\{4:\s*\n(.*?)\n-\}", re.DOTALL)
_FIELD = re.compile(r":([0-9]{2}[A-Z]?):(.*)")
_MONEY = re.compile(r"([A-Z]{3})([0-9]{1,15},[0-9]{0,4})", re.ASCII)
_RATE = re.compile(r"[0-9]{1,11},[0-9]{0,11}", re.ASCII)
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII)
#: Read here, at most once each.
_TERMS = {
    "15A", "15B", "20", "22A", "94A", "17T", "17U", "17F", "17O", "22C", "32E", "30U", "30T", "30V", "36", "32B", "33B",
}  # fmt: skip
_PARTIES = {"82": "A", "87": "B"}
#: Who pays whom through whom, papers and numbers: no terms of the trade.
_NO_TERMS_LINES = """
14C 14E 14S 15C 15E 17A 17I 17P 17V 17W 21 21G 22D 22M 22N 22P 22R 22S 22U 24D 26H 29A 34C 35B 39M 53A 53D 53J
56A 56D 56J 57A 57D 57J 58A 58D 58J 71F 72 77A 77H 81A 81D 81J 83A 83D 83J 84A 84B 84D 84J 85A 85B 85D 85J 86A
86D 86J 88A 88B 88D 88J 89A 89B 89D 89J 91A 91D 91J 96A 96D 96J 98D 98G
"""
_NO_TERMS = frozenset(_NO_TERMS_LINES.split())


def read(content: bytes, ours: frozenset[str]) -> Reading:
    """Raises DocumentRefused with everything that is wrong with the message."""
    problems = Problems()
    fields, parties = _fields(_body(document_text(content, problems), problems), problems)
    for tag in ("20", "22A", "30T", "30V", "36", "32B", "33B"):
        if tag not in fields:
            problems.add(f":{tag}:", "missing", "this field")
    _supported(fields, problems)
    sides = [Side(key, names, "") for key, names in sorted(parties.items())]
    problems.raise_any()
    us, them = told_apart(sides, ours, ":82A:", problems)
    trade = _trade(fields, us.key, problems)
    problems.raise_any()
    # The sender's number, and the message is party A's.
    numbers = {"A": fields["20"][:60]}
    us, them = (Side(side.key, side.names, numbers.get(side.key, "")) for side in (us, them))
    return Reading(FORMAT, trade, us, them)


def _body(text: str, problems: Problems) -> str:
    """The text block; a message may come without the others around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(ord(character) < 32 and character != "\n" for character in text) or not text.isascii():
        raise problems.refuse("document", "encoding", "the characters of a SWIFT message")
    kind = _TYPE.search(text)
    if kind and kind[1] != "300":
        raise problems.refuse("{2:", "unsupported_message", "300", kind[1])
    blocks = _BODY.findall(text)
    if len(blocks) > 1:
        raise problems.refuse("{4:", "one_trade", "one message", len(blocks))
    if blocks:
        return str(blocks[0])
    if "{" in text or not text.strip().startswith(":"):
        raise problems.refuse("{4:", "not_mt300", "the text block of an MT300, {4: to -}")
    return text.strip().removesuffix("\n-")


def _fields(body: str, problems: Problems) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    fields: dict[str, str] = {}
    lines: list[tuple[str, list[str]]] = []
    for line in body.split("\n"):
        found = _FIELD.fullmatch(line)
        if found:
            lines.append((found[1], [found[2].strip()]))
        elif lines and line.strip() and not line.startswith(":"):
            lines[-1][1].append(line.strip())
        elif line.strip():
            problems.add("{4:", "not_a_field", "lines such as :30V:20261030", line)
    parties: dict[str, tuple[str, ...]] = {}
    for tag, values in lines:
        key = _PARTIES.get(tag[:2]) if tag[2:] in ("A", "D", "J") else None
        if key:
            if key in parties:
                problems.add(f":{tag}:", "given_twice", "this party once")
            parties[key] = _names(tag, values)
        elif tag in _TERMS:
            if tag in fields:
                problems.add(f":{tag}:", "given_twice", "this field once")
            fields[tag] = "".join(values)
        elif tag not in _NO_TERMS:
            problems.add(
                f":{tag}:", "unsupported", "nothing here: the book has no place for this term", values[0]
            )
    return fields, parties


def _names(tag: str, values: list[str]) -> tuple[str, ...]:
    """A BIC, with and without its branch; of `J` its parts such as /LEIC/; of `D` the name."""
    if tag.endswith("J"):
        return tuple(part for part in "".join(values).split("/") if len(part) > 4)
    named = [value for value in values if not value.startswith("/")]
    if tag.endswith("A") and named:
        return (named[0], named[0][:8])
    return tuple(named[:1])


def _supported(fields: dict[str, str], problems: Problems) -> None:
    for tag, allowed in (
        ("22A", ("NEWT", "DUPL")), ("94A", ("", "BILA")), ("17T", ("", "N")), ("17U", ("", "N")),
        ("17F", ("", "N", "Y")), ("17O", ("", "Y")),
    ):  # fmt: skip
        if fields.get(tag, "" if tag != "22A" else "NEWT") not in allowed:
            problems.add(
                f":{tag}:", "unsupported", " or ".join(word for word in allowed if word), fields[tag]
            )
    if fields.get("17F") == "Y":
        for tag in ("32E", "30U"):
            if tag not in fields:
                problems.add(f":{tag}:", "missing", "this field of a non-deliverable forward")
    elif {"32E", "30U", "17O"} & set(fields):
        problems.add(":17F:", "missing", "Y, as a settlement currency or valuation date is given")


def _trade(fields: dict[str, str], us: str, problems: Problems) -> Trade:
    bought, sold = (_money(fields, tag, problems) for tag in ("32B", "33B"))
    rate = _rate(fields["36"], problems)
    days = {tag: _day(fields, tag, problems) for tag in ("30T", "30V", "30U")}
    problems.raise_any()
    assert bought and sold and rate and days["30T"] and days["30V"]
    if bought[0] == sold[0]:
        raise problems.refuse(":33B:", "pair", "another currency than :32B:", sold[0])
    sign = 1 if us == "A" else -1
    base, quote = _quoted((bought[0], sign * bought[1]), (sold[0], -sign * sold[1]), rate, problems)
    not_delivered = fields.get("17F") == "Y"
    currency = fields["32E"].strip() if not_delivered else None
    if currency is not None and currency not in (base[0], quote[0]):
        problems.add(":32E:", "pair", f"{base[0]} or {quote[0]}", currency)
    if not_delivered and days["30U"] is None:
        problems.add(":30U:", "missing", "the valuation date")
    kind = InstrumentKind.NON_DELIVERABLE_FORWARD if not_delivered else InstrumentKind.FORWARD
    return Trade(
        kind=kind.value, trade_date=days["30T"], value_date=days["30V"], base_currency=base[0], base_amount=base[1],
        quote_currency=quote[0], quote_amount=quote[1], rate=rate, settlement_currency=currency,
        fixing_date=days["30U"] if not_delivered else None,
    )  # fmt: skip


Amount = tuple[str, Decimal]


def _quoted(first: Amount, second: Amount, rate: Decimal, problems: Problems) -> tuple[Amount, Amount]:
    """Base and quote: the way round in which the rate is that of the amounts; near 1 both fit, then the market's."""
    fits = [
        (base, quote)
        for base, quote in ((first, second), (second, first))
        if abs(abs(base[1]) * rate - abs(quote[1])) <= abs(quote[1]) * TOLERANCE
    ]
    if not fits:
        found = f"{abs(second[1] / first[1]):.6f} or {abs(first[1] / second[1]):.6f}"
        raise problems.refuse(":36:", "rate", f"about {found}, which is the amounts'", str(rate))
    market = market_pair(first[0], second[0])
    return next((one for one in fits if one[0][0] == market.base), fits[0])


def _money(fields: dict[str, str], tag: str, problems: Problems) -> Amount | None:
    found = _MONEY.fullmatch(fields[tag])
    if not found or not node.is_currency(found[1]):
        problems.add(f":{tag}:", "not_a_number", "a currency and an amount such as EUR1000000,", fields[tag])
        return None
    amount = node.amount(_plain(found[2]), found[1], f":{tag}:", problems)
    return None if amount is None else (found[1], amount)


def _rate(text: str, problems: Problems) -> Decimal | None:
    if not _RATE.fullmatch(text):
        problems.add(":36:", "not_a_number", "a rate such as 1,0842", text)
        return None
    found = node.rate(_plain(text), ":36:", problems)
    if found == 0:
        problems.add(":36:", "rate", "a rate above zero", text)
    return found


def _plain(text: str) -> str:
    return text.replace(",", ".").removesuffix(".")


def _day(fields: dict[str, str], tag: str, problems: Problems) -> date | None:
    if tag not in fields:
        return None
    found = _DAY.fullmatch(fields[tag])
    if not found:
        problems.add(f":{tag}:", "not_a_date", "a date such as 20261030", fields[tag])
        return None
    return node.day("-".join(found.groups()), f":{tag}:", problems)

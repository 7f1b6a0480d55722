"""FpML 5 confirmations in: envelope, parties and header here, each product in a file of its own.

Taken: `requestConfirmation` and `dataDocument` of the confirmation view with one trade between two parties. Corrections
are amendments, which a person records in the book. Reference: FpML 5 specification, confirmation view.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from hedges.domain.documents.fpml_fx import fx_single_leg, fx_swap
from hedges.domain.documents.fpml_option import fx_option
from hedges.domain.documents.fpml_swap import swap
from hedges.domain.documents.node import Node
from hedges.domain.documents.problems import Problems
from hedges.domain.documents.sides import told_apart
from hedges.domain.documents.trade import Reading, Side, Trade
from hedges.domain.documents.xml_in import parsed

FORMAT = "FPML"
NAMESPACE = "http://www.fpml.org/FpML-5/confirmation"
ROOTS = ("requestConfirmation", "dataDocument")
_PRODUCTS: dict[str, Callable[[Node, str, str, date], Trade]] = {
    "fxSingleLeg": fx_single_leg, "fxSwap": fx_swap, "fxOption": fx_option, "swap": swap,
}  # fmt: skip
#: Who helps with the trade and under which papers it stands: no terms of it.
_AROUND_PRODUCT = ("productType", "productId", "primaryAssetClass", "secondaryAssetClass", "assetClass")
_AROUND_TRADE = (
    "tradeHeader", "documentation", "governingLaw", "brokerPartyReference", "calculationAgent",
    "calculationAgentBusinessCenter", "determiningParty", "barrierDeterminationAgent", "hedgingParty",
)  # fmt: skip


def read(content: bytes, ours: frozenset[str]) -> Reading:
    """Raises DocumentRefused with everything that is wrong with the document."""
    problems = Problems()
    element = parsed(content, NAMESPACE, problems)
    name = element.tag.rpartition("}")[2]
    if name not in ROOTS:
        raise problems.refuse(name[:60], "unsupported_message", " or ".join(ROOTS))
    if not element.get("fpmlVersion", "").startswith("5-"):
        problems.add(name, "version", "fpmlVersion 5", element.get("fpmlVersion", ""))
    root = Node(element, name, problems)
    root.path = ""
    root.ignore("header", "correlationId", "sequenceNumber", "parentCorrelationId", "account", "onBehalfOf")
    if root.text("isCorrection", required=False) not in ("", "false"):
        problems.add("isCorrection", "unsupported", "false: a correction is an amendment in the book", "true")
    trades = root.many("trade")
    if len(trades) != 1:
        raise problems.refuse("trade", "one_trade", "one trade in a document", len(trades))
    trade = trades[0]
    trade.path = "trade"
    header = trade.one("tradeHeader")
    us, them = told_apart(_sides(root, header), ours, "party", problems)
    trade_date = _header(header, problems)
    product = _product(trade, problems)
    found = _PRODUCTS[_name(product)](product, us.key, them.key, trade_date or date.max)
    root.finish()
    return Reading(FORMAT, found, us, them)


def _sides(root: Node, header: Node) -> list[Side]:
    references: dict[str, str] = {}
    for identifier in header.many("partyTradeIdentifier"):
        identifier.ignore("linkId", "productId", "allocationTradeId", "blockTradeId")
        if "partyReference" not in identifier.names:  # an issuer's number is nobody's reference
            identifier.ignore("issuer", "tradeId")
            continue
        numbers = identifier.many("tradeId")
        for versioned in identifier.many("versionedTradeId"):
            versioned.ignore("version", "effectiveDate")
            numbers += versioned.many("tradeId")
        reference = next((number.value() for number in numbers), "")
        references.setdefault(identifier.target("partyReference"), reference[:60])
    sides = []
    for party in root.many("party"):
        party.ignore("classification", "contactInfo", "businessUnit", "person", "country", "jurisdiction")
        party.ignore("region", "organizationType", "creditRating")
        names = [node.value() for name in ("partyId", "partyName") for node in party.many(name)]
        key = party.element.get("id", "")
        sides.append(Side(key, tuple(name for name in names if name), references.get(key, "")))
    return sides


def _header(header: Node, problems: Problems) -> date | None:
    header.ignore("partyTradeInformation", "productSummary", "partyTradeIdentifier")
    return header.day("tradeDate")


def _product(trade: Node, problems: Problems) -> Node:
    trade.ignore(*_AROUND_TRADE)
    found = [name for name in trade.names if name in _PRODUCTS]
    others = [name for name in trade.names if name not in _PRODUCTS and name not in _AROUND_TRADE]
    if len(found) != 1 or others:
        got: Any = ", ".join([*found, *others]) or "none"
        raise problems.refuse("trade", "unsupported_product", "one of " + ", ".join(_PRODUCTS), got)
    product = trade.one(found[0])
    product.ignore(*_AROUND_PRODUCT)
    return product


def _name(node: Node) -> str:
    return node.element.tag.rpartition("}")[2]

"""What treasury wants to trade on the last day: a proposal, the ticket of one of its lines, and a ticket just begun."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from uuid import NAMESPACE_URL, uuid5

from treasury.demo.company.book import exposures

BEGUN_FOR = "SE-TRY-2027-06"


@dataclass(frozen=True)
class ProposalSpec:
    """Every bucket below its band is brought to its target, in whole steps. `key`: a UUID, sent once."""

    key: str
    entity: str
    risk: str
    kind: str = "FORWARD"
    step: Decimal = Decimal(50_000)
    minimum: Decimal = Decimal(100_000)


@dataclass(frozen=True)
class TicketSpec:
    """`key`: a UUID, by which a form is sent once; `told`: the fields as they are typed."""

    key: str
    title: str
    told: dict[str, str]


@cache
def proposal() -> ProposalSpec:
    """The Singapore dollar is hardly hedged."""
    return ProposalSpec(_key("proposal"), "ALD-UK", "SGDGBP")


@cache
def sent_ticket() -> TicketSpec:
    """What is typed into the ticket of the proposal's last line: the bank; the rate is the market's of the day."""
    told = {"counterparty": "NLB", "reason": "Asked two banks; this one was better."}
    return TicketSpec(_key("ticket/sent"), "", told)


@cache
def begun_ticket() -> TicketSpec:
    """The next hedge of the lira: no bank has been asked yet."""
    settles = exposures()[BEGUN_FOR].last["expected_date"].isoformat()
    told = {
        "kind": "FORWARD", "entity": "ALD-SE", "side": "SELL", "currency": "TRY", "amount": "30m", "against": "EUR",
        "value_date": settles,
    }  # fmt: skip
    return TicketSpec(_key("ticket/begun"), f"Forward: sell TRY 30m against EUR, {settles}", told)


def _key(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"aldermoor/{name}"))

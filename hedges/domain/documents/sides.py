"""Which party of a document is us. It is never guessed: one of them has to be named like us, and only one."""

from collections.abc import Sequence

from hedges.domain.documents.problems import Problems
from hedges.domain.documents.trade import Side


def told_apart(
    parties: Sequence[Side], ours: frozenset[str], path: str, problems: Problems
) -> tuple[Side, Side]:
    """Us and them. `ours`: our LEI, and what the sender of the document says that we are called in it."""
    if len(parties) != 2:
        raise problems.refuse(path, "two_parties", "two parties", len(parties))
    is_us = [party.key in ours or bool(ours.intersection(party.names)) for party in parties]
    if all(is_us):
        raise problems.refuse(path, "party_is_us", "one party that is the entity, not both")
    if not any(is_us):
        named = ", ".join(name for party in parties for name in (party.key, *party.names))
        raise problems.refuse(
            path,
            "party_is_us",
            "a party with the LEI of the entity, or `our_party` naming one of them",
            named,
        )
    first, second = parties
    return (first, second) if is_us[0] else (second, first)

"""Credit triggers: a default, a rating below the rule pack's limit, collateral that was called and did not come.

A trigger fails the credit criterion whatever the number says, because a hedge whose counterparty does not pay offsets
nothing. Facts are those of the counterparties of bilateral instruments on the date of the test, as known; what a
counterparty has no fact of, triggers nothing. Reference: rules section 4; IFRS 9 B6.4.7-8.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from hedges.domain.levels import Used
from hedges.domain.sealed import Shard
from hedges.queries.relationship_columns import FRAMEWORKS
from treasury.enums import CreditFactKind, CreditState
from treasury.kernel.ratings import notch
from treasury.quant.codes import Reason
from treasury.quant.numbers import Mask
from treasury.queries import credit_facts
from treasury.queries.copy import Columns

Facts = dict[str, tuple[str, date]]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger that is hit: the fact, since when, and what it is held against."""

    counterparty: str
    reason: Reason
    value: str
    since: date
    limit: str

    def as_json(self) -> dict[str, str]:
        return {
            "counterparty": self.counterparty,
            "reason": str(self.reason.name).lower(),
            "value": self.value,
            "since": self.since.isoformat(),
            "limit": self.limit,
        }


def triggers(shard: Shard, found: Columns, used: Used) -> list[list[Trigger]]:
    """Of each relationship what is hit, by counterparty; one query."""
    standing = credit_facts.standing(shard.sealed.as_of_date, shard.sealed.known_at)
    hit: list[list[Trigger]] = [[] for _ in range(found["relationship_id"].size)]
    if not standing:
        return hit
    concerned = used.terms.is_bilateral & np.isin(used.rows["counterparty_id"], list(standing))
    pairs = sorted(
        set(
            zip(
                used.relationship[concerned].tolist(),
                used.rows["counterparty_id"][concerned].tolist(),
                strict=True,
            )
        )
    )
    for place, party in pairs:
        pack = shard.sealed.pack_of(FRAMEWORKS[int(found["framework"][place])])
        code = shard.sealed.reference.counterparties.get(party, "")
        hit[place] += _hit(code, standing[party], pack["credit_rating_minimum"])
    return hit


def mask(hit: list[list[Trigger]]) -> Mask:
    """The reasons of each relationship's triggers as bits; 0 where none is hit."""
    found = np.zeros(len(hit), dtype=np.int64)
    for place, own in enumerate(hit):
        for one in own:
            found[place] |= int(one.reason)
    return found


def _hit(code: str, facts: Facts, minimum: str) -> list[Trigger]:
    found = []
    rating, since = facts.get(CreditFactKind.RATING, ("", date.min))
    if rating and notch(rating) > notch(minimum):
        found.append(Trigger(code, Reason.RATING_BELOW_LIMIT, rating, since, minimum))
    for kind, bad, reason in (
        (CreditFactKind.DEFAULT, CreditState.DEFAULTED, Reason.COUNTERPARTY_DEFAULTED),
        (CreditFactKind.COLLATERAL, CreditState.NOT_POSTED, Reason.COLLATERAL_NOT_POSTED),
    ):
        state, since = facts.get(kind, ("", date.min))
        if state == bad:
            found.append(Trigger(code, reason, state, since, ""))
    return found

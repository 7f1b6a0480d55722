"""Schemathesis walks the API as every role and as a machine: no fault, nothing beside the contract, no stranger let in.

HEDGEBOOK_SCHEMATHESIS_EXAMPLES says how many examples there are at least, over all callers together, and
HEDGEBOOK_SCHEMATHESIS_SEED draws others. Each caller sends requests of its own to every operation and goes along random
paths from answer to request; the systematic requests (limits of each field, what is missing, what is of another type,
methods that are not there) are shared out among them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.api_contract.known import walked_book
from tests.api_contract.right import Walk
from tests.api_contract.walk import STEPS, Caller, Found, walked
from tests.factories import api, book
from treasury.api import rate_limits
from treasury.api.documentation import contract
from treasury.enums import Role

AT_LEAST = int(os.environ.get("HEDGEBOOK_SCHEMATHESIS_EXAMPLES", "3000"))
#: From so many examples on, every operation is tried systematically as well, from six times as many on by everybody.
SYSTEMATIC = 60_000
MACHINE = "machine"


def callers(whole: Walk, known: dict[str, list[Any]]) -> Iterator[Caller]:
    """A person of each role, and a service account that records and accounts."""
    people = {role: book.user(role) for role in Role.values}
    roles = {name: name for name in Role.values} | {MACHINE: Role.TREASURER.value}
    people[MACHINE] = book.user(Role.TREASURER, is_service=True, password="!")
    for place, (name, person) in enumerate(people.items()):
        walk = replace(whole, person=person, caller=api.by_token(user=person), role=roles[name])
        yield Caller(name, api.token_of(person), place, known, walk)


#: A measure's own calculator: one address that is written down for each, so that the callers share them.
OF_A_MEASURE = "measures_calculate_"


def operations(caller: Caller | None = None, of: int = 1) -> list[str]:
    """The first of each kind first: by method, parameters and answers. A part of them has something of everything.
    Of the calculators a caller has its share, of all else everything."""
    kinds: dict[Any, int] = {}
    ranked = []
    for methods in contract()["paths"].values():
        for method, one in methods.items():
            parameters = frozenset(parameter["name"] for parameter in one.get("parameters", ()))
            kind = (
                method,
                parameters,
                frozenset(one["responses"]),
                tuple(one.get("requestBody", {}).get("content", ())),
            )
            kinds[kind] = kinds.get(kind, 0) + 1
            ranked.append((kinds[kind], one["operationId"]))
    names = [name for _, name in sorted(ranked, key=lambda one: one[0])]
    if caller is None:
        return names
    shared = [name for name in names if name.startswith(OF_A_MEASURE)][caller.place :: of]
    return [name for name in names if not name.startswith(OF_A_MEASURE) or name in shared]


def walk_of(caller: Caller, of: int) -> Found:
    """One caller's part: each operation at least once, of every third one more; the other phases by their share."""
    names, share, place = operations(caller, of), AT_LEAST / of, caller.place
    each = max(1, int(share / 2 / len(names)))
    more = names[place % 3 :: 3]
    rest = [name for name in names if name not in set(more)]
    # One caller's slice of the operations until they are all shared out, then that of one more for each.
    rounds = min(of, max(1, int(AT_LEAST / SYSTEMATIC)))
    width = min(1.0, AT_LEAST / SYSTEMATIC)
    chosen = names[: int(len(names) * max(0.1, width))]
    systematic = [name for number, name in enumerate(chosen) if (number + place) % of < rounds]
    return (
        walked(caller, phases=["fuzzing"], each=each + 1, only=more)
        + walked(caller, phases=["fuzzing"], each=each, only=rest)
        + walked(caller, phases=["stateful"], each=max(4, int(share / 4 / STEPS)), only=names)
        + walked(caller, phases=["examples", "coverage"], each=1, only=systematic)
    )


def test_no_request_of_anyone_gets_an_answer_beside_the_contract(
    committed_db: Any, queue: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Who walks asks again and again with tokens that are none: that each is refused is what is looked at.
    for most in ("WRONG_TOKENS", "WRONG_SECRETS"):
        monkeypatch.setattr(rate_limits, most, 10**9)
    known = list(callers(*walked_book(settings)))
    total, count = Found(), len(operations())
    print(
        f"\n{'caller':17} {'operations':>10} {'said yes':>8} {'examples':>8} {'probes':>6} {'time':>6} {'work':>6}"
    )
    for caller in known:
        began = time.perf_counter(), time.process_time()
        found = walk_of(caller, len(known))
        took = time.perf_counter() - began[0], time.process_time() - began[1]
        print(
            f"{caller.name:17} {len(found.operations):10} {len(found.done):8} {found.examples:8} {found.probes:6}"
            f" {took[0]:6.0f} {took[1]:6.0f}  {dict(found.sent)} {dict(sorted(found.statuses.items()))}"
        )
        for what, detail in found.wrong.items():
            print(what, detail, sep="\n")
        total += found
        mine = len(operations(caller, len(known)))
        assert len(found.operations) == mine, "every caller walks every operation of theirs"
    assert len(total.operations) == count
    print(f"{'all':17} {len(total.operations):10} {len(total.done):8} {total.examples:8} {total.probes:6}")
    print(f"{len(total.operations - total.done)} were told yes by nobody")
    print("Nobody was told yes:", ", ".join(sorted(total.operations - total.done)))
    assert total.wrong == {}, "\n\n".join(f"{what}\n{detail}" for what, detail in total.wrong.items())
    assert total.examples >= AT_LEAST

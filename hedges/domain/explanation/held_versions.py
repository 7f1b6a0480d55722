"""Whose terms were added up: the versions of the listed exposures and hedges, with who approved them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hedges.domain.explanation.case import Case
from hedges.domain.explanation.held import Held, chosen, largest
from hedges.domain.explanation.origins import of_version
from hedges.domain.explanation.parts import BOOK, Given, Source
from hedges.queries import explained_rows
from treasury.quant.numbers import Bool
from treasury.queries.rows import Row


def exposures_given(case: Case, found: Held, which: Bool | None = None) -> Given:
    """How many exposures there are, and the versions of the largest, which are listed."""
    rows = found.exposures if which is None else chosen(found.exposures, which)
    ids = largest(rows["amount"], rows["exposure_id"])
    known = explained_rows.exposure_versions(ids, case.day, case.sealed.known_at)
    return _given("exposure", int(rows["amount"].size), [known[one] for one in ids if one in known])


def hedges_given(found: Held, which: Bool | None = None) -> Given:
    """How many hedges there are, and the versions of the largest, which are listed."""
    rows = found.hedges if which is None else chosen(found.hedges, which)
    ids = largest(rows["notional"], rows["version_id"])
    known = explained_rows.instrument_versions(ids)
    return _given("instrument", int(rows["notional"].size), [known[one] for one in ids if one in known])


def refers_to(given: Iterable[Given]) -> dict[str, Any]:
    """The ids of several of these as one."""
    found: dict[str, Any] = {}
    for one in given:
        found |= one.source.refers_to
    return found


def _given(thing: str, count: int, versions: list[Row]) -> Given:
    words = "; ".join(of_version(thing, row).text for row in versions) or "none"
    if count > len(versions):
        words += f"; and {count - len(versions)} more, smaller ones"
    ids = [row["id"] for row in versions]
    return Given(f"{thing}s", count, Source(BOOK, words, {f"{thing}_version_ids": ids}))

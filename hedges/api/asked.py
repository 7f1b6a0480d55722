"""From the ids and codes of a body to what the domain is asked: what the user may not see is as if it did not exist."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404

from hedges.domain.parts import Part
from hedges.queries import designable
from treasury.api.bodies import Input, body, duplicates, refuse_scale
from treasury.kernel.errors import InputError

READ: Mapping[str, Callable[..., dict[int, Any]]] = {
    "exposure": designable.exposures,
    "instrument": designable.instruments,
}


def part_of(thing: str) -> Input:
    """The field of a part of an exposure or instrument: an amount, a share, a layer, a part of the term."""
    fields = body(
        Input(thing, f"Id of the {thing}; its newest approved version is designated.", "key"),
        Input("amount", "Signed like what it is part of; without amount and proportion all of it.", "amount", False),
        Input("proportion", "Of the whole, above 0 up to 1; in place of an amount.", "ratio", False),
        Input(
            "unit_from", "First minor unit of the layer, 0: the bottom one; without it the lowest free units.",
            "number", False, limit=2**53 - 1,
        ),
        Input("period_from", "First day, where only a part of the term is designated.", "date", False),
        Input("period_to", "Exclusive.", "date", False),
    )  # fmt: skip
    side = "items" if thing == "exposure" else "instruments"
    return Input(side, f"What is designated of each {thing}.", "array", of=fields)


def volume_of(thing: str, meaning: str) -> Input:
    """The field of amounts in force from a change on, by exposure or instrument."""
    fields = body(
        Input(thing, f"Id of the {thing}.", "key"),
        Input("amount", "In force from the change on, signed as it is.", "amount"),
    )
    side = "items" if thing == "exposure" else "instruments"
    return Input(side, meaning, "array", False, of=fields)


def parts(user: Any, thing: str, rows: Sequence[Mapping[str, Any]], path: str) -> list[Part]:
    """Raises Http404 for what is not there to see, InputError for an amount of other decimals than its unit."""
    found = READ[thing](user, {row[thing] for row in rows})
    made = []
    for place, row in enumerate(rows):
        version = _version(found, row[thing], f"{path}[{place}].{thing}", thing)
        if row["amount"] is not None:
            refuse_scale(row["amount"], designable.unit_of(version), f"{path}[{place}].amount")
        terms = {name: value for name, value in row.items() if name != thing}
        made.append(Part(version, **terms))
    return made


def amounts(
    user: Any, thing: str, rows: Sequence[Mapping[str, Any]] | None, path: str
) -> dict[int, Decimal] | None:
    """By exposure or instrument; None where the side is not named."""
    if rows is None:
        return None
    duplicates(rows, thing, path)
    found = READ[thing](user, [row[thing] for row in rows])
    for place, row in enumerate(rows):
        version = _version(found, row[thing], f"{path}[{place}].{thing}", thing)
        refuse_scale(row["amount"], designable.unit_of(version), f"{path}[{place}].amount")
    return {row[thing]: row["amount"] for row in rows}


def _version(found: Mapping[int, Any], key: int, path: str, thing: str) -> Any:
    if key not in found:
        raise Http404
    if found[key] is None:
        raise InputError(path, f"an {thing} with an approved version", got=str(key))
    return found[key]

"""The volumes of a relationship from a change on: which layers stay, which units go, and which are added.

What stays keeps its units, its terms and the date its hypothetical was struck on, so that what was booked is never
scaled anew; what is added is struck on the date of the change (IFRS 9 B6.5.7-21). Units go from the top down.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hedges.queries.layers import Layer, Side, joined, totals
from treasury.domain.refusals import Refusal
from treasury.kernel.money import from_minor_units, to_minor_units

#: Amounts by exposure or instrument, signed as they are; what is not named is left out.
Amounts = Mapping[int, Decimal]


@dataclass(frozen=True)
class Volumes:
    """Layers in force from a change on."""

    items: list[Layer]
    instruments: list[Layer]

    def side(self, side: Side) -> list[Layer]:
        return self.items if side == "item" else self.instruments

    @property
    def is_empty(self) -> bool:
        return not self.items or not self.instruments

    def as_json(self) -> dict[str, Any]:
        """What the version records and the approval puts in force."""
        return {
            "items": [_as_json(layer, "exposure") for layer in self.items],
            "instruments": [_as_json(layer, "instrument") for layer in self.instruments],
        }


NOTHING = Volumes([], [])


def of(layers: Iterable[Layer]) -> Volumes:
    layers = list(layers)
    return Volumes(
        [layer for layer in layers if layer.side == "item"],
        [layer for layer in layers if layer.side == "instrument"],
    )


def from_date_on(layers: Iterable[Layer], from_date: date) -> list[Layer]:
    """The same layers, their periods cut at the date of the change."""
    return [replace(layer, period_from=max(layer.period_from, from_date)) for layer in layers]


def kept(layers: Iterable[Layer], amounts: Amounts) -> list[Layer]:
    """The lowest units of each subject that make up its amount; a subject that is not named is left out.

    Raises Refusal for an amount of the other sign or of a subject that is not in force. More than is in force is
    for `added` to find.
    """
    layers = list(layers)
    known = {layer.subject_id: layer for layer in layers}
    stays = []
    for subject, amount in amounts.items():
        if subject not in known:
            in_force = ", ".join(sorted({layer.reference for layer in layers})) or "nothing"
            raise Refusal(
                f"What has the key {subject} is not designated in this relationship: name only what is in force,"
                f" {in_force}."
            )
        end = _end_of(layers, known[subject], units_of(known[subject], amount))
        stays += [
            replace(layer, unit_to=min(layer.unit_to, end))
            for layer in layers
            if layer.subject_id == subject and layer.unit_from < end
        ]
    return stays


def units_of(like: Layer, amount: Decimal) -> int:
    """Minor units of an amount that is signed like the layer."""
    units = to_minor_units(amount, like.unit) * like.sign
    if units < 0:
        raise Refusal(
            f"{like.reference}: the amount {amount} {like.unit} has the other sign than what it is part of."
        )
    return units


def amount_of(layer: Layer) -> Decimal:
    return from_minor_units(layer.units * layer.sign, layer.unit)


def amounts(layers: Iterable[Layer]) -> dict[int, Decimal]:
    """Amounts in force by subject, signed."""
    layers = list(layers)
    like = {layer.subject_id: layer for layer in layers}
    return {
        subject: from_minor_units(units * like[subject].sign, like[subject].unit)
        for subject, units in totals(layers).items()
    }


def size(layers: Iterable[Layer]) -> Decimal:
    """All amounts in force without their signs, in major units: what a hedge ratio is made of."""
    return sum((abs(amount) for amount in amounts(layers).values()), Decimal(0))


def _end_of(layers: list[Layer], like: Layer, units: int) -> int:
    """The unit below which so many units of the subject are in force."""
    runs = joined((layer.unit_from, layer.unit_to) for layer in layers if layer.subject_id == like.subject_id)
    end = 0
    for first, past_last in runs:
        if units <= 0:
            break
        end = min(past_last, first + units)
        units -= past_last - first
    return end


def _as_json(layer: Layer, subject: str) -> dict[str, Any]:
    return {
        subject: layer.subject_id,
        f"{subject}_version": layer.version_id,
        "reference": layer.reference,
        "unit": layer.unit,
        "amount": str(amount_of(layer)),
        "unit_from": layer.unit_from,
        "unit_to": layer.unit_to,
        "period_from": layer.period_from.isoformat(),
        "period_to": layer.period_to.isoformat(),
        "struck_on": layer.struck_on.isoformat(),
    }

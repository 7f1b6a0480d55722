"""From tuples of columns to dictionaries, by the fields of a serializer, without an object or a serializer a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from rest_framework import serializers

from treasury.api.fields import Exact, Joined, Money, Ratio, money_text

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a serializer's rows are read: the columns to ask for, and how each field is made from them."""

    columns: tuple[str, ...]
    key: tuple[int, ...]
    plain: tuple[tuple[str, int], ...]
    plain_names: tuple[str, ...]
    plain_values: Callable[[Sequence[Any]], Sequence[Any]]
    converted: tuple[tuple[str, int, Callable[[Any], Any]], ...]
    money: tuple[tuple[str, int, int], ...]
    joined: tuple[tuple[str, tuple[int, ...]], ...]

    def row(self, values: Sequence[Any]) -> Row:
        row = dict(zip(self.plain_names, self.plain_values(values), strict=True))
        for name, at, convert in self.converted:
            value = values[at]
            row[name] = None if value is None else convert(value)
        for name, at, unit in self.money:
            value = values[at]
            row[name] = None if value is None else money_text(value, values[unit])
        for name, parts in self.joined:
            row[name] = ".".join(str(values[at]) for at in parts)
        return row

    def key_of(self, values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(values[at] for at in self.key)


@cache
def plan(serializer: type[serializers.Serializer], key: tuple[str, ...] = ()) -> Plan:
    """The plan for a serializer's own fields; nested ones are attached by the view. `key`: what orders the rows."""
    columns: dict[str, int] = {}

    def at(column: str) -> int:
        return columns.setdefault(column, len(columns))

    key_at = tuple(at(column) for column in key)
    plain, converted, money, joined = [], [], [], []
    for name, field in serializer().fields.items():
        if isinstance(field, serializers.BaseSerializer):
            continue
        if isinstance(field, Joined):
            joined.append((name, tuple(at(part) for part in field.columns)))
            continue
        column = (field.source or name).replace(".", "__")
        if isinstance(field, Money):
            money.append((name, at(column), at(field.unit)))
        elif isinstance(field, (Exact, Ratio)):
            converted.append((name, at(column), field.to_representation))
        else:
            plain.append((name, at(column)))
    names, values = tuple(name for name, _ in plain), _picked([place for _, place in plain])
    return Plan(
        tuple(columns), key_at, tuple(plain), names, values, tuple(converted), tuple(money), tuple(joined)
    )


def _picked(places: Sequence[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Picks the values at these places, in one step where there are several."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: [values[place] for place in places]


def read(serializer: type[serializers.Serializer], queryset: Any) -> list[Row]:
    """All rows of a short queryset: what is nested in other rows."""
    how = plan(serializer)
    return [how.row(values) for values in queryset.values_list(*how.columns)]

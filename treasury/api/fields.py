"""Fields whose value is written in another way than it is stored. All others are the framework's own."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from treasury.kernel.money import exponent, plain, quantum

_DECIMAL = {"type": "string", "format": "decimal", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_QUANTA: dict[str, Decimal] = {}


@extend_schema_field(_DECIMAL | {"examples": ["-1250000.00"]})
class Money(serializers.Field):
    """An amount as a decimal string with the decimals of its unit; `unit` is the column that says which."""

    def __init__(self, *, unit: str, **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(**kwargs)

    def to_representation(self, value: Decimal) -> str:
        raise NotImplementedError("amounts are written with their unit, by rows.py")


@extend_schema_field(_DECIMAL | {"examples": ["1.0842"]})
class Exact(serializers.Field):
    """A rate, price or multiplier exactly as it was quoted or dealt, as a decimal string."""

    def to_representation(self, value: Decimal) -> str:
        return plain(value)


@extend_schema_field({"type": "number", "format": "double", "examples": [0.6]})
class Ratio(serializers.Field):
    """A share that a person has set, as a JSON number: 0.6 is 60 %."""

    def to_representation(self, value: Decimal) -> float:
        return float(value)


@extend_schema_field({"type": ["string", "number", "null"], "examples": ["256100.00", 0.6]})
class AmountOrNumber(serializers.Field):
    """An amount as a decimal string, any other number as a JSON number; null where it is not defined."""

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field({"type": ["string", "number", "boolean", "array", "object", "null"], "items": {}})
class AnyValue(serializers.Field):
    """Any JSON value."""

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field({"type": "string"})
class Joined(serializers.Field):
    """The key of a row that has several columns as its key, as it stands in its address."""

    def __init__(self, *, columns: tuple[str, ...], **kwargs: Any) -> None:
        self.columns = columns
        super().__init__(**kwargs)


def money_text(amount: Decimal, unit: str) -> str:
    """1250000.00 for EUR, 1250000 for JPY. An amount with more decimals than its unit keeps them all."""
    step = _QUANTA.get(unit)
    if step is None:
        step = _QUANTA[unit] = quantum(unit) if exponent(unit) else Decimal(1)
    scaled = amount.quantize(step)
    return str(scaled) if scaled == amount else plain(amount)


def money_or_null(amount: Decimal | None, unit: str) -> str | None:
    """The same, null where the amount is not defined."""
    return None if amount is None else money_text(amount, unit)

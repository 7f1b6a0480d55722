"""The families of stored numbers: their models, keys and fields, and what works each out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, QuerySet

from hedges.domain.explanation import (
    cost_elements,
    criteria,
    effectiveness,
    horizon,
    measurements,
    ratios,
    valuations,
)
from hedges.domain.explanation.case import Case
from hedges.domain.explanation.parts import NothingToExplain, Worked
from hedges.enums import RatioSubject
from hedges.models import (
    CostOfHedgingResult,
    EffectivenessCriterionResult,
    EffectivenessResult,
    HedgeRatioResult,
    HorizonBucketResult,
    MeasurementResult,
    ValuationResult,
)
from treasury.models import RunResult


@dataclass(frozen=True, slots=True)
class Family:
    """`key` names the columns of a row's key in the order in which an address has them."""

    name: str
    model: type[RunResult]
    key: tuple[str, ...]
    work: Callable[[Case, str], Worked]
    unit: Callable[[Any, str], str]
    called: Callable[[Any], str]

    def fields(self) -> dict[str, Field]:
        """The numbers of a row: those columns that name their measure."""
        return {
            field.name: field for field in self.model._meta.concrete_fields if getattr(field, "measure", "")
        }

    def located(self, rows: QuerySet[Any], key: str) -> QuerySet[Any]:
        """The rows with this key; a key that cannot be one is refused."""
        parts = key.split(".")
        if len(parts) != len(self.key):
            raise NothingToExplain(f"A row of {self.name} has the key {'.'.join(self.key)}; got {key!r}.")
        found: dict[str, Any] = {}
        for name, part in zip(self.key, parts, strict=True):
            is_text = name in ("subject", "criterion", "element")
            if not is_text and not (part.isascii() and part.isdigit() and len(part) <= 15):
                raise NothingToExplain(f"{name} of a row of {self.name} is a number; got {part!r}.")
            found[name] = part if is_text else int(part)
        return rows.filter(**found)

    def key_of(self, row: Any) -> str:
        return ".".join(str(getattr(row, name)) for name in self.key)


def _value_unit(row: Any, field: str) -> str:
    return str(row.functional_currency if field == "fair_value_functional" else row.value_currency)


def _ratio_name(row: Any) -> str:
    entity = row.entity.code
    if row.subject == RatioSubject.RELATIONSHIP:
        return f"relationship {row.relationship.code}"
    return f"entity {entity}" if row.subject == RatioSubject.ENTITY else f"{row.risk.code} of entity {entity}"


def _bucket_name(row: Any) -> str:
    until = f"to {row.month_to}" if row.month_to is not None else "on"
    return f"{row.risk.code} of entity {row.entity.code}, months {row.month_from} {until}"


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family(
            "valuations",
            ValuationResult,
            ("instrument_id",),
            valuations.work,
            _value_unit,
            lambda row: f"instrument {row.instrument.external_reference}",
        ),
        Family(
            "hedge-ratios",
            HedgeRatioResult,
            ("subject", "entity_id", "subject_key"),
            ratios.work,
            lambda row, field: str(row.amount_unit),
            _ratio_name,
        ),
        Family(
            "horizon-profiles",
            HorizonBucketResult,
            ("entity_id", "risk_id", "month_from"),
            horizon.work,
            lambda row, field: str(row.amount_unit),
            _bucket_name,
        ),
        Family(
            "effectiveness-results",
            EffectivenessResult,
            ("relationship_id",),
            effectiveness.work,
            lambda row, field: str(row.functional_currency),
            lambda row: f"relationship {row.relationship.code}",
        ),
        Family(
            "effectiveness-criteria",
            EffectivenessCriterionResult,
            ("relationship_id", "criterion"),
            criteria.work,
            lambda row, field: "",
            lambda row: (
                f"criterion {row.criterion.replace('_', ' ')} of relationship {row.relationship.code}"
            ),
        ),
        Family(
            "measurements",
            MeasurementResult,
            ("relationship_id",),
            measurements.work,
            lambda row, field: str(row.functional_currency),
            lambda row: f"relationship {row.relationship.code}",
        ),
        Family(
            "costs-of-hedging",
            CostOfHedgingResult,
            ("relationship_id", "element"),
            cost_elements.work,
            lambda row, field: str(row.functional_currency),
            lambda row: f"{row.get_element_display()} of relationship {row.relationship.code}",
        ),
    )
}


def family(name: str) -> Family:
    """The family of a name; an unknown one is refused with those there are."""
    if name not in FAMILIES:
        raise NothingToExplain(f"There is no result family {name!r}; there are {', '.join(FAMILIES)}.")
    return FAMILIES[name]

"""Explain a stored number: formula, the very inputs of its run with their sources, the sum done again, compared."""

from __future__ import annotations

from decimal import Decimal
from math import isclose
from typing import Any

from django.db.models import QuerySet

from hedges.domain.explanation.case import open_case
from hedges.domain.explanation.families import Family, family
from hedges.domain.explanation.parts import Explanation, NothingToExplain, Number, Subject, Worked
from treasury.models import CalculationRun
from treasury.quant import catalogue
from treasury.quant.measure import Measure

#: Floats agree to this share of the number: they are worked out one at a time here and by the thousand in the night.
RELATIVE = 1e-9


def field_of(found: Family, name: str) -> str:
    """The name of a number of a family; an unknown one is refused with those there are."""
    if name not in found.fields():
        raise NothingToExplain(
            f"{found.name} have no number {name!r}; they have {', '.join(found.fields())}."
        )
    return name


def find(family_name: str, run_id: int, key: str, rows: QuerySet[Any] | None = None) -> Any:
    """The stored row; `rows` are those that the asker may see, without them all."""
    found = family(family_name)
    if rows is None:
        if not CalculationRun.objects.filter(pk=run_id).exists():
            last = CalculationRun.objects.order_by("-id").values_list("pk", "scope", "as_of_date")[:3]
            known = ", ".join(f"{pk} ({scope}, {day})" for pk, scope, day in last) or "none yet"
            raise NothingToExplain(f"There is no run {run_id}; the newest are {known}.")
        rows = found.model._default_manager.filter(run_id=run_id)
    relations = [
        one.name for one in found.model._meta.concrete_fields if one.is_relation and one.name != "run"
    ]
    row = found.located(rows, key).select_related(*relations).first()
    if row is None:
        raise NothingToExplain(f"Run {run_id} has no row {key} of {family_name}.")
    return row


def explain(family_name: str, row: Any, field: str) -> Explanation:
    """The explanation of one number of a stored row, whether it agrees with the row or not."""
    found = family(family_name)
    field_of(found, field)
    stored: Number = getattr(row, field)
    problem, worked = "", Worked([], None)
    run = None
    try:
        case = open_case(row)
        run = case.run
        worked = found.work(case, field)
    except NothingToExplain as error:
        problem = str(error)
    run = run or CalculationRun.objects.get(pk=row.run_id)
    code, _, name = _code(found, worked, field).partition(".")
    column = found.fields()[field]
    described = _described(catalogue.MEASURES.get(code), worked, name, field) | own_words(column, worked)
    is_amount = column.get_internal_type() == "DecimalField"
    return Explanation(
        subject=Subject(
            family=found.name,
            key=found.key_of(row),
            name=found.called(row),
            field=field,
            unit=found.unit(row, field) if is_amount else described["unit"],
            run_id=row.run_id,
            as_of_date=run.as_of_date,
            known_at=run.known_at,
        ),
        worked=worked,
        stored=stored,
        reasons=list(row.reasons),
        agrees=not problem and agree(stored, worked.number),
        problem=problem,
        **described,
    )


def agree(stored: Number, again: Number) -> bool:
    """Amounts to the minor unit, counts exactly, floats to a relative 1e-9; undefined agrees with undefined alone."""
    if stored is None or again is None:
        return stored is None and again is None
    if isinstance(stored, Decimal):
        return stored == Decimal(str(again))
    if isinstance(stored, int) and isinstance(again, int):
        return stored == again
    return isclose(float(stored), float(again), rel_tol=RELATIVE)


def _code(found: Family, worked: Worked, field: str) -> str:
    """The measure that the number is made with and its field; without a step of one, what its column says."""
    if worked.sentence:
        return ""
    asked = worked.measure_step
    if asked is not None and worked.code != asked.code:
        return f"{asked.code}.{asked.field}"
    if worked.code:
        return f"{worked.code}.{worked.field}"
    return str(found.fields()[field].measure)  # type: ignore[attr-defined]


def _described(measure: Measure | None, worked: Worked, name: str, field: str) -> dict[str, str]:
    """What the number is: the measure's words, or those of a sum that is no measure of its own."""
    if measure is None:
        return {
            "code": "", "title": worked.steps[-1].title if worked.steps else field.replace("_", " ").capitalize(),
            "sentence": worked.sentence,
            "meaning": worked.formula, "formula": worked.formula, "unit": "", "sign": "", "reference": "",
        }  # fmt: skip
    last = name.rpartition(".")[2]
    result = next((one for one in measure.results if one.name == last), None)
    given = next((one for one in _inputs(measure) if one.name == last), None)
    item = result or given
    return {
        "code": measure.code, "title": measure.title, "sentence": measure.summary,
        "meaning": worked.formula or (item.meaning if item else ""), "formula": measure.formula,
        "unit": item.unit if item else "",
        "sign": result.sign if result and not worked.formula else "", "reference": measure.reference,
    }  # fmt: skip


def own_words(column: Any, worked: Worked) -> dict[str, str]:
    """What the column itself says it is; with the measure's formula only where that is the formula of the number."""
    if not column.means:
        return {}
    code, _, name = column.measure.partition(".")
    measure = catalogue.MEASURES[code]
    is_result = any(one.name == name for one in measure.results)
    return {
        "sentence": column.means, "meaning": worked.formula, "sign": "",
        "formula": measure.formula if is_result else "", "reference": measure.reference,
    }  # fmt: skip


def _inputs(measure: Measure) -> list[Any]:
    return [one for item in measure.inputs for one in (item, *item.items)]

"""Every number of every row of a night is explained: worked out again from the run's inputs, it is what is stored."""

from collections import Counter
from decimal import Decimal

import pytest

from hedges.domain.explanation.as_json import as_json
from hedges.domain.explanation.explain import explain
from hedges.domain.explanation.families import FAMILIES
from treasury.kernel.errors import InputError
from treasury.quant import catalogue

pytestmark = pytest.mark.django_db


def rows_of(name, run):
    family = FAMILIES[name]
    relations = [f.name for f in family.model._meta.concrete_fields if f.is_relation and f.name != "run"]
    return list(family.model.objects.filter(run_id=run.pk).select_related(*relations))


def refusal(found) -> str:
    """What `calculate` says against the code and the inputs of an explanation; what a measure made has both."""
    answer, steps = as_json(found), found.worked.steps
    code, inputs = answer["measure"]["code"], answer["inputs"]
    asked = [step for step in steps if step.code]
    if found.stored is not None and asked and (code != asked[-1].code or not inputs):
        return f"made with {asked[-1].code}, but given as {code} with {len(inputs)} inputs"
    if not inputs:
        return ""
    try:
        calculated = catalogue.calculate(code, inputs)["result"]
    except InputError as error:
        return f"{code}: {error}"
    again = calculated.get(found.subject.field)
    is_measured = steps[-1].code or code == "interest_rate_swap_value"
    if not is_measured or found.stored is None or again is None or isinstance(again, (list, dict)):
        return ""
    rounding = 0.01 if isinstance(found.stored, Decimal) else 0.0
    close = float(again) == pytest.approx(float(found.stored), rel=1e-9, abs=rounding)
    return "" if close else f"{code}: {again}"


@pytest.mark.parametrize("name", FAMILIES)
def test_every_number_of_every_row_is_worked_out_again(run, name) -> None:
    rows, wrong, seen = rows_of(name, run), [], Counter()
    assert rows
    for row in rows:
        for field in FAMILIES[name].fields():
            found = explain(name, row, field)
            seen[field] += found.stored is not None
            refused = refusal(found)
            if refused:
                wrong.append((found.subject.name, getattr(row, "kind", ""), field, refused))
            if not found.agrees:
                wrong.append(
                    (found.subject.name, getattr(row, "kind", ""), field, found.stored, found.worked.number,
                     found.problem, found.worked.because)
                )  # fmt: skip
    assert not wrong, "\n".join(str(one) for one in wrong)
    never = [field for field in FAMILIES[name].fields() if not seen[field]]
    assert not never, f"no row has a number in {never}"

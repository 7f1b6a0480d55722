"""Every number of every row of a night is explained: worked out again from the run's inputs, it is what is stored."""

from collections import Counter

import pytest

from hedges.domain.explanation.explain import explain
from hedges.domain.explanation.families import FAMILIES

pytestmark = pytest.mark.django_db


def rows_of(name, run):
    family = FAMILIES[name]
    relations = [f.name for f in family.model._meta.concrete_fields if f.is_relation and f.name != "run"]
    return list(family.model.objects.filter(run_id=run.pk).select_related(*relations))


@pytest.mark.parametrize("name", FAMILIES)
def test_every_number_of_every_row_is_worked_out_again(run, name) -> None:
    rows, wrong, seen = rows_of(name, run), [], Counter()
    assert rows
    for row in rows:
        for field in FAMILIES[name].fields():
            found = explain(name, row, field)
            seen[field] += found.stored is not None
            if not found.agrees:
                wrong.append(
                    (found.subject.name, getattr(row, "kind", ""), field, found.stored, found.worked.number,
                     found.problem, found.worked.because)
                )  # fmt: skip
    assert not wrong, "\n".join(str(one) for one in wrong)
    never = [field for field in FAMILIES[name].fields() if not seen[field]]
    assert not never, f"no row has a number in {never}"

"""Every published number names its measure, and the catalogue knows it."""

import pytest
from django.apps import apps
from django.db import models

from treasury.models import RunResult
from treasury.quant.catalogue import MEASURES

NUMBERS = (models.DecimalField, models.FloatField, models.IntegerField)
#: Numbers that say which row it is, not what was worked out.
KEYS = {
    "risk_id",
    "subject_key",
    "month_from",
    "month_to",
    "rule_pack_id",
    "designated_observation_from",
}


def result_columns():
    for model in apps.get_models():
        if issubclass(model, RunResult):
            for field in model._meta.get_fields():
                if isinstance(field, NUMBERS) and field.name not in KEYS:
                    yield pytest.param(field, id=f"{model.__name__}.{field.name}")


def fields_of(measure):
    """Names of the measure's inputs and results, those in arrays with their parent's name."""
    entry = measure.describe()
    for item in entry["inputs"]:
        yield item["name"]
        yield from (inner["name"] for inner in item.get("items", []))
    for item in entry["results"]:
        yield f"{item['in']}.{item['name']}" if item["in"] else item["name"]
        yield item["name"]


@pytest.mark.parametrize("field", list(result_columns()))
def test_every_number_of_a_result_names_its_measure(field):
    code, _, name = field.measure.partition(".")
    assert code in MEASURES, f"{field} names no measure of the catalogue"
    assert name in set(fields_of(MEASURES[code]))


def test_there_are_results_to_look_at():
    assert len(list(result_columns())) > 60

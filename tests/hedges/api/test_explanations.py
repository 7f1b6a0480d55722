"""Explanations over the API: beside the resource, in the run that is asked for, for whoever sees the row."""

import pytest

from hedges.domain.explanation.families import FAMILIES
from tests.factories import api, book, hedged, market
from treasury.enums import Role

pytestmark = pytest.mark.django_db
PATHS = {
    "valuations/": ("instrument_id", "present_value"),
    "hedge-ratios/": ("id", "hedge_ratio"),
    "horizon-profiles/": ("id", "coverage_ratio"),
    "effectiveness-results/": ("relationship_id", "cumulative_ratio"),
}


@pytest.fixture
def entity():
    market.record()
    entity = hedged.hedged_book(2)
    hedged.night()
    return entity


def address(caller: api.Caller, path: str) -> str:
    return f"{path}{caller.rows(path)[0][PATHS[path][0]]}/explain/"


@pytest.mark.parametrize("path", PATHS)
def test_without_a_field_the_main_number_is_explained(entity, path) -> None:
    found = api.by_token("AUDITOR").read(address(api.by_token("AUDITOR"), path))
    assert (found["number"]["field"], found["agrees"], found["problem"]) == (PATHS[path][1], True, "")
    assert found["steps"]


@pytest.mark.parametrize("path", PATHS)
def test_any_number_of_the_row_is_explained_and_another_name_is_refused(entity, path) -> None:
    caller = api.by_token("TREASURER", entity=entity)
    where = address(caller, path)
    for field in FAMILIES[path.strip("/")].fields():
        assert caller.read(where, field=field)["number"]["field"] == field
    assert caller.refused(where, field="nothing")["code"] == "invalid_parameter"


@pytest.mark.parametrize("role", Role.values)
def test_every_role_reads_what_it_reads_of_the_row(entity, role) -> None:
    assert api.by_token(role).read(address(api.by_token("AUDITOR"), "valuations/"))["agrees"]


@pytest.mark.parametrize("path", PATHS)
def test_the_explanation_of_a_foreign_row_is_not_there(entity, path) -> None:
    owner, stranger = (
        api.by_token("TREASURER", entity=entity),
        api.by_token("TREASURER", entity=book.entity()),
    )
    where = address(owner, path)
    missing = {"hedge-ratios/": "ENTITY.9999.0", "horizon-profiles/": "9999.9999"}.get(path, "9999")
    assert owner.get(where).status_code == 200
    assert stranger.refused(where) == stranger.refused(f"{path}{missing}/explain/")
    assert stranger.refused(where)["status"] == 404


def test_a_bucket_and_a_criterion_are_named_by_parameters(entity) -> None:
    caller = api.by_token("AUDITOR")
    later = caller.read(address(caller, "horizon-profiles/"), month_from="3", field="hedge_amount")
    assert later["number"]["key"].endswith(".3")
    where = address(caller, "effectiveness-results/")
    criterion = caller.read(where, criterion="r_squared", field="margin")
    assert (criterion["number"]["family"], criterion["agrees"]) == ("effectiveness-criteria", True)
    assert caller.refused(where, criterion="r_squared", field="slope")["status"] == 404
    assert caller.refused(where, criterion="nothing", field="margin")["status"] == 404


def test_an_explanation_is_of_the_run_that_is_asked_for(entity) -> None:
    caller = api.by_token("AUDITOR")
    where = address(caller, "valuations/")
    first = caller.read(where)["number"]["run"]
    hedged.night(new_revision=True)
    assert caller.read(where)["number"]["run"] != first
    assert caller.read(where, run=first)["number"]["run"] == first
    assert caller.refused(where, run=9999)["status"] == 404


def test_an_explanation_asks_a_fixed_number_of_times(entity, django_assert_max_num_queries) -> None:
    caller = api.by_token("AUDITOR")
    where = address(caller, "hedge-ratios/")
    caller.read(where)
    with django_assert_max_num_queries(40) as asked:
        caller.read(where)
    before = len(asked)
    for place in range(5):
        book.exposure(1_000 + place, of=entity)
    run = hedged.night(new_revision=True)
    caller.read(where, run=run.pk)
    with django_assert_max_num_queries(before):
        caller.read(where, run=run.pk)

"""Query parameters are declared, read strictly, and named where they are refused."""

from urllib.parse import urlencode

import pytest

from tests.factories import api, book, night

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> api.Caller:
    return api.by_token()


@pytest.mark.parametrize(
    ("path", "name", "text"),
    [
        ("exposures/", "as_of", "2026-02-30"),
        ("exposures/", "as_of", "20261009"),
        ("exposures/", "as_of", "2026-W41-5"),
        ("exposures/", "as_of", "２０２６-10-09"),
        ("exposures/", "known_at", "2026-10-09T18:00:00"),
        ("exposures/", "known_at", "yesterday"),
        ("exposures/", "known_at", "0001-01-01T00:00:00+14:00"),
        ("exposures/", "kind", "LOAN"),
        ("exposures/", "entity", ""),
        ("exposures/", "entity", "a\x00b"),
        ("exposures/", "entity", "x" * 101),
        ("exposures/", "page_size", "0"),
        ("exposures/", "page_size", "1001"),
        ("exposures/", "page_size", "1_0"),
        ("exposures/", "page_size", "１"),
        ("exposures/", "cursor", "a"),
        ("exposures/", "cursor", "1.2"),
        ("exposures/", "cursor", "-1"),
        ("hedge-ratios/", "cursor", "1.2.3"),
        ("valuations/", "run", "1e3"),
        ("valuations/", "run", "99999999999999999999"),
        ("market-quotes/", "is_synthetic", "1"),
        ("market-quotes/", "current", "True"),
        ("market-quotes/", "moneyness", "-0.95"),
        ("market-quotes/", "moneyness", "9.5e-1"),
        ("market-quotes/", "moneyness", "NaN"),
        ("audit-events/", "subject_id", "9.0"),
    ],
)
def test_a_bad_value_is_refused_by_name(caller: api.Caller, path: str, name: str, text: str) -> None:
    if "ratios" in path:
        night.small_book()
    problem = caller.refused(path, **{name: text})
    assert (problem["status"], problem["code"]) == (400, "invalid_parameter")
    assert [error["field"] for error in problem["errors"]] == [name]
    assert problem["errors"][0]["expected"]


@pytest.mark.parametrize(
    "path",
    ["entities/", "exposures/", "valuations/", "measures/", "measures/hedge_ratio/", "schema/", "runs/"],
)
def test_an_unknown_parameter_is_refused(caller: api.Caller, path: str) -> None:
    for name in ("colour", "format", "a\x00", "<script>"):
        problem = caller.refused(path, **{name: "1"})
        assert problem["status"] == 400
        assert problem["errors"][0]["got"] == "an unknown name"


def test_a_parameter_of_the_list_is_unknown_to_a_single_object(caller: api.Caller) -> None:
    version = book.exposure(of=book.entity())
    assert (
        caller.refused(f"exposures/{version.exposure_id}/", page_size=1)["errors"][0]["field"] == "page_size"
    )


def test_a_parameter_given_twice_is_refused(caller: api.Caller) -> None:
    problem = caller.refused("exposures/", entity=["A", "B"])
    assert problem["errors"] == [
        {
            "field": "entity",
            "code": "invalid_parameter",
            "expected": "a parameter once",
            "got": "2 times",
            "index": None,
        }
    ]


def test_a_run_that_is_not_there_is_not_found(caller: api.Caller) -> None:
    assert caller.refused("valuations/", run=999_000_999)["status"] == 404


def test_every_filter_answers(caller: api.Caller) -> None:
    """Each declared parameter with a value of its kind: a filter whose column does not exist would fail."""
    from treasury.api.documentation import contract

    night.small_book()
    samples = {"date": "2026-10-30", "date-time": "2026-10-30T00:00:00Z", "int64": "1", "decimal": "0.95"}
    named = {
        "changed_since": "1",
        "resources": "exposures",
        "currencies": "EURUSD",
        "year": "2026",
        "ids": "1,2",
    }
    for path, methods in contract()["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", []):
            schema = parameter["schema"]
            if parameter["in"] != "query" or parameter["name"] == "cursor" or "{" in path:
                continue
            value = schema.get("enum", [None])[0] or samples.get(schema.get("format", ""))
            value = named.get(parameter["name"]) or value
            value = value or ("true" if schema["type"] == "boolean" else "X")
            query = urlencode({parameter["name"]: value})
            answer = caller.get(f"{path.removeprefix('/api/v1/')}?{query}")
            # What is of one thing says in the contract that it may not be there; a list may only be empty.
            of_one = parameter["name"] == "run" or "404" in methods["get"]["responses"]
            assert answer.status_code in ({200, 404} if of_one else {200}), (
                path,
                parameter["name"],
            )

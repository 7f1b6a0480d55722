"""The calculators answer as the command line does, and refuse hostile input quickly and by name."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.factories import api, book
from treasury.kernel.errors import InputError
from treasury.quant import catalogue, cli

pytestmark = pytest.mark.django_db
GOLDEN = sorted((Path(__file__).parents[2] / "golden").glob("*.json"))


def golden_cases() -> list[Any]:
    cases = []
    for path in GOLDEN:
        for position, case in enumerate(json.loads(path.read_text()).get("cases", [])):
            if case.get("measure"):
                cases.append(pytest.param(case["measure"], case["inputs"], id=f"{path.stem}-{position}"))
    return cases


def on_the_command_line(code: str, body: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    file = tmp_path / "inputs.json"
    file.write_text(body)
    assert cli.main([code, str(file)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(("code", "inputs"), golden_cases())
def test_the_api_and_the_command_line_give_the_same_answer(
    code: str, inputs: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    caller = api.by_token()
    for body in (json.dumps(inputs), json.dumps([inputs, inputs])):
        answer = caller.send("POST", f"measures/{code}/calculate/", body)
        assert answer.status_code == 200, answer.content
        printed = json.loads(on_the_command_line(code, body, tmp_path, capsys))
        assert json.loads(answer.content) == printed
        assert repr(json.loads(answer.content)) == repr(printed)  # whole numbers stay whole, order stays


@pytest.mark.parametrize("code", list(catalogue.MEASURES))
def test_every_measure_works_out_its_own_example(code: str) -> None:
    caller = api.by_token()
    shown = caller.read(f"measures/{code}/")
    answer = caller.send("POST", f"measures/{code}/calculate/", json.dumps(shown["example"]["inputs"]))
    assert answer.status_code == 200
    assert answer.json()["measure"] == code


def test_the_list_is_the_catalogue() -> None:
    assert api.by_token().rows("measures/") == json.loads(json.dumps(catalogue.describe()))


def test_a_measure_needs_a_sign_in_but_no_role() -> None:
    assert api.by_token(None).get("measures/").status_code == 200
    assert api.anonymous().get("measures/").status_code == 401


def test_an_unknown_measure_is_not_there() -> None:
    caller = api.by_token()
    assert caller.refused("measures/nothing/")["status"] == 404
    assert caller.send("POST", "measures/nothing/calculate/", "{}").status_code == 404


GOOD = '{"hedged_amount": 6, "exposure_amount": 10}'
HOSTILE = [
    pytest.param("", "hedged_amount", id="empty"),
    pytest.param("{", "document", id="broken"),
    pytest.param("null", "inputs", id="null"),
    pytest.param('"text"', "inputs", id="text"),
    pytest.param('{"hedged_amount": 6}', "exposure_amount", id="missing"),
    pytest.param('{"hedged_amount": 6, "exposure_amount": 10, "x": 1}', "x", id="unknown"),
    pytest.param(
        '{"hedged_amount": 6, "hedged_amount": 7, "exposure_amount": 10}', "hedged_amount", id="twice"
    ),
    pytest.param('{"hedged_amount": NaN, "exposure_amount": 10}', "hedged_amount", id="nan"),
    pytest.param('{"hedged_amount": "NaN", "exposure_amount": 10}', "hedged_amount", id="nan as text"),
    pytest.param('{"hedged_amount": 1e400, "exposure_amount": 10}', "hedged_amount", id="1e400"),
    pytest.param('{"hedged_amount": Infinity, "exposure_amount": 10}', "hedged_amount", id="infinity"),
    pytest.param('{"hedged_amount": "1_000", "exposure_amount": 10}', "hedged_amount", id="underscore"),
    pytest.param('{"hedged_amount": "１", "exposure_amount": 10}', "hedged_amount", id="full width"),
    pytest.param('{"hedged_amount": true, "exposure_amount": 10}', "hedged_amount", id="true"),
    pytest.param('{"hedged_amount": "1\\u0000", "exposure_amount": 10}', "hedged_amount", id="nul"),
    pytest.param('{"hedged_amount": "\\ud800", "exposure_amount": 10}', "hedged_amount", id="surrogate"),
    pytest.param('{"\\ud800": 1, "hedged_amount": 6, "exposure_amount": 10}', None, id="surrogate as a name"),
    pytest.param(
        '{"hedged_amount": "' + "9" * 100_000 + '", "exposure_amount": 1}', "hedged_amount", id="digits"
    ),
    pytest.param(
        '{"hedged_amount": ' + "9" * 100_000 + ', "exposure_amount": 1}', "hedged_amount", id="long number"
    ),
    pytest.param("[" * 100_000, "document", id="deep"),
    pytest.param('{"a":' * 50_000 + "1" + "}" * 50_000, "document", id="deep objects"),
    pytest.param(b"\xff\xfe{}", "document", id="not utf-8"),
    pytest.param('\ufeff{"hedged_amount": 6, "exposure_amount": 10}', "document", id="byte order mark"),
]


@pytest.mark.parametrize(("body", "field"), HOSTILE)
def test_hostile_input_is_refused_by_name_and_quickly(body: Any, field: str | None) -> None:
    caller = api.by_token()
    began = time.monotonic()
    answer = caller.send("POST", "measures/hedge_ratio/calculate/", body)
    assert time.monotonic() - began < 2
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "invalid_input"
    assert problem["errors"][0]["expected"]
    if field:
        assert problem["errors"][0]["field"] == field


def test_an_array_is_answered_whole_or_not_at_all_and_the_error_names_the_index() -> None:
    answer = api.by_token().send("POST", "measures/hedge_ratio/calculate/", f"[{GOOD}, {{}}]")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["index"] == 1
    assert api.by_token().send("POST", "measures/hedge_ratio/calculate/", "[]").json() == []


def test_a_body_that_is_too_large_is_refused_before_it_is_read(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = api.by_token().send("POST", "measures/hedge_ratio/calculate/", " " * 2000 + GOOD)
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize(
    "media", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_only_json_is_taken(media: str) -> None:
    answer = api.by_token().client.post("/api/v1/measures/hedge_ratio/calculate/", b"x", content_type=media)
    assert answer.status_code == 415
    assert answer["Content-Type"] == "application/problem+json"


def test_the_calculator_reads_nothing_of_the_book(django_assert_num_queries: Any) -> None:
    caller = api.by_token(None, user=book.user())
    caller.get("measures/")
    with django_assert_num_queries(1):  # the token
        assert caller.send("POST", "measures/hedge_ratio/calculate/", GOOD).status_code == 200


@pytest.mark.parametrize(
    ("code", "inputs", "field"),
    [
        ("futures_contracts", {"amount_to_hedge": 1e308, "price": 2185, "contract_multiplier": 50}, "amount_to_hedge"),
        (
            "beta_hedge",
            {"portfolio_value": -1e308, "portfolio_beta": 1.5, "price": 1010, "contract_multiplier": 250},
            "portfolio_value",
        ),
        (
            "minimum_variance_hedge_ratio",
            {
                "correlation": 0.9, "spot_standard_deviation": 1, "futures_standard_deviation": 1,
                "exposure_quantity": 1e300, "contract_size": 42000,
            },
            "exposure_quantity",
        ),
        (
            "minimum_variance_hedge_ratio",
            {
                "correlation": 0.9, "spot_standard_deviation": 1, "futures_standard_deviation": 1,
                "exposure_value": 1e9, "contract_value": 1, "spot_price": 1e9, "futures_price": 1e-9,
            },
            "spot_price",
        ),
    ],
)  # fmt: skip
def test_more_contracts_than_can_be_counted_are_refused_by_name(
    code: str, inputs: dict, field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = api.by_token().send("POST", f"measures/{code}/calculate/", json.dumps(inputs))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field
    assert "fewer than 2^53 contracts" in answer.json()["detail"]
    file = tmp_path / "inputs.json"
    file.write_text(json.dumps(inputs))
    assert cli.main([code, str(file)]) == 2
    assert f"{field}: expected a size that takes fewer than 2^53 contracts" in capsys.readouterr().err


def test_contracts_are_counted_up_to_the_last_one_that_is_exact() -> None:
    inputs = {"amount_to_hedge": 2**53 - 1, "price": 1, "contract_multiplier": 1}
    answer = catalogue.calculate("futures_contracts", inputs)
    assert answer["result"]["contract_count"] == 2**53 - 1
    with pytest.raises(InputError, match="amount_to_hedge"):
        catalogue.calculate("futures_contracts", inputs | {"amount_to_hedge": 2**53})


def test_an_array_over_http_is_short_enough_for_one_answer() -> None:
    caller = api.by_token()
    longest = "[" + ",".join([GOOD] * 1000) + "]"
    assert len(caller.send("POST", "measures/hedge_ratio/calculate/", longest).json()) == 1000
    answer = caller.send("POST", "measures/hedge_ratio/calculate/", f"{longest[:-1]},{GOOD}]")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["got"] == "1001"
    assert "at most 1000 objects" in answer.json()["detail"]
    assert len(catalogue.calculate("hedge_ratio", [json.loads(GOOD)] * 1001)) == 1001

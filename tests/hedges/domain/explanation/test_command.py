"""`manage.py explain`: text for people, JSON for machines, an exit status that says whether the numbers agree."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from hedges.models import ValuationResult
from tests.factories import hedged, market, night

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> ValuationResult:
    market.record()
    hedged.hedged_book(1)
    hedged.night()
    return ValuationResult.objects.get()


def said(*words: Any) -> str:
    out = StringIO()
    call_command("explain", *map(str, words), stdout=out)
    return out.getvalue()


def refusal(*words: Any) -> CommandError:
    with pytest.raises(CommandError) as refused:
        said(*words)
    return refused.value


def test_the_text_has_the_formula_the_inputs_and_the_comparison(row) -> None:
    text = said("valuations", row.run_id, row.instrument_id, "present_value")
    assert "Formula: V = N(F − K)D" in text
    assert "   notional_amount = −600000" in text
    assert "EURUSD 1.1 of 2026-10-30 (TEST, synthetic)" in text
    assert f"Stored:           {row.present_value:.2f} EUR" in text
    assert text.rstrip().endswith("They agree.")


def test_json_is_for_machines_and_the_newest_run_has_a_name(row) -> None:
    found = json.loads(said("valuations", "latest", row.instrument_id, "present_value", "--json"))
    assert found["number"]["run"] == row.run_id
    assert found["inputs"]["strike_rate"] == "0.8800000000"


def test_a_key_is_in_words_or_joined_by_dots(row) -> None:
    risk = row.instrument_version.risk_id
    words = said("hedge-ratios", "latest", "ENTITY_RISK", row.entity_id, risk, "hedge_ratio")
    assert words == said("hedge-ratios", "latest", f"ENTITY_RISK.{row.entity_id}.{risk}", "hedge_ratio")
    assert "Exposures: 1 rows" in words


def test_what_is_not_there_says_what_is_and_exits_with_two(row) -> None:
    for words, expected in (
        (("nothing", "latest", 1, "x"), "there are valuations"),
        (("valuations", "latest", 1, "nothing"), "they have present_value"),
        (("valuations", "soon", 1, "present_value"), "run is a number or `latest`"),
        (("valuations", 999, 1, "present_value"), "There is no run 999"),
        (("valuations", "latest", 999, "present_value"), "has no row 999"),
    ):
        error = refusal(*words)
        assert expected in str(error)
        assert error.returncode == 2


def test_before_the_first_night_there_is_nothing_to_explain() -> None:
    assert "No night has been published" in str(refusal("valuations", "latest", 1, "present_value"))


def test_a_number_that_cannot_be_worked_out_again_exits_with_one() -> None:
    forward = night.small_book()["forwards"][0]
    error = refusal("valuations", "latest", forward.instrument_id, "present_value")
    assert error.returncode == 1

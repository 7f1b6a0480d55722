"""The comparison on small sizes: every side runs, all agree, and a wrong number stops it."""

import json
import os
import subprocess
import sys

import pytest

from treasury.benchmark import numbers, report
from treasury.benchmark.agreement import Disagreement
from treasury.benchmark.sizes import Sizes
from treasury.kernel.errors import InputError
from treasury.launcher.paths import PROJECT

SMALL = Sizes(instruments=500, relationships=500, slow_sample=20)
KINDS = {"FX forwards", "FX options", "FX options with Greeks", "five-year swaps", "regressions"}


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "benchmark", "numbers", *arguments],
        cwd=PROJECT,
        env=os.environ | {"HEDGEBOOK_SECRET_KEY": "only-for-tests"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_compares_every_kind_and_prints_ratios() -> None:
    done = command("--instruments", "2000", "--relationships", "2000", "--slow-sample", "100", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {line["kind"] for line in found["lines"]} == KINDS
    assert {line["other"] for line in found["lines"]} == {"QuantLib", "statsmodels", "scipy"}
    for line in found["lines"]:
        assert line["rows"] == 2000 and line["sample"] == 100
        # Far below the floors, which are for full size on a quiet machine; a loop over rows would be near 1.
        assert line["ratio"] > 10, line
        assert line["largest_difference"] <= line["allowed_difference"]
    floors = {(line["kind"], line["other"]): line["floor"] for line in found["lines"]}
    assert floors == {
        ("FX forwards", "QuantLib"): 400,
        ("FX options", "QuantLib"): 150,
        ("FX options with Greeks", "QuantLib"): None,
        ("five-year swaps", "QuantLib"): 300,
        ("regressions", "statsmodels"): 300,
        ("regressions", "scipy"): None,
    }
    assert 0 < found["peak_memory_bytes"] < found["memory_limit_bytes"] == 2 * 1024**3


def test_the_command_fails_on_a_difference_and_names_the_row() -> None:
    small = ("--instruments", "50", "--relationships", "50", "--slow-sample", "10")
    done = command(*small, "--disturb", "five-year swaps")
    assert done.returncode == 1
    assert "five-year swaps: present_value of row" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_wrong_number_of_any_kind_is_found(kind: str) -> None:
    with pytest.raises(Disagreement, match=f"{kind}: .* of row .* allowed is"):
        numbers.compare_and_time(Sizes(50, 50, 60, 11), disturbed=kind)


def test_a_size_that_cannot_be_is_refused_by_name() -> None:
    done = command("--slow-sample", "0")
    assert done.returncode == 1
    assert "--slow-sample: expected 1 or more, got 0" in done.stderr


def test_more_rows_than_a_block_go_through_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "BLOCK_ROWS", 900)
    sizes = Sizes(instruments=2_000, relationships=1_000, slow_sample=20)
    found = numbers.compare_and_time(sizes)
    assert {line.rows for line in found.lines if line.unit == "instruments"} == {2_000}
    assert all(line.ours_per_second > line.other_per_second > 0 for line in found.lines)


def test_the_table_has_a_line_for_each_comparison() -> None:
    found = numbers.compare_and_time(SMALL)
    table = report.as_table(found, SMALL)
    for line in found.lines:
        assert any(line.kind in row and line.other in row and "×" in row for row in table.splitlines()), table
    assert "…" not in table
    assert "MiB of 2,048 allowed" in table


@pytest.mark.parametrize("field", ["instruments", "relationships", "slow_sample", "points"])
def test_sizes_say_what_is_wrong(field: str) -> None:
    for size in (0, -5):
        with pytest.raises(InputError) as caught:
            Sizes(**{field: size})
        assert caught.value.field == field


def test_a_ratio_under_its_floor_is_said_and_fails_nothing() -> None:
    def line(kind: str, ratio: float, floor: float | None) -> numbers.Line:
        return numbers.Line(kind, "instruments", 10, 1.0, "QuantLib", 5, 1.0, ratio, floor, 0.0, 1e-9)

    swift = [line("FX forwards", 400.0, 400.0), line("FX options with Greeks", 90.0, None)]
    slow = line("FX options", 149.4, 150.0)
    good, bad = numbers.Report(swift, 1), numbers.Report([*swift, slow], 1)
    assert "Every ratio reaches its floor." in report.as_table(good, SMALL)
    assert "Under the floor: FX options against QuantLib (149 × of 150 ×)." in report.as_table(bad, SMALL)
    assert json.loads(report.as_json(good, SMALL))["under_floor"] == []
    assert json.loads(report.as_json(bad, SMALL))["under_floor"] == [
        {"kind": "FX options", "other": "QuantLib"}
    ]


def test_the_widest_numbers_fit_into_the_table() -> None:
    line = numbers.Line(
        "FX options with Greeks", "", 10**6, 1e8, "statsmodels", 2000, 1e5, 1e3, 400.0, 1e-12, 1e-9
    )
    table = report.as_table(numbers.Report([line], 1), SMALL)
    assert "…" not in table and "1,000 ×" in table and "400 ×" in table

"""What people type for a number: lists and tables in the usual separators, and a remedy for what is refused."""

import pytest
from django.urls import reverse

from tests.factories.web import signed_in
from treasury.web.typed_numbers import numbers, remedy, table


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("1.05 1.08\n1.1", ["1.05", "1.08", "1.1"]),
        ("1.05, 1.08,\r\n1.1,\r\n", ["1.05", "1.08", "1.1"]),
        ("1.05;1.08; 1.1;", ["1.05", "1.08", "1.1"]),
        ("1.05\t1.08", ["1.05", "1.08"]),
        ("-1 +2", ["-1", "+2"]),
        ("1.05,1.08", ["1.05,1.08"]),
        ("1,05, 1,08", ["1,05", "1,08"]),
        ("1 000, 2 000", ["1 000", "2 000"]),
        ("1 000\n250 300", ["1 000", "250", "300"]),
        ("1;;2", ["1", "", "2"]),
        ("95 % 99%", ["95%", "99%"]),
    ],
)
def test_a_list_is_split_where_it_is_unambiguous(typed: str, texts: list[str]) -> None:
    assert numbers(typed) == texts


def test_a_table_has_a_row_a_line() -> None:
    assert table("1 -1 0\r\n\r\n0.5, 2, 3\n4\t5\t6\n") == [
        ["1", "-1", "0"],
        ["0.5", "2", "3"],
        ["4", "5", "6"],
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("95%", "write 0.95"),
        ("95 %", "write 0.95"),
        ("-2,5%", "write -0.025"),
        ("100%", "write 1"),
        ("x%", "write a fraction, e.g. 0.95"),
        ("1,05", "write 1.05"),
        ("0,125", "write 0.125"),
        (",5", "write 0.5"),
        ("1,000", "write 1000, or 1.000 if the comma is a decimal one"),
        ("1,000,000", "write 1000000"),
        ("1 000 000", "write 1000000"),
        ("1\u00a0000,50", "write 1000.50"),
        ("1'000.5", "write 1000.5"),
        ("1.000.000", "write 1000000"),
        ("1.000,50", "write 1000.50"),
        ("1,000.50", "write 1000.50"),
        ("\u22125", "write -5"),
        ("+5", "write 5"),
        ("six", ""),
        ("95", ""),
        (".5", ""),
        ("1.5e-3", ""),
        ("1.05, 1.08", ""),
    ],
)
def test_what_is_no_number_is_told_how_to_write_it(typed: str, said: str) -> None:
    assert remedy(typed) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1,05", "write 1.05, or put a space after the comma if these are two numbers"),
        ("1.05,1.08", "put a space or a line break between two numbers"),
        ("1.05 1.08", "put the same separator between all numbers"),
        ("1 000", "write 1000"),
        ("", "write a number between the two separators"),
        ("ten", ""),
    ],
)
def test_a_list_is_told_how_to_separate(typed: str, said: str) -> None:
    assert remedy(typed, in_list=True).startswith(said)
    assert bool(remedy(typed, in_list=True)) == bool(said)


PORTFOLIO = {"spot_changes": "1, -1, 0", "instrument_changes": "1 -1 0\n0 0 1"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "given", "field", "said"),
    [
        (
            "portfolio_minimum_variance",
            PORTFOLIO | {"instrument_changes": "1 -1 0\n0 0"},
            "instrument_changes",
            "row 2: Expected 3 elements, as many as row 1, got 2.",
        ),
        (
            "portfolio_minimum_variance",
            PORTFOLIO | {"instrument_changes": "1 -1 0\n0 2,5 1"},
            "instrument_changes",
            'row 2, number 2: Expected a number, got "2,5": write 2.5,'
            " or put a space after the comma if these are two numbers.",
        ),
        (
            "portfolio_minimum_variance",
            PORTFOLIO | {"spot_changes": "1 95%"},
            "spot_changes",
            'number 2: Expected a number, got "95%": write 0.95.',
        ),
        (
            "savings_to_loss",
            {"exposure_amount": "1", "confidence_level": "95 %"},
            "confidence_level",
            'Expected a number above 0 below 1, got "95 %": write 0.95.',
        ),
        (
            "savings_to_loss",
            {"exposure_amount": "1", "confidence_level": "95"},
            "confidence_level",
            'Expected a number above 0 below 1, got "95".',
        ),
        (
            "horizon_profile",
            {"buckets": '[{"bucket": "a", "inflow_amount": "1,5"}]'},
            "buckets",
            'number 1, inflow amount: Expected a number from 0, got "1,5": write 1.5.',
        ),
    ],
)
def test_a_page_says_it_beside_the_field(code: str, given: dict[str, str], field: str, said: str) -> None:
    page = signed_in().get(reverse("calculator", args=[code]), given)
    assert page.context["form"].errors[field] == [said]

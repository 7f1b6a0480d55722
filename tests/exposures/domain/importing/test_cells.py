"""Every wrong cell by row, column, code, value and what was expected; and the rows that are right beside them."""

from decimal import Decimal
from typing import Any

import pytest

from exposures.domain.importing import checking, committing, receiving
from exposures.models import ExposureVersion, Import, ImportMapping, ImportProblem, ImportRow
from tests.factories import book, importing
from tests.factories.importing import csv, row
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db

MORE = importing.COLUMNS | {
    "currency": 7, "window_start": 8, "window_end": 9, "certainty": 10, "status": 11, "description": 12,
}  # fmt: skip
HEADER = (*importing.HEADER, "Ccy", "From", "To", "Share", "State", "Text")


@pytest.fixture
def entity() -> Any:
    book.risk()
    return book.entity()


def found_wrong(found: Import) -> list[tuple[Any, ...]]:
    problems = ImportProblem.objects.filter(exposure_import=found, attempt=found.attempt)
    return list(
        problems.order_by("row_number", "column_number", "id").values_list(
            "row_number", "column_number", "code"
        )
    )


def full(reference: str, entity: Any, **cells: str) -> list[str]:
    values = {"Ccy": "USD", "From": "", "To": "", "Share": "1", "State": "OPEN", "Text": ""} | cells
    basis = row(
        reference,
        entity,
        cells.get("amount", "5"),
        **{n: cells[n] for n in ("kind", "expected") if n in cells},
    )
    return [*basis, *(values[name] for name in HEADER[6:])]


WRONG = [
    ({"amount": ""}, 5, "missing"),
    ({"amount": "1e5"}, 5, "not_a_number"),
    ({"amount": "0.001"}, 5, "too_many_decimals"),
    ({"amount": "99999999999999999"}, 5, "too_large"),
    ({"amount": "0"}, 5, "zero_amount"),
    ({"kind": "WISH"}, 4, "unknown_kind"),
    ({"kind": "RECOGNISED_LIABILITY"}, 5, "sign_of_kind"),
    ({"kind": "RECOGNISED_ASSET", "amount": "-5"}, 5, "sign_of_kind"),
    ({"expected": "30.04.2027"}, 6, "not_a_date"),
    ({"expected": ""}, 6, "missing"),
    ({"Ccy": "EUR"}, 7, "unit_of_risk"),
    ({"Ccy": "XXX"}, 7, "unknown_unit"),
    ({"From": "2027-04-01"}, 8, "half_a_window"),
    ({"To": "2027-05-01"}, 9, "half_a_window"),
    ({"From": "2027-05-01", "To": "2027-04-01"}, 8, "window_order"),
    ({"From": "2027-05-01", "To": "2027-05-31"}, 6, "date_outside_window"),
    ({"Share": "1.01"}, 10, "certainty_range"),
    ({"Share": "80%"}, 10, "not_a_number"),
    ({"Share": ""}, 10, "missing"),
    ({"State": "DONE"}, 11, "unknown_status"),
    ({"Text": "x" * 121}, 12, "too_long"),
    ({"Text": '"two\nlines"'}, 12, "control_character"),
]


def test_each_wrong_cell_is_found_where_it_stands(entity: Any) -> None:
    rows = [full(f"R{at}", entity, **cells) for at, (cells, _, _) in enumerate(WRONG)]
    found = importing.checked(
        csv(*rows, full("fine", entity), header=HEADER),
        actor=book.user("TREASURER"),
        of=importing.layout(columns=MORE),
    )
    assert found_wrong(found) == [(at + 2, column, code) for at, (_, column, code) in enumerate(WRONG)]
    assert (found.row_count, found.problem_count) == (len(WRONG) + 1, len(WRONG))
    problem = ImportProblem.objects.get(row_number=3)
    assert (problem.column_name, problem.value, problem.field) == ("Amount", "1e5", "amount")
    assert problem.expected == "an amount in the marks chosen, e.g. -1234.50"


def test_references_entities_and_risks(entity: Any) -> None:
    content = csv(
        row("", entity), row("A", entity), row("A", entity), row("x" * 61, entity), row("B", "NONE"), row("C", ""),
        row("D", entity, risk="USDXXX"), row("\x07", entity), ["E", entity.code], [*row("F", entity), "more"],
    )  # fmt: skip
    found = importing.checked(content, actor=book.user("TREASURER"))
    assert found_wrong(found) == [
        (2, 1, "missing"), (4, 1, "duplicate_in_file"), (5, 1, "too_long"), (6, 2, "unknown_entity"), (7, 2, "missing"),
        (8, 3, "unknown_risk"), (9, 1, "control_character"), (10, 3, "missing"), (10, 4, "missing"), (10, 5, "missing"),
        (10, 6, "missing"), (10, None, "ragged_row"), (11, None, "ragged_row"),
    ]  # fmt: skip
    twice = ImportProblem.objects.get(code="duplicate_in_file")
    assert twice.expected == "each reference once; it stands in row 3 already"


def test_the_risk_by_the_currency_against_the_entitys_own(entity: Any) -> None:
    columns = {name: at for name, at in importing.COLUMNS.items() if name != "risk"} | {"currency": 3}
    content = csv(*(row(ccy, entity, risk=ccy) for ccy in ("USD", "EUR", "NOK", "ZZZ")))
    found = importing.checked(content, actor=book.user("TREASURER"), of=importing.layout(columns=columns))
    assert found_wrong(found) == [
        (3, 3, "functional_currency"),
        (4, 3, "no_risk_of_pair"),
        (5, 3, "unknown_unit"),
    ]
    assert ImportRow.objects.get(row_number=2).risk == book.risk()


@pytest.mark.parametrize(
    ("sign", "amounts", "expected"),
    [("AS_IS", ["5", "-7"], [5, -7]), ("REVERSED", ["5", "-7"], [-5, 7]), ("DIRECTION", ["5", "7"], [5, -7])],
)
def test_signs_as_they_were_chosen(entity: Any, sign: str, amounts: list[str], expected: list[int]) -> None:
    of = importing.layout(sign=sign, inflow="in", outflow="out", columns=importing.COLUMNS | {"direction": 7})
    rows = [[*row(f"R{n}", entity, amount), ("in", "out")[n]] for n, amount in enumerate(amounts)]
    found = importing.committed(
        csv(*rows, header=(*importing.HEADER, "Way")), actor=book.user("TREASURER"), of=of
    )
    versions = ExposureVersion.objects.filter(event=found.commit_event_id).order_by("id")
    assert [version.exposure_amount for version in versions] == expected


def test_a_direction_gives_the_sign_alone(entity: Any) -> None:
    of = importing.layout(
        sign="DIRECTION", inflow="in", outflow="out", columns=importing.COLUMNS | {"direction": 7}
    )
    rows = [[*row("A", entity, "-5"), "out"], [*row("B", entity, "5"), "up"], [*row("C", entity, "5"), ""]]
    found = importing.checked(
        csv(*rows, header=(*importing.HEADER, "Way")), actor=book.user("TREASURER"), of=of
    )
    assert found_wrong(found) == [
        (2, 5, "sign_with_direction"),
        (3, 7, "unknown_direction"),
        (4, 7, "missing"),
    ]


def test_one_value_for_all_rows_decimal_commas_and_days_first(entity: Any) -> None:
    of = importing.layout(
        separator=";", decimal=",", thousands=".", dates="DMY", certainty="PERCENT",
        columns={"reference": 1, "amount": 2, "expected_date": 3, "certainty": 4},
        fixed={"entity": entity.code, "risk": "USDEUR", "kind": "FIRM_COMMITMENT"},
    )  # fmt: skip
    found = importing.committed(
        b"Nr;Betrag;Datum;%\nA;-1.234.567,89;30.4.2027;87,5\n", actor=book.user("TREASURER"), of=of
    )
    version = ExposureVersion.objects.get(event=found.commit_event_id)
    assert (version.exposure_amount, str(version.expected_date)) == (Decimal("-1234567.89"), "2027-04-30")
    assert (version.certainty_ratio, version.kind) == (Decimal("0.875"), "FIRM_COMMITMENT")


def test_a_date_outside_the_window_of_the_book(entity: Any) -> None:
    actor = book.user("TREASURER")
    columns = importing.COLUMNS | {"window_start": 7, "window_end": 8}
    importing.committed(
        csv([*row("A", entity), "2027-04-01", "2027-04-30"], header=(*importing.HEADER, "From", "To")),
        actor=actor, of=importing.layout(columns=columns),
    )  # fmt: skip
    found = importing.checked(csv(row("A", entity, expected="2027-06-01")), actor=actor)
    assert found_wrong(found) == [(2, 6, "date_outside_window")]
    assert "2027-04-01 to 2027-04-30" in ImportProblem.objects.get(exposure_import=found).expected


def test_floating_rate_debt_is_recorded_by_hand() -> None:
    of = book.entity()
    book.risk(
        "EURIBOR3M", kind="RATE_INDEX", base_unit_id="EUR", quote_currency_id="EUR", market_symbol="EURIBOR3M"
    )
    found = importing.checked(csv(row("A", of, "-5", risk="EURIBOR3M")), actor=book.user("TREASURER"))
    assert found_wrong(found) == [(2, 3, "floating_rate_debt")]


def test_what_was_not_said_is_asked_for_and_not_guessed(entity: Any) -> None:
    actor = book.user("TREASURER")
    made = receiving.receive(
        source_system="ERP", name="a.csv", content=csv(row("A", entity)), settings={}, actor=actor
    )
    with pytest.raises(Refusal, match="Say first: reference, entity, kind, amount, expected date, risk or currency, "
                                      "decimal mark, order of dates, sign, date from which it counts"):  # fmt: skip
        checking.check(import_id=made.pk, actor=actor, attempt=made.attempt)
    with pytest.raises(Refusal, match="is none whose exposures you may record"):
        importing.checked(
            csv(row("B", entity)), actor=actor,
            of=importing.layout(fixed={"entity": "NONE"}, columns={**importing.COLUMNS} | {"entity": 0}),
        )  # fmt: skip


def test_a_mapping_is_saved_in_versions_under_its_name(entity: Any) -> None:
    actor = book.user("TREASURER")
    for _ in range(2):
        checking.save_mapping(source_system="ERP", name="Monthly", layout=importing.layout(), actor=actor)
    kept = ImportMapping.objects.order_by("version_number")
    assert [(mapping.version_number, mapping.event.actor) for mapping in kept] == [(1, actor), (2, actor)]


def test_at_most_fifty_cells_at_a_time_and_only_cells_that_there_are(entity: Any) -> None:
    actor = book.user("TREASURER")
    found = importing.checked(csv(row("A", entity, "x")), actor=actor)

    def correct(cells: dict[tuple[int, int], str]) -> None:
        checking.correct(import_id=found.pk, cells=cells, actor=actor, attempt=found.attempt)

    for cells, match in (
        ({}, "No cell"),
        ({(n, 1): "x" for n in range(51)}, "At most 50"),
        ({(9, 5): "1"}, "no cell"),
    ):
        with pytest.raises(Refusal, match=match):
            correct(cells)
    with pytest.raises(Refusal, match="1 cells are wrong"):
        committing.commit(import_id=found.pk, actor=actor, attempt=found.attempt)

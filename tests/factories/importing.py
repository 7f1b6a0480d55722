"""Imports for tests: a table as CSV, how it is read, and the way from the file to the book."""

from typing import Any

from exposures.domain.importing import checking, committing, receiving
from exposures.domain.importing.layout import Layout
from exposures.models import Import
from tests.factories import book

HEADER = ("Ref", "Entity", "Risk", "Kind", "Amount", "Expected")
COLUMNS = {"reference": 1, "entity": 2, "risk": 3, "kind": 4, "amount": 5, "expected_date": 6}


def layout(**changes: Any) -> Layout:
    """A CSV in UTF-8 with commas, points and ISO dates, whose columns are those of HEADER."""
    values = {
        "encoding": "utf-8", "separator": ",", "decimal": ".", "dates": "ISO", "sign": "AS_IS",
        "valid_from": book.START.isoformat(), "columns": COLUMNS,
    }  # fmt: skip
    return Layout(**(values | changes))


def row(reference: str, entity: Any, amount: str = "1000000", **changes: str) -> list[str]:
    values = {"risk": "USDEUR", "kind": "FORECAST", "expected": "2027-04-30"} | changes
    code = entity if isinstance(entity, str) else entity.code
    return [reference, code, values["risk"], values["kind"], amount, values["expected"]]


def csv(*rows: list[str], header: Any = HEADER) -> bytes:
    return "".join(f"{','.join(cells)}\n" for cells in (header, *rows) if cells).encode()


def checked(
    content: bytes, *, actor: Any, source: str = "ERP", name: str = "book.csv", of: Layout | None = None
) -> Import:
    """A file that came in, was described and checked."""
    found = receiving.receive(
        source_system=source, name=name, content=content, settings=(of or layout()).as_json(), actor=actor
    )
    return checking.check(import_id=found.pk, actor=actor, attempt=found.attempt)


def committed(content: bytes, *, actor: Any, **more: Any) -> Import:
    found = checked(content, actor=actor, **more)
    committing.commit(import_id=found.pk, actor=actor, attempt=found.attempt)
    found.refresh_from_db()
    return found

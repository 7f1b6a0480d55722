"""The fields of an exposure in bulk, by the names that the API reads them under, and how a check calls them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from exposures.domain.importing.layout import Layout
from exposures.enums import ExposureKind, ExposureStatus
from treasury.domain.bulk.rows import Field

FIELDS = (
    Field("external_reference", "By which the source knows the exposure.", required=True, example="SO-10023"),
    Field("entity", "Code of the entity.", required=True, example="DE01"),
    Field("risk", "Code of the risk; or else its currency for all rows.", example="USDEUR"),
    Field("kind", "How sure it is.", required=True, choices=tuple(ExposureKind.values), example="FIRM_COMMITMENT"),
    Field("exposure_amount", "Signed in the unit of the risk: an inflow is +.", "decimal", True, example="250000.00"),
    Field("exposure_currency", "Currency or unit of the amount; without a risk, against the entity's own.",
          example="USD"),
    Field("expected_date", "When it is expected.", "date", True, example="2027-03-31"),
    Field("window_start", "First day of a window, if it has one.", "date"),
    Field("window_end", "Last day of the window.", "date"),
    Field("certainty_ratio", "Share of certainty, 0 to 1.", "number", example=0.9),
    Field("status", "Its state.", choices=tuple(ExposureStatus.values), example="OPEN"),
    Field("description", "What it is for.", example="Order of a customer"),
)  # fmt: skip
#: Name in the API -> name in a check of the rows of a file.
TARGETS = {
    "external_reference": "reference", "exposure_amount": "amount", "exposure_currency": "currency",
    "certainty_ratio": "certainty",
} | {one.name: one.name for one in FIELDS if one.name in (
    "entity", "risk", "kind", "expected_date", "window_start", "window_end", "status", "description"
)}  # fmt: skip
NAMES = {target: name for name, target in TARGETS.items()}


def layout(names: Sequence[str], valid_from: date) -> Layout:
    """How such rows are read: nothing of it is to choose."""
    columns = {TARGETS[name]: at for at, name in enumerate(names, 1)}
    return Layout(
        encoding="utf-8", separator=",", header_row=1, decimal=".", dates="ISO", sign="AS_IS", certainty="FRACTION",
        valid_from=valid_from.isoformat(), columns=columns, names={TARGETS[name]: name for name in names},
    )  # fmt: skip

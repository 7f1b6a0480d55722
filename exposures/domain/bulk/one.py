"""One exposure by its fields, held against the very checks of a row in bulk or of a file before it is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from exposures.domain import recording
from exposures.domain.bulk import checking
from exposures.domain.bulk.fields import FIELDS, NAMES
from exposures.enums import ExposureStatus
from exposures.models import Exposure, ExposureVersion
from treasury.domain.bulk.rows import RowProblem, Rows
from treasury.kernel.errors import HedgebookError

#: What a floating-rate debt has besides.
OF_DEBT = ("start_date", "payment_months", "spread_rate")


class FieldsRefused(HedgebookError):
    """Fields of the exposure are wrong; each says what was expected."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__("; ".join(f"{one.field}: expected {one.expected}" for one in problems))
        self.problems = problems


def record(
    *, told: Mapping[str, Any], source_system: str, valid_from: date, actor: Any, reason: str = ""
) -> ExposureVersion:
    """`told`: the fields of `FIELDS` and `OF_DEBT`, None where not given. Raises FieldsRefused, and Refusal for a
    reference that is there already."""
    given = {
        one.name: _text(told[one.name]) for one in FIELDS if told.get(one.name) is not None or one.required
    }
    rows = Rows(tuple(given), [list(given.values())], [0], count=1)
    checked = checking.held(rows, valid_from=valid_from, actor=actor).checked
    assert checked is not None
    found = checked.problems
    if found.row_numbers:
        problems = [
            RowProblem(NAMES.get(field, field), code, expected, got)
            for field, code, expected, got in zip(
                found.fields, found.codes, found.expected, found.values, strict=True
            )
        ]
        raise FieldsRefused(problems)
    terms = {
        name: told.get(name)
        for name in ("kind", "exposure_amount", "expected_date", "window_start", "window_end")
    }
    version = ExposureVersion(
        **terms, **{name: told.get(name) for name in OF_DEBT}, valid_from=valid_from, change_reason=reason,
        risk_id=int(checked.ids["risk"][0]), exposure_currency_id=checked.units["unit"][0],
        certainty_ratio=Decimal(1) if told.get("certainty_ratio") is None else told["certainty_ratio"],
        status=told.get("status") or ExposureStatus.OPEN, description=told.get("description") or "",
    )  # fmt: skip
    identity = Exposure(
        entity_id=int(checked.ids["entity"][0]), source_system=source_system.strip(),
        external_reference=given["external_reference"].strip(),
    )  # fmt: skip
    return recording.record(exposures=[(identity, version)], actor=actor, reason=reason)[0]


def _text(value: Any) -> str:
    return format(value, "f") if isinstance(value, Decimal) else "" if value is None else str(value)

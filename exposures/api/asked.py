"""What writes of exposures are told, and how it is looked up: the exposure, its unit and side, its first day."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rest_framework.response import Response

from exposures.api.exposure_versions import DecidedExposureVersionSerializer, MadeVersionSerializer
from exposures.models import Exposure, ExposureVersion
from exposures.queries import exposures
from exposures.queries.standing import today
from treasury.api import rows
from treasury.api.bodies import Body, Input, body, refuse_scale
from treasury.api.links import Made
from treasury.api.problems import problem
from treasury.api.writing import Action, address, seen
from treasury.domain.bulk.rows import RowProblem
from treasury.kernel.errors import InputError, shown
from treasury.queries.access import WRITERS

VALID_FROM = Input("valid_from", "First business date on which it counts; not given: today, where the entity is.",
                   "date", False)  # fmt: skip
REASON = Input("reason", "Why; stays with the version.")
DAY = {"valid_from": "2026-11-02"}


def changed(*fields: Input, example: dict[str, Any]) -> Body:
    return body(*fields, VALID_FROM, REASON, example=example | DAY)


def amount(needed: bool, meaning: str = "Signed: an inflow is +; not given: as it is.") -> Input:
    return Input("exposure_amount", meaning, "amount", needed)


class OfExposure(Action):
    """A change of one exposure, which waits for another person."""

    roles = WRITERS
    response_schema: Any = MadeVersionSerializer
    makes = Made("exposure-versions")

    def found(self, where: dict[str, Any]) -> Exposure:
        return seen(exposures.things(self.request.user).filter(pk=where["key"]))

    def day(self, subject: Exposure, told: dict[str, Any]) -> date:
        return told.get("valid_from") or today(subject.entity_id)

    def recorded(self, versions: Sequence[ExposureVersion]) -> Response:
        """The exposure's own version, with those that were made with it."""
        found = exposures.all_versions(self.request.user).filter(pk__in=[version.pk for version in versions])
        by_key = {row["id"]: row for row in rows.read(DecidedExposureVersionSerializer, found)}
        first, *others = (by_key[version.pk] for version in versions)
        return self.made(first | {"together": others}, address=address("exposure-versions", first["id"]))


def unit_of(subject: Exposure) -> str:
    """The unit that its newest version is counted in."""
    newest = ExposureVersion.objects.filter(exposure=subject).order_by("-version_number")
    return newest.values_list("exposure_currency_id", flat=True)[0]


def exact(subject: Exposure, told: Decimal | None, path: str = "exposure_amount") -> Decimal | None:
    if told is not None:
        refuse_scale(told, unit_of(subject), path)
    return told


def size(subject: Exposure, told: Decimal, path: str) -> Decimal:
    """A part's amount without its sign, which has to be that of the exposure."""
    newest = ExposureVersion.objects.filter(exposure=subject).order_by("-version_number")
    whole, unit = newest.values_list("exposure_amount", "exposure_currency_id")[0]
    refuse_scale(told, unit, path)
    if told * whole <= 0:
        raise InputError(
            path, f"an amount with the sign of the exposure, {'+' if whole > 0 else '-'}", got=shown(told)
        )
    return abs(told)


def refused(problems: Sequence[RowProblem]) -> Response:
    """Every wrong field at once."""
    errors = [
        {"field": one.field, "code": one.code, "expected": one.expected, "got": one.got, "index": None}
        for one in problems
    ]
    first = problems[0]
    more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
    return problem(400, "invalid_input", f"{first.field}: expected {first.expected}{more}", errors=errors)

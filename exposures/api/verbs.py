"""The life of an exposure: each change is a new version with its reason and waits for another person."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from rest_framework.response import Response

from exposures.api.asked import OfExposure, amount, changed, exact, size
from exposures.domain import lifecycle, splitting, undoing
from exposures.domain.lifecycle import LADDER, RECOGNISE
from exposures.domain.next_version import Change
from exposures.domain.splitting import Part, Split
from exposures.enums import ExposureKind
from exposures.models import Exposure, ExposureVersion
from treasury.api.bodies import Body, Input, body
from treasury.kernel.errors import InputError

_EXPECTED = Input("expected_date", "When it is expected; not given: as it is.", "date", False)
_CERTAINTY = Input("certainty_ratio", "Share of certainty, 0 to 1.", "share", False)
_DESCRIPTION = Input(
    "description", "What it is for; not given: as it is.", required=False, limit=120, blank=True
)
_WINDOW = ("window_start", "window_end")
_PART = body(
    Input("exposure_amount", "Of the part, with the sign of the exposure.", "amount"),
    Input("external_reference", "Not given: that of the exposure with a number.", required=False, limit=60),
    _EXPECTED,
    _DESCRIPTION,
)
_PART_EXAMPLE = {"exposure_amount": "100000.00", "expected_date": "2027-02-26"}
_SAID = {"reason": "The customer said so."}


class _Change(OfExposure):
    domain: ClassVar[Callable[..., list[ExposureVersion]]]

    def terms(self, subject: Exposure, told: dict[str, Any]) -> dict[str, Any]:
        """What becomes other; a field that was not given stays."""
        exact(subject, told.get("exposure_amount"))
        return {
            name: value
            for name, value in told.items()
            if value is not None and name not in ("valid_from", "reason")
        }

    def act(self, subject: Exposure, told: dict[str, Any]) -> Response:
        change = Change(subject.pk, self.day(subject, told), self.terms(subject, told))
        return self.recorded(
            type(self).domain(changes=[change], actor=self.request.user, reason=told["reason"])
        )


class Amend(_Change):
    """Changes amount, day, window, certainty or description; the only change that may build on a version that waits."""

    operation = "exposures_amend"
    domain = staticmethod(lifecycle.amend)
    body: Body = changed(
        amount(False), _EXPECTED, _CERTAINTY, _DESCRIPTION,
        Input("window_start", "First day of its window, with `window_end`.", "date", False),
        Input("window_end", "Last day of its window.", "date", False),
        Input("without_window", "true: it has no window any more.", "boolean", False),
        Input("start_date", "Of floating-rate debt: drawn on.", "date", False),
        Input("payment_months", "Of floating-rate debt: months between payments.", "number", False, limit=12),
        Input("spread_rate", "Of floating-rate debt: over the index, a year.", "rate", False),
        example={"exposure_amount": "275000.00", "reason": "The order has grown."},
    )  # fmt: skip

    def terms(self, subject: Exposure, told: dict[str, Any]) -> dict[str, Any]:
        found = super().terms(subject, told)
        if found.pop("without_window", False):
            if set(found) & set(_WINDOW):
                raise InputError("without_window", "a window or none, not both")
            found |= dict.fromkeys(_WINDOW)
        if not found:
            raise InputError("document", "a field besides valid_from and reason: what is amended")
        return found


class Confirm(_Change):
    """Moves it on in its life: forecast, highly probable, firm, recognised (an asset or a liability by its side)."""

    operation = "exposures_confirm"
    domain = staticmethod(lifecycle.confirm)
    body: Body = changed(
        Input("kind", "What it is now.", "choice", choices=(*(str(kind) for kind in LADDER[1:3]), RECOGNISE)),
        amount(False), _EXPECTED, _CERTAINTY,
        example={"kind": ExposureKind.FIRM_COMMITMENT.value, "exposure_amount": "260000.00", "reason": "Ordered."},
    )  # fmt: skip


class Lower(_Change):
    """A highly probable forecast is a forecast again, which cannot be designated (IFRS 9 6.3.3)."""

    operation = "exposures_lower"
    domain = staticmethod(lifecycle.lower)
    body: Body = changed(example=_SAID)


class Settle(_Change):
    """Settled as a whole, at the amount that came; nothing more comes."""

    operation = "exposures_settle"
    domain = staticmethod(lifecycle.settle)
    body: Body = changed(
        amount(False, "What came, signed; not given: what was expected."),
        example={"exposure_amount": "249500.00", "reason": "Paid on the day."},
    )


class Cancel(_Change):
    """It will not happen."""

    operation = "exposures_cancel"
    domain = staticmethod(lifecycle.cancel)
    body: Body = changed(example={"reason": "The customer has cancelled the order."})


class NoLongerExpected(_Change):
    """A forecast that is not counted any more, though it may still happen (IFRS 9 6.5.12(b), ASC 815-30-40-5)."""

    operation = "exposures_no_longer_expected"
    domain = staticmethod(lifecycle.no_longer_expected)
    body: Body = changed(example={"reason": "The plant is not built this year."})


class Undo(_Change):
    """Takes back the last approved change: a new version with the terms of before. A split is taken back as a whole."""

    operation = "exposures_undo"
    domain = staticmethod(undoing.undo)
    body: Body = body(
        changed(example={}).names["reason"], example={"reason": "It was entered for another order."}
    )


class _Parts(OfExposure):
    domain: ClassVar[Callable[..., list[ExposureVersion]]]

    def parts(self, subject: Exposure, told: dict[str, Any]) -> Sequence[Part]:
        raise NotImplementedError

    def act(self, subject: Exposure, told: dict[str, Any]) -> Response:
        asked = Split(subject.pk, self.day(subject, told), self.parts(subject, told))
        return self.recorded(
            type(self).domain(splits=[asked], actor=self.request.user, reason=told["reason"])
        )


class SplitExposure(_Parts):
    """Splits off parts, each an exposure of its own; what is left stays, with what is hedged of it. Exposure and
    parts are decided on together."""

    operation = "exposures_split"
    domain = staticmethod(splitting.split)
    body: Body = changed(
        Input("parts", "What is split off; less than the whole.", "array", of=_PART),
        example={"parts": [_PART_EXAMPLE], "reason": "Two deliveries."},
    )

    def parts(self, subject: Exposure, told: dict[str, Any]) -> list[Part]:
        return [
            _part(subject, part, f"parts[{place}].exposure_amount")
            for place, part in enumerate(told["parts"])
        ]


class SettlePart(_Parts):
    """A part has come and the rest stays open: the part is split off as settled."""

    operation = "exposures_settle_part"
    domain = staticmethod(splitting.settle_part)
    body: Body = changed(*_PART.fields, example=_PART_EXAMPLE | {"reason": "The first instalment."})

    def parts(self, subject: Exposure, told: dict[str, Any]) -> list[Part]:
        return [_part(subject, told, "exposure_amount")]


def _part(subject: Exposure, told: dict[str, Any], path: str) -> Part:
    return Part(
        size=size(subject, told["exposure_amount"], path), reference=told["external_reference"] or "",
        expected_date=told["expected_date"], description=told["description"],
    )  # fmt: skip

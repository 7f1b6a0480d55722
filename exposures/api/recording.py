"""Recording one exposure, as the form does."""

from typing import Any

from django.http import Http404
from rest_framework.response import Response

from exposures.api.asked import DAY, VALID_FROM, OfExposure, refused
from exposures.domain.bulk import one
from exposures.enums import ExposureKind, ExposureStatus
from exposures.queries.standing import today
from treasury.api.bodies import Body, Input, body, choices
from treasury.queries import access

#: The longest source and reference that the book keeps.
SOURCE = Input("source_system", "The system that the reference belongs to.", limit=20)
RECORDED = body(
    SOURCE,
    Input("external_reference", "By which the source knows it; one exposure a reference.", limit=60),
    Input("entity", "Code of the entity.", limit=20),
    Input("risk", "Code of the risk.", required=False, limit=20),
    Input("exposure_currency", "Its currency or unit; without a risk, against the entity's own currency.",
          required=False, limit=6),
    Input("kind", "How sure it is.", "choice", choices=choices(ExposureKind)),
    Input("exposure_amount", "Signed: an inflow is +.", "amount"),
    Input("expected_date", "When it is expected; of a debt its maturity.", "date"),
    Input("window_start", "First day of a window, if it has one.", "date", False),
    Input("window_end", "Last day of the window.", "date", False),
    Input("certainty_ratio", "Share of certainty, 0 to 1; not given: 1.", "share", False),
    Input("status", "Its state.", "choice", False, choices(ExposureStatus), default=ExposureStatus.OPEN.value),
    Input("description", "What it is for.", required=False, limit=120, blank=True, default=""),
    Input("start_date", "Of floating-rate debt: drawn on.", "date", False),
    Input("payment_months", "Of floating-rate debt: months between payments.", "number", False, limit=12),
    Input("spread_rate", "Of floating-rate debt: over the index, a year.", "rate", False),
    VALID_FROM,
    Input("reason", "Why; stays with the version.", required=False, blank=True, default=""),
    example={
        "source_system": "ERP", "external_reference": "SO-10023", "entity": "DE01", "risk": "USDEUR",
        "kind": "FIRM_COMMITMENT", "exposure_amount": "250000.00", "expected_date": "2027-03-31",
        "description": "Order of a customer", "reason": "Signed on 30 October.",
    } | DAY,
)  # fmt: skip


class RecordExposure(OfExposure):
    """Records an exposure with its first version, which waits for another person. Wrong fields are 400, all at once and
    by the checks of an imported row; a reference that is there already is 409: amend it, or send rows in bulk."""

    operation = "exposures_record"
    body: Body = RECORDED

    def found(self, where: dict[str, Any]) -> None:
        return None

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        entity = access.visible_entities(self.request.user).filter(code=told["entity"]).first()
        if entity is None:
            raise Http404
        self.may_at(entity.pk)
        try:
            version = one.record(
                told=told, source_system=told["source_system"], actor=self.request.user, reason=told["reason"],
                valid_from=told["valid_from"] or today(entity.pk),
            )  # fmt: skip
        except one.FieldsRefused as wrong:
            return refused(wrong.problems)
        return self.recorded([version])

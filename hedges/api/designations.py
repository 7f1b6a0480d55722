"""Designating a hedge: one call is one relationship with its file, what it takes and its test at inception."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.response import Response

from hedges.api import asked
from hedges.api.assessments import TestNumbers
from hedges.api.relationship_versions import DecidedVersionDetailSerializer, RelationshipVersions
from hedges.domain import designation, rehearsal
from hedges.domain.designation import Designation
from hedges.enums import (
    AssessmentMethod,
    ChangeKind,
    CostRelation,
    DesignatedComponent,
    ExcludedTreatment,
    HedgeType,
    ReleasePattern,
    ReportingScope,
)
from hedges.models import HedgeRelationship, HedgeRelationshipVersion, InceptionFile
from hedges.models.inception_file import TEXTS
from hedges.queries import accounted
from treasury.api.bodies import Body, Input, body, choices
from treasury.api.links import Made
from treasury.api.writing import PREPARERS, Action, address, read_back
from treasury.enums import AccountingFramework, TokenScope
from treasury.kernel.errors import InputError, shown
from treasury.models import Risk
from treasury.queries import reference

_DESCRIBED = {
    "instrument_description": "The hedging instrument, or the part of it.",
    "item_description": "The hedged item, or the part or layer of it.",
    "risk_description": "The nature of the risk being hedged.",
    "assessment_description": "How effectiveness is assessed: method, frequency, data.",
    "hedge_ratio_description": "How the hedge ratio is set.",
    "strategy": "The risk management strategy that the hedge belongs to.",
}
FILE = body(
    *[Input(name, _DESCRIBED[name], required=False, limit=2000, blank=True, default="") for name in TEXTS],
    Input("release_pattern", "How the reserve leaves equity.", "choice", False, choices(ReleasePattern)),
    Input(
        "reporting_scope", "Statements that the hedge is accounted for in.", "choice", False,
        choices(ReportingScope), default=ReportingScope.CONSOLIDATED.value,
    ),
    Input(
        "excluded_treatment", "What becomes of the part that is not designated; left out: nothing is excluded.",
        "choice", False, choices(ExcludedTreatment),
    ),
    Input("basis_excluded", "The currency basis is not designated.", "boolean", False, default=False),
    Input("cost_relation", "What a deferred cost is related to.", "choice", False, choices(CostRelation)),
    Input(
        "keeps_basis_in_reserve", "No basis adjustment: the reserve waits for the item.", "boolean", False,
        default=False,
    ),
    Input(
        "earnings_lag_days", "Days from the item's date to profit or loss.", "number", False, limit=32_767,
        default=0,
    ),
    Input("spot_is_discounted", "The designated spot element is discounted.", "boolean", False, default=False),
    Input(
        "qualitative_after_inception", "ASC 815 only: a person states each quarter that facts have not changed.",
        "boolean", False, default=False,
    ),
)  # fmt: skip
EXAMPLE = {
    "entity": "US01", "code": "HR-US01-7", "hedge_type": "CASH_FLOW", "risk": "USDEUR",
    "designated_component": "WHOLE", "designation_date": "2026-10-30", "hedge_end_date": "2027-04-30",
    "designated_hedge_ratio": 1, "assessment_method": "REGRESSION", "objective": "Fix the euros of the sale.",
    "rationale": "The same dollars on the same date.", "ineffectiveness_sources": "Credit risk; a shift of the date.",
    "items": [{"exposure": 17, "amount": "600000.00"}],
    "instruments": [{"instrument": 23, "amount": "-600000.00"}],
    "file": dict.fromkeys(TEXTS, "…") | {"release_pattern": "WITH_ITEM"},
}  # fmt: skip
DESIGNATION = body(
    Input("entity", "Code of the entity.", limit=100),
    Input("code", "Of the relationship, its own.", limit=24),
    Input("parallel_of", "Id of the same hedge under its first framework.", "key", False),
    Input("hedge_type", "ECONOMIC: no hedge accounting.", "choice", choices=choices(HedgeType)),
    Input("framework", "Without it the entity's.", "choice", False, choices(AccountingFramework)),
    Input("risk", "Code of the hedged item's risk.", limit=100),
    Input("designated_component", "Of the instruments.", "choice", choices=choices(DesignatedComponent)),
    Input("designation_date", "Hedge accounting begins then, or on the day of this call if later.", "date"),
    Input("hedge_end_date", "Last day of the hedged period.", "date"),
    Input("designated_hedge_ratio", "Instrument units per item unit.", "ratio"),
    Input(
        "assessment_method", "The documented one; it decides.", "choice", choices=choices(AssessmentMethod)
    ),
    Input("objective", "The risk management objective.", required=False, blank=True, default=""),
    Input("rationale", "Why the two offset.", required=False, blank=True, default=""),
    Input("ineffectiveness_sources", "What may make it ineffective.", required=False, blank=True, default=""),
    Input("late_reason", "Why a designation date before today is documented only now.", required=False),
    Input("reason", "Goes into the audit event.", required=False, blank=True, default=""),
    asked.part_of("exposure"),
    asked.part_of("instrument"),
    Input("file", "The inception file; an economic hedge has none.", "object", False, of=FILE),
    example=EXAMPLE,
)
_OF_VERSION = (
    "hedge_type", "designated_component", "designation_date", "hedge_end_date", "designated_hedge_ratio",
    "assessment_method", "objective", "rationale", "ineffectiveness_sources", "late_reason",
)  # fmt: skip


class DesignationPreviewSerializer(serializers.Serializer):
    """Each test at inception that the designation would have."""

    tests = TestNumbers(many=True)


class _Designating(Action):
    token_scope = TokenScope.ACCOUNTING
    roles = PREPARERS
    body: Body = DESIGNATION

    def draft(self, told: dict[str, Any]) -> Designation:
        """Unsaved. Raises Http404 for an entity, relationship, exposure or instrument that is not there to see."""
        user = self.request.user
        entity = accounted.visible_entity(user, told["entity"])
        if entity is None:
            raise Http404
        self.may_at(entity.pk)
        first = None
        if told["parallel_of"] is not None:
            first = accounted.relationships(user).filter(pk=told["parallel_of"]).first()
            if first is None:
                raise Http404
        version = HedgeRelationshipVersion(
            valid_from=told["designation_date"], risk=_risk(told["risk"]), change_kind=ChangeKind.DESIGNATION,
            framework=told["framework"] or entity.accounting_framework,
            **{name: told[name] for name in _OF_VERSION},
        )  # fmt: skip
        return Designation(
            relationship=HedgeRelationship(entity=entity, code=told["code"], parallel_of=first),
            version=version,
            items=asked.parts(user, "exposure", told["items"], "items"),
            instruments=asked.parts(user, "instrument", told["instruments"], "instruments"),
            file=_file(told["file"]),
        )


class Designate(_Designating):
    """Designates a hedge: documentation, version, units and test at inception in one piece, or nothing. It waits for
    another person's approval; its code makes it one, however often it is sent."""

    operation = "hedge_relationships_designate"
    response_schema = DecidedVersionDetailSerializer
    makes = Made("hedge-relationship-versions")

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        made = designation.designate(
            designations=[self.draft(told)], actor=self.request.user, reason=told["reason"]
        )[0]
        row = read_back(RelationshipVersions, self.request.user, made.pk)
        return self.made(row, address=address("hedge-relationship-versions", made.pk))


class PreviewDesignation(_Designating):
    """The tests that the designation would have at its inception, or what it lacks (409). Nothing is saved."""

    operation = "hedge_relationships_designate_preview"
    response_schema = DesignationPreviewSerializer
    status_code = 200
    saves = False

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        found = rehearsal.rehearse(designation=self.draft(told), actor=self.request.user)
        names = tuple(TestNumbers().fields)
        return self.made({"tests": [{name: row[name] for name in names} for row in found]})


def _risk(code: str) -> Risk:
    found = reference.risks().filter(code=code).first()
    if found is None:
        raise InputError("risk", "the code of a risk", got=shown(code))
    return found


def _file(told: dict[str, Any] | None) -> InceptionFile | None:
    if told is None:
        return None
    return InceptionFile(**told | {"release_pattern": told["release_pattern"] or ""})

"""From the form of a designation to what the domain is asked: the relationship, its file, and what it takes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.http import QueryDict

from hedges.domain.designation import Designation
from hedges.domain.parts import Part
from hedges.enums import ChangeKind, HedgeType
from hedges.models import HedgeRelationshipVersion, InceptionFile
from hedges.models.inception_file import TEXTS
from hedges.queries import candidates
from hedges.web.forms import defaults
from hedges.web.forms.designation import DesignationForm
from treasury.kernel.money import to_minor_units

ELECTIONS = (
    "reporting_scope",
    "release_pattern",
    "basis_excluded",
    "keeps_basis_in_reserve",
    "spot_is_discounted",
    "qualitative_after_inception",
)
OF_VERSION = (
    "designated_hedge_ratio", "assessment_method", "objective", "rationale", "ineffectiveness_sources",
)  # fmt: skip
DESCRIBED = {"item": "item_description", "instrument": "instrument_description"}


def draft(basis: dict, form: DesignationForm, *, entity_id: int, parallel_of: int | None) -> Designation:
    """Unsaved. The relationship's code is unique, so that a form that is sent twice makes one relationship."""
    told = form.cleaned_data
    economic = basis["hedge_type"] == HedgeType.ECONOMIC
    file = None if economic else _file(told)
    version = HedgeRelationshipVersion(
        valid_from=basis["designation_date"], hedge_type=basis["hedge_type"], framework=basis["framework"],
        risk_id=candidates.risk_id(basis["risk"]), designated_component=basis["component"],
        designation_date=basis["designation_date"], hedge_end_date=basis["hedge_end_date"],
        late_reason=told["late_reason"] or None, change_kind=ChangeKind.DESIGNATION,
        **{name: told[name] for name in OF_VERSION},
    )  # fmt: skip
    return Designation(
        relationship=candidates.unsaved_relationship(entity_id, told["code"], parallel_of),
        version=version,
        items=_parts(form, "item"),
        instruments=_parts(form, "instrument"),
        file=file,
    )


def _file(told: dict) -> InceptionFile:
    return InceptionFile(
        excluded_treatment=told["excluded_treatment"] or None,
        cost_relation=told["cost_relation"] or None,
        earnings_lag_days=told["earnings_lag_days"] or 0,
        **{name: told[name] for name in (*ELECTIONS, *TEXTS)},
    )


def _parts(form: DesignationForm, kind: str) -> list[Part]:
    chosen = form.chosen(kind)
    versions = candidates.versions(kind, [one.row["id"] for one in chosen])
    return [
        Part(
            versions[one.row["id"]],
            amount=one.amount,
            unit_from=None if one.layer is None else abs(to_minor_units(Decimal(one.layer), one.row["unit"])),
            period_from=one.since,
            period_to=one.until + timedelta(days=1) if one.until else None,
        )
        for one in chosen
    ]


def as_sent(post: QueryDict, form_of) -> QueryDict:
    """What was sent, with a description of items and instruments proposed where there is none."""
    told = post.copy()
    form = form_of(told)
    form.is_valid()
    for kind, name in DESCRIBED.items():
        if not told.get(name, "").strip():
            told[name] = defaults.described(form.chosen(kind))
    return told


def pairs(form: DesignationForm, kind: str, basis: dict) -> list[dict]:
    """What was chosen as the page of a relationship shows it, so that terms stand side by side before."""
    return [
        {
            "risk_code": one.row["risk_code"], "unit": one.row["unit"], "kind": one.row["kind"],
            "due": one.row["due"], "designated_amount": one.amount, "period_from": basis["designation_date"],
            "period_to": date.max,
        }
        for one in form.chosen(kind)
    ]  # fmt: skip

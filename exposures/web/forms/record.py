"""A new exposure, in the order of speech: who expects to receive or pay how much of what, when, and how sure it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from exposures.domain.lifecycle import recognised_kind
from exposures.enums import ExposureKind
from exposures.web.forms.fields import (
    ShareField,
    SizeField,
    WhenField,
    drawn_on,
    months_between,
    read_days,
    spread_a_year,
)
from treasury.enums import RiskKind
from treasury.web import words
from treasury.web.forms import DeskForm

INFLOW, OUTFLOW = "IN", "OUT"
SIDES = ((INFLOW, "receives, is long"), (OUTFLOW, "pays, is short"))
#: One choice for both: the side says which.
RECOGNISED = "RECOGNISED"
KINDS = (
    *((kind.value, words.label(kind.value)) for kind in (ExposureKind.HIGHLY_PROBABLE_FORECAST, ExposureKind.FORECAST,
                                                         ExposureKind.FIRM_COMMITMENT)),
    (RECOGNISED, "Recognised in the books"),
    (ExposureKind.NET_INVESTMENT.value, words.label(ExposureKind.NET_INVESTMENT.value)),
)  # fmt: skip


class RecordForm(DeskForm):
    SECTIONS = (
        ("What", "", ("entity", "side", "size", "risk", "expected_date", "kind", "certainty_ratio")),
        ("Which", "", ("external_reference", "description", "valid_from", "reason")),
        (
            "A window instead of a day",
            "Where the flow comes some day between two days; the expected day lies between them.",
            ("window_start", "window_end"),
        ),
        (
            "Floating-rate debt",
            "Only for debt whose interest is hedged: the expected day is its maturity.",
            ("start_date", "payment_months", "spread"),
        ),
    )
    entity = forms.ChoiceField(label="Entity")
    side = forms.ChoiceField(label="In or out", choices=SIDES)
    size = SizeField(label="Amount", help_text="5m, 250k or 1,250,000.00, in the unit of the risk.")
    risk = forms.ChoiceField(label="Risk")
    expected_date = WhenField(label="Expected", help_text="A day, or a time from today: 3M, 2W, spot+2.")
    kind = forms.ChoiceField(label="How sure it is", choices=KINDS)
    certainty_ratio = ShareField(label="Certainty in %", required=False, help_text="Empty: 100.")
    external_reference = forms.CharField(
        label="Reference", max_length=60, required=False, help_text="Empty: the next number of the entity."
    )
    description = forms.CharField(label="What it is for", max_length=120, required=False)
    valid_from = WhenField(label="Counts from")
    reason = forms.CharField(label="Note", max_length=400, required=False)
    window_start = WhenField(label="Window from", required=False)
    window_end = WhenField(label="Window to", required=False)
    start_date = drawn_on()
    payment_months = months_between()
    spread = spread_a_year()

    def __init__(
        self, *arguments: object, entities: list[dict], risks: list[dict], today: date, **options: object
    ) -> None:
        super().__init__(*arguments, **options)
        self.today = today
        self.risks = {row["code"]: row for row in risks}
        self.fields["entity"].choices = [(row["code"], f"{row['code']} {row['name']}") for row in entities]
        self.fields["risk"].choices = [
            (row["code"], f"{row['code']}, in {row['base_unit_id']}") for row in risks
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        risk = self.risks.get(cleaned.get("risk", ""))
        read_days(self, business_date=self.today, currencies=paid_in(risk) if risk else ())
        if bool(cleaned.get("window_start")) != bool(cleaned.get("window_end")):
            self.add_error("window_end", "A window has both ends; give the other one, or leave both empty.")
        return cleaned

    @property
    def terms(self) -> dict[str, Any]:
        """The terms of the first version."""
        told, risk = self.cleaned_data, self.risks[self.cleaned_data["risk"]]
        amount = told["size"] if told["side"] == INFLOW else -told["size"]
        kind = recognised_kind(amount) if told["kind"] == RECOGNISED else told["kind"]
        share = told["certainty_ratio"]
        return {
            "risk_id": risk["id"], "exposure_currency_id": risk["base_unit_id"], "kind": kind,
            "exposure_amount": amount,
            "certainty_ratio": Decimal(1) if share is None else share,
            "spread_rate": None if told["spread"] is None else told["spread"] / 100,
        } | {name: told[name] for name in ("expected_date", "description", "valid_from", "window_start", "window_end",
                                           "start_date", "payment_months")}  # fmt: skip


def paid_in(risk: dict[str, Any]) -> tuple[str, ...]:
    """The currencies whose days off count; none for a quantity."""
    if risk["kind"] == RiskKind.CURRENCY_PAIR:
        return (risk["base_unit_id"], risk["quote_currency_id"])
    return (risk["quote_currency_id"],)

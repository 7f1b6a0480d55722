"""The forms of an exposure's life: each begins with what stands and asks for what changes, the day and the reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from exposures.domain.lifecycle import LADDER, RECOGNISE, RECOGNISED, recognised_kind
from exposures.web.forms.fields import (
    ShareField,
    SizeField,
    WhenField,
    drawn_on,
    months_between,
    read_days,
    spread_a_year,
)
from exposures.web.forms.record import paid_in
from treasury.enums import RiskKind
from treasury.kernel.money import plain
from treasury.web import words
from treasury.web.forms import DeskForm

REST_OPEN, REST_NONE = "OPEN", "NONE"
DEBT = ("start_date", "payment_months", "spread")


class ChangeForm(DeskForm):
    """`version_number` is the newest one that the person saw when the form was opened."""

    version_number = forms.IntegerField(widget=forms.HiddenInput)
    valid_from = WhenField(label="Counts from")
    reason = forms.CharField(label="Reason", max_length=400, help_text="Needed: it stands in the change log.")
    field_order = ()

    def __init__(self, *arguments: object, standing: dict[str, Any], today: date, **options: Any) -> None:
        self.standing, self.today = standing, today
        super().__init__(*arguments, **(options | {"initial": self.proposed() | options.get("initial", {})}))
        self.order_fields(self.field_order)

    def proposed(self) -> dict[str, Any]:
        return {"version_number": self.standing["version_number"], "valid_from": self.today}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        read_days(self, business_date=self.today, currencies=paid_in(self.standing["risk"]))
        return cleaned

    def signed(self, size: Decimal) -> Decimal:
        return size if self.standing["exposure_amount"] > 0 else -size

    @property
    def terms(self) -> dict[str, Any]:
        return {}


class AmendForm(ChangeForm):
    """Debt whose interest is at risk has the terms of its interest too."""

    size = SizeField(label="Amount")
    expected_date = WhenField(label="Expected")
    certainty_ratio = ShareField(label="Certainty in %", required=False)
    description = forms.CharField(label="What it is for", max_length=120, required=False)
    window_start = WhenField(label="Window from", required=False)
    window_end = WhenField(label="Window to", required=False)
    start_date = drawn_on()
    payment_months = months_between()
    spread = spread_a_year()
    field_order = ("size", "expected_date", "certainty_ratio", "description", "window_start", "window_end",
                   "start_date", "payment_months", "spread", "valid_from", "reason")  # fmt: skip

    def __init__(self, *arguments: object, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not self.is_debt:
            for name in DEBT:
                del self.fields[name]

    @property
    def is_debt(self) -> bool:
        stands = self.standing
        terms = (stands["start_date"], stands["payment_months"], stands["spread_rate"])
        return stands["risk"]["kind"] == RiskKind.RATE_INDEX or any(one is not None for one in terms)

    def proposed(self) -> dict[str, Any]:
        stands = self.standing
        spread = stands["spread_rate"]
        return super().proposed() | {
            "size": plain(abs(stands["exposure_amount"])),
            "certainty_ratio": plain(stands["certainty_ratio"] * 100),
            "spread": "" if spread is None else plain(spread * 100),
        } | {name: stands[name] for name in ("expected_date", "description", "window_start", "window_end",
                                             "start_date", "payment_months")}  # fmt: skip

    @property
    def terms(self) -> dict[str, Any]:
        told = self.cleaned_data
        names = ("expected_date", "description", "window_start", "window_end")
        terms = {name: told[name] for name in names} | {"exposure_amount": self.signed(told["size"])}
        if told["certainty_ratio"] is not None:
            terms["certainty_ratio"] = told["certainty_ratio"]
        if self.is_debt:
            terms |= {"start_date": told["start_date"], "payment_months": told["payment_months"]}
            terms["spread_rate"] = None if told["spread"] is None else told["spread"] / 100
        return terms


class ConfirmForm(ChangeForm):
    kind = forms.ChoiceField(label="It is now")
    size = SizeField(label="Amount", help_text="As ordered or invoiced.")
    expected_date = WhenField(label="Expected")
    field_order = ("kind", "size", "expected_date", "valid_from", "reason")

    def __init__(self, *arguments: object, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["kind"].choices = later_kinds(self.standing)

    def proposed(self) -> dict[str, Any]:
        stands = self.standing
        return super().proposed() | {
            "size": plain(abs(stands["exposure_amount"])), "expected_date": stands["expected_date"],
        }  # fmt: skip

    @property
    def terms(self) -> dict[str, Any]:
        told = self.cleaned_data
        terms = {
            "kind": told["kind"], "exposure_amount": self.signed(told["size"]), "expected_date": told["expected_date"],
        }  # fmt: skip
        stands = self.standing
        if (
            stands["window_start"]
            and not stands["window_start"] <= told["expected_date"] <= stands["window_end"]
        ):
            terms |= {"window_start": None, "window_end": None}
        return terms


class SettleForm(ChangeForm):
    size = SizeField(label="Settled amount")
    rest = forms.ChoiceField(
        label="If that is not all of it",
        choices=[(REST_OPEN, "the rest stays open"), (REST_NONE, "nothing more comes")],
        help_text="A part that is settled is split off; the amount that came is kept for the accuracy of forecasts.",
    )
    field_order = ("size", "rest", "valid_from", "reason")

    def __init__(self, *arguments: object, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["valid_from"].label = "Settled on"

    def proposed(self) -> dict[str, Any]:
        return super().proposed() | {"size": plain(abs(self.standing["exposure_amount"])), "rest": REST_OPEN}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        whole = abs(self.standing["exposure_amount"])
        if cleaned.get("size") and cleaned["size"] > whole and cleaned.get("rest") == REST_OPEN:
            self.add_error(
                "rest", f"More came than the {plain(whole)} expected: choose that nothing more comes."
            )
        return cleaned

    @property
    def is_part(self) -> bool:
        told = self.cleaned_data
        return bool(told["rest"] == REST_OPEN and told["size"] < abs(self.standing["exposure_amount"]))

    @property
    def terms(self) -> dict[str, Any]:
        return {"exposure_amount": self.signed(self.cleaned_data["size"])}


def later_kinds(standing: dict[str, Any]) -> list[tuple[str, str]]:
    """What the exposure may be confirmed as, the next step first."""
    kind = standing["kind"]
    if kind not in LADDER or kind in RECOGNISED:
        return []
    steps = [one for one in LADDER[LADDER.index(kind) + 1 :] if one not in RECOGNISED]
    last = recognised_kind(standing["exposure_amount"])
    return [*((one.value, words.label(one.value)) for one in steps), (RECOGNISE, words.label(last.value))]

"""The forms of a designation: what it is about, then items, instruments, elections and documentation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django import forms

from hedges.enums import (
    AssessmentMethod,
    CostRelation,
    DesignatedComponent,
    ExcludedTreatment,
    HedgeType,
    ReleasePattern,
    ReportingScope,
)
from treasury.enums import AccountingFramework
from treasury.web import words
from treasury.web.forms import AmountField, DayField, DeskForm, text

PARTS = (DesignatedComponent.WHOLE, DesignatedComponent.SPOT, DesignatedComponent.INTRINSIC)
NOTHING = ("", "nothing is left out")
#: What may say that a part of a candidate is designated, besides its amount.
PARTIAL = ("from", "since", "until")
RATIO_HELP = "Instrument units per item unit, as the company actually hedges (6.4.1(c)(iii))."


class Chosen(NamedTuple):
    """A candidate that was chosen: its amount, where its layer begins, and its part of the hedged period."""

    row: dict
    amount: Decimal
    layer: Decimal | None
    since: date | None
    until: date | None


def _choices(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, words.label(value)) for value in values]


class BasisForm(DeskForm):
    """What the designation is about. It stands in the address, so that a link carries it."""

    SECTIONS = (
        ("What is designated", "", ("entity", "framework", "hedge_type", "risk", "component")),
        ("When", "", ("designation_date", "hedge_end_date")),
    )
    entity = forms.ChoiceField(label="Entity")
    framework = forms.ChoiceField(label="Framework", choices=AccountingFramework.choices)
    hedge_type = forms.ChoiceField(label="Hedge of", choices=_choices(HedgeType.values))
    risk = forms.ChoiceField(label="Hedged risk")
    component = forms.ChoiceField(
        label="Designated part of the instrument",
        choices=[(part.value, part.label) for part in PARTS],
        help_text="The spot element leaves out the forward element, the intrinsic value the time value (6.2.4).",
    )
    designation_date = DayField(
        label="Designated on",
        help_text="Hedge accounting begins on the day of the documentation, never before it (6.4.1(b)).",
    )
    hedge_end_date = DayField(label="Hedged until")

    def __init__(self, *arguments: object, entities: list[dict], risks: list[str], **options: object) -> None:
        super().__init__(*arguments, **options)
        self.fields["entity"].choices = [(row["code"], f"{row['code']} {row['name']}") for row in entities]
        self.fields["risk"].choices = [(code, code) for code in risks]

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        start, end = cleaned.get("designation_date"), cleaned.get("hedge_end_date")
        if start and end and end < start:
            self.add_error("hedge_end_date", f"It ends before it is designated; expected {start} or later.")
        return cleaned


class DesignationForm(DeskForm):
    """Items and instruments are fields of their own, three or four a candidate: see `rows`."""

    SECTIONS = (
        ("Relationship", "", ("code", "designated_hedge_ratio", "assessment_method", "reporting_scope")),
        (
            "Elections",
            "What becomes of the reserve and of what is not designated; documented now, not changed later.",
            (
                "release_pattern", "excluded_treatment", "cost_relation", "earnings_lag_days",
                "basis_excluded", "keeps_basis_in_reserve", "spot_is_discounted", "qualitative_after_inception",
            ),
        ),
        (
            "Inception file",
            "Every field of IFRS 9 6.4.1(b); it is complete or the designation is refused.",
            (
                "objective", "strategy", "instrument_description", "item_description", "risk_description",
                "rationale", "assessment_description", "hedge_ratio_description", "ineffectiveness_sources",
                "late_reason",
            ),
        ),
    )  # fmt: skip
    code = forms.CharField(label="Code", max_length=24, help_text="One relationship a code.")
    designated_hedge_ratio = AmountField(label="Hedge ratio", help_text=RATIO_HELP)
    assessment_method = forms.ChoiceField(
        label="Documented method",
        choices=AssessmentMethod.choices,
        help_text="It decides; the other is computed beside it (B6.4.12).",
    )
    reporting_scope = forms.ChoiceField(
        label="Accounted for in",
        choices=ReportingScope.choices,
        help_text="An internal deal qualifies in separate statements only (6.3.5).",
    )
    release_pattern = forms.ChoiceField(
        label="The reserve leaves equity",
        choices=ReleasePattern.choices,
        help_text="6.5.11(d), 6.5.12; of a firm commitment 6.5.9.",
    )
    excluded_treatment = forms.ChoiceField(
        label="What is not designated is", choices=[NOTHING, *ExcludedTreatment.choices], required=False,
        help_text="IFRS 9 6.5.15, 6.5.16; IAS 39: profit or loss; ASC 815-20-25-83A or 83B.",
    )  # fmt: skip
    cost_relation = forms.ChoiceField(
        label="Its cost is", choices=[("", "not deferred"), *CostRelation.choices], required=False,
        help_text="B6.5.29: needed where it is deferred.",
    )  # fmt: skip
    earnings_lag_days = forms.IntegerField(
        label="Days from the item to profit or loss", required=False, min_value=0, max_value=3660,
        help_text="Where the reserve waits for a non-financial item to be sold or used.",
    )  # fmt: skip
    basis_excluded = forms.BooleanField(
        label="Currency basis is left out", required=False, help_text="6.5.16, an election a hedge."
    )
    keeps_basis_in_reserve = forms.BooleanField(
        label="No basis adjustment", required=False, help_text="The policy of IAS 39.98(a); ASC 815 always."
    )
    spot_is_discounted = forms.BooleanField(label="Spot element is discounted", required=False)
    qualitative_after_inception = forms.BooleanField(
        label="Qualitative assessment after inception", required=False,
        help_text="ASC 815-20-35-2A: a named person states each quarter that facts have not changed.",
    )  # fmt: skip
    objective = text("Objective", most=400, help_text="Why this hedge is undertaken: 6.4.1(b).")
    strategy = text(
        "Risk management strategy", help_text="The strategy that it belongs to: 6.4.1(b), B6.5.24."
    )
    instrument_description = text(
        "Hedging instrument", required=False, help_text="6.4.1(b). Empty: proposed from what is chosen."
    )
    item_description = text(
        "Hedged item", required=False, help_text="6.4.1(b), 6.3.1. Empty: proposed from what is chosen."
    )
    risk_description = text("Nature of the risk being hedged", help_text="6.4.1(b).")
    rationale = text(
        "Why the two offset", most=400, help_text="The economic relationship: 6.4.1(c)(i), B6.4.4–6."
    )
    assessment_description = text("How effectiveness is assessed", help_text="6.4.1(b), B6.4.12–19.")
    hedge_ratio_description = text("How the hedge ratio is set", help_text="6.4.1(b), B6.4.9–11.")
    ineffectiveness_sources = text("Sources of ineffectiveness", most=400, help_text="6.4.1(b), B6.5.28.")
    late_reason = text(
        "Why it is documented late", most=400, required=False,
        help_text="Only where it is designated on a day before today; a further person accepts it.",
    )  # fmt: skip

    def __init__(
        self,
        *arguments: object,
        items: list[dict],
        instruments: list[dict],
        economic: bool = False,
        **options: object,
    ) -> None:
        super().__init__(*arguments, **options)
        self.items, self.instruments = items, instruments
        for row in items:
            self.fields[f"item_{row['id']}"] = AmountField(
                label=f"Amount of {row['reference']}", required=False
            )
            self.fields[f"item_{row['id']}_from"] = AmountField(
                label=f"Beginning of the layer of {row['reference']}", required=False
            )
        for row in instruments:
            self.fields[f"instrument_{row['id']}"] = AmountField(
                label=f"Notional of {row['reference']}", required=False
            )
        for kind, rows in (("item", items), ("instrument", instruments)):
            for row in rows:
                for name, word in (
                    ("since", "First day of the part of the term"),
                    ("until", "Last day of it"),
                ):
                    self.fields[f"{kind}_{row['id']}_{name}"] = DayField(
                        label=f"{word}, {row['reference']}", required=False
                    )
        if economic:  # no hedge accounting, so no inception file
            for names in [names for title, _, names in self.SECTIONS if title == "Inception file"]:
                for name in names:
                    self.fields[name].required = False

    def rows(self, kind: str) -> list[dict]:
        """The candidates with their fields, for the table."""
        candidates = self.items if kind == "item" else self.instruments
        return [
            row
            | {
                "amount_field": self[f"{kind}_{row['id']}"],
                "from_field": self[f"item_{row['id']}_from"] if kind == "item" else None,
                "term_fields": [self[f"{kind}_{row['id']}_{name}"] for name in ("since", "until")],
            }
            for row in candidates
        ]

    def chosen(self, kind: str) -> list[Chosen]:
        """What was chosen, in the order of the candidates."""
        candidates = self.items if kind == "item" else self.instruments
        return [
            Chosen(row, amount, *(self.cleaned_data.get(f"{kind}_{row['id']}_{name}") for name in PARTIAL))
            for row in candidates
            if (amount := self.cleaned_data.get(f"{kind}_{row['id']}"))
        ]

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        for kind, candidates in (("item", self.items), ("instrument", self.instruments)):
            for row in candidates:
                amount = cleaned.get(f"{kind}_{row['id']}")
                if amount and (amount > 0) != (row["amount"] > 0):
                    cleaned[f"{kind}_{row['id']}"] = -amount  # the side is that of what it is part of
                since, until = (cleaned.get(f"{kind}_{row['id']}_{name}") for name in ("since", "until"))
                if since and until and until < since:
                    self.add_error(
                        f"{kind}_{row['id']}_until", f"It ends before it begins; expected {since} or later."
                    )
                if (since or until) and not amount:
                    self.add_error(f"{kind}_{row['id']}", "A part of the term is given, but no amount of it.")
        if not any(cleaned.get(f"item_{row['id']}") for row in self.items):
            self.add_error(None, "No hedged item is chosen: give an amount to at least one exposure.")
        if not any(cleaned.get(f"instrument_{row['id']}") for row in self.instruments):
            self.add_error(None, "No hedging instrument is chosen: give a notional to at least one.")
        if cleaned.get("excluded_treatment") == ExcludedTreatment.DEFERRED and not cleaned.get(
            "cost_relation"
        ):
            self.add_error(
                "cost_relation", "A deferred cost is related to a transaction or to a time period."
            )
        return cleaned

"""Changes of a relationship: rebalance, discontinue, de-designate. Amounts are those that are in force afterwards."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from hedges.enums import ChangeCause
from treasury.web.forms import AmountField, DayField, DeskForm, text

REBALANCE, DISCONTINUE, DE_DESIGNATE = "rebalance", "discontinue", "de-designate"
KINDS = {
    REBALANCE: "Rebalance",
    DISCONTINUE: "Discontinue",
    DE_DESIGNATE: "De-designate",
}
CAUSES = [
    (cause.value, cause.label)
    for cause in ChangeCause
    if cause not in (ChangeCause.RELATIONSHIP_SHIFTED, ChangeCause.VOLUNTARY)
]
WHOLE, PART = "WHOLE", "PART"


class ChangeForm(DeskForm):
    """`rows`: what may be in force, each with `side`, `subject_id`, `reference`, `unit` and the amount in force now."""

    from_date = DayField(label="From", help_text="Prospective: what was booked before stays as it is.")
    cause = forms.ChoiceField(
        label="Cause", choices=CAUSES, help_text="6.5.6; IAS 39.91 and 101; ASC 815-30-40."
    )
    extent = forms.ChoiceField(
        label="How much stops",
        choices=[(WHOLE, "the whole relationship"), (PART, "a part: the amounts below stay")],
    )
    ineffectiveness_sources = text("Sources of ineffectiveness from now on", most=400, help_text="B6.5.21.")
    reason = text("Reason", most=400, help_text="Part of the documentation.")

    def __init__(self, *arguments: object, kind: str, rows: list[dict], **options: object) -> None:
        super().__init__(*arguments, **options)
        self.kind, self.in_force = kind, rows
        if kind != DISCONTINUE:
            del self.fields["cause"]
        if kind == REBALANCE:
            del self.fields["extent"]
        else:
            del self.fields["ineffectiveness_sources"]
        for row in rows:
            self.fields[self._name(row)] = AmountField(
                label=f"Amount of {row['reference']} from then on",
                required=False,
                initial=format(row["amount"].normalize(), "f") if row["amount"] else "",
            )

    @staticmethod
    def _name(row: dict) -> str:
        return f"{row['side']}_{row['subject_id']}"

    @property
    def shown(self) -> list:
        return [self[name] for name in ("from_date", "cause", "extent", "ineffectiveness_sources", "reason")
                if name in self.fields]  # fmt: skip

    @property
    def rows(self) -> list[dict]:
        """Each with its field as it is written: there are hundreds, and a template asks for each part by name."""
        found = []
        for row in self.in_force:
            field = self[self._name(row)]
            errors = list(field.errors) if self.is_bound else []
            found.append(row | {
                "what": _what(row), "id": field.id_for_label, "label": field.label, "input": field.as_widget(),
                "errors": errors, "wrong": " wrong" if errors else "",
            })  # fmt: skip
        return found

    @property
    def is_whole(self) -> bool:
        return self.cleaned_data.get("extent") == WHOLE

    def amounts(self, side: str) -> dict[int, Decimal]:
        """What is in force afterwards, signed as it is; what is empty or zero goes."""
        found = {}
        for row in self.in_force:
            amount = self.cleaned_data.get(self._name(row)) if row["side"] == side else None
            if amount:
                found[row["subject_id"]] = abs(amount) * row["sign"]
        return found


def _what(row: dict) -> str:
    of = f" of {row['risk_code']}" if row.get("risk_code") else ""
    used = f", in {', '.join(row['used_in'])}" if row.get("used_in") else ""
    return ("hedged item" if row["side"] == "item" else f"instrument{of}") + used

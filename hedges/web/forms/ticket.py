"""The one form of a trade, which has the fields of its kind. What is typed is understood by the domain, not here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django import forms

from hedges.domain.ticket import kinds
from hedges.domain.ticket.understand import Understood, understood
from hedges.enums import DayCount, OptionKind
from hedges.queries.ticket import Offer
from hedges.web.forms import ticket_words
from treasury.kernel import dates
from treasury.web import words
from treasury.web.forms import DeskForm

KINDS = [(kind, ticket_words.kind_label(kind)) for kind in kinds.FIELDS]
MOST = 60
#: Fields that stand on a line of their own meaning: first whose trade it is, then the sentence, then the rest.
AMENDING = ("counts_from",)


class TicketForm(DeskForm):
    """`forgiving`: what is not typed yet is no error (a draft is kept while somebody types)."""

    kind = forms.CharField(widget=forms.Select(choices=KINDS), label="Kind", max_length=MOST)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    is_another = forms.BooleanField(required=False, label="I have looked: this is another deal")

    def __init__(
        self, *arguments: object, kind: str, offer: Offer, reference: str = "", forgiving: bool = False,
        amends: bool = False, **options: object,
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **options)
        self.ticket_kind, self.offer, self.reference, self.forgiving = kind, offer, reference, forgiving
        self.understood: Understood | None = None
        self.amends = amends
        if amends:
            del self.fields["is_another"]
            self.fields["kind"].widget = forms.HiddenInput()
        for name in self.names:
            self.fields[name] = self._field(name)

    @property
    def names(self) -> list[str]:
        extra = AMENDING if self.amends else ()
        return ["entity", *kinds.FIELDS[self.ticket_kind], "trade_date", *extra, "reason"]

    def _field(self, name: str) -> forms.Field:
        described = " ".join(f"in_{name}_{part}" for part in self._described(name))
        attributes = {"autocomplete": "off", "aria-describedby": described}
        choices = self._choices(name)
        if name == "resets_notional":
            return forms.BooleanField(
                required=False, label=ticket_words.label(self.ticket_kind, name),
                widget=forms.CheckboxInput(attrs={"aria-describedby": described}),
            )  # fmt: skip
        if choices is None:
            kind = "num" if name.endswith(("amount", "rate", "count")) else ""
            widget: forms.Widget = forms.TextInput(attrs=attributes | {"class": kind, "spellcheck": "false"})
        else:
            widget = forms.Select(choices=choices, attrs={"aria-describedby": described})
        field = forms.CharField(
            required=False, max_length=400 if name == "reason" else MOST, widget=widget,
            label=ticket_words.label(self.ticket_kind, name), help_text=ticket_words.help_text(self.ticket_kind, name),
        )  # fmt: skip
        if name == "reason" and self.amends:
            field.label = "Reason"
        return field

    def _described(self, name: str) -> list[str]:
        return (["helptext"] if ticket_words.help_text(self.ticket_kind, name) else []) + ["said"]

    def _choices(self, name: str) -> list[tuple[str, str]] | None:
        offer = self.offer
        match name:
            case "entity":
                return [(row["code"], f"{row['code']} {row['name']}") for row in offer.entities]
            case "side":
                return list(kinds.SIDES.get(self.ticket_kind, kinds.PLAIN_SIDES))
            case "option_kind":
                return [(one.value, words.label(one.value)) for one in OptionKind]
            case "day_count" | "floating_day_count":
                return [("", "by the currency"), *DayCount.choices]
            case "counterparty":
                return [("", "choose"), *((row["code"], _party(row)) for row in offer.counterparties)]
            case "contract":
                return [
                    ("", "choose"),
                    *((row["code"], f"{row['code']} {row['name']}") for row in offer.contracts),
                ]
            case "index":
                rates = [row for row in offer.risks if row["kind"] == "RATE_INDEX"]
                return [("", "choose"), *((row["code"], f"{row['code']} {row['name']}") for row in rates)]
            case "exposure":
                return [("", "choose"), *((row["reference"], _item(row)) for row in offer.exposures)]
        return None

    def clean(self) -> dict:
        told = super().clean() or self.cleaned_data
        self.understood = understood(self.texts(), self.offer, self.reference)
        for name, text in self.understood.errors.items():
            missing = text.startswith("is missing")
            if missing and self.forgiving:
                continue
            field = name if name in self.fields else None
            label = self.fields[name].label if field else name
            self.add_error(field, f"{label} {text}" if missing else text)
        if self.amends and self.counts_from is None:
            self.add_error("counts_from", "Expected a date such as 2026-10-09.")
        return told

    @property
    def counts_from(self) -> date | None:
        """From when an amendment counts."""
        try:
            return dates.day(str(self.data.get("counts_from", "")).strip())
        except ValueError:
            return None

    def texts(self) -> dict[str, str]:
        """What was typed, by the names of the fields: what a draft keeps."""
        return {
            name: str(self.data.get(name, "")).strip()[:400]
            for name in ("kind", *self.names)
            if name in self.data
        }

    @property
    def whole(self) -> bool:
        """Everything was understood, whatever was forgiven."""
        return self.is_bound and self.is_valid() and bool(self.understood and self.understood.deal)

    @property
    def shown(self) -> list[dict]:
        """The fields in the order of speech, each with what was understood of it."""
        return [self._shown(name) for name in self.names]

    def _shown(self, name: str) -> dict:
        said = self.understood if self.is_bound and self.is_valid() is not None else None
        return {
            "name": name,
            "field": self[name],
            "unit": ticket_words.UNITS.get(name, ""),
            "is_box": name == "resets_notional",
            "echo": said.echoes.get(name, "") if said else "",
            "warning": said.warnings.get(name, "") if said else "",
        }


def _party(row: dict) -> str:
    return f"{row['code']} {row['name']}{' (in default)' if row['defaulted_since'] else ''}"


def _item(row: dict) -> str:
    return f"{row['reference']}: {row['amount']:,.2f} {row['unit']}, {row['expected_date']}"


def key_of(text: object) -> UUID:
    """The key that came with the form; a new one where it is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return uuid4()


def kind_of(told: Mapping[str, object]) -> str:
    """Any case of letters; a kind that does not exist is a forward."""
    kind = str(told.get("kind") or "").upper()
    return kind if kind in kinds.FIELDS else "FORWARD"

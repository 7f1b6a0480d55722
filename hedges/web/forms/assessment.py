"""A test on demand, and what a named person decides about a test."""

from __future__ import annotations

from django import forms

from hedges.enums import DecisionSubject, EffectivenessStatus
from treasury.web import words
from treasury.web.forms import DayField, DeskForm, text

DECIDED = (EffectivenessStatus.EFFECTIVE, EffectivenessStatus.NOT_EFFECTIVE)


class TestForm(DeskForm):
    as_of_date = DayField(label="As of")


class AssessmentDecisionForm(DeskForm):
    subject = forms.ChoiceField(label="About", choices=DecisionSubject.choices)
    as_of_date = DayField(label="Period end", help_text="The day that the decision is for.")
    decided_status = forms.ChoiceField(
        label="Decided",
        choices=[(status.value, words.label(status.value)) for status in DECIDED],
        help_text="Not effective about credit risk confirms that it dominates, which ends the hedge (6.4.1(c)(ii));"
        " about facts and circumstances, that they have changed, so that the test in numbers counts (815-20-35-2A).",
    )
    reason = text("Reason", most=400)

"""A second person's decision on what another one wrote."""

from __future__ import annotations

from django import forms

from treasury.web.forms import DeskForm, text


class DecisionForm(DeskForm):
    """`digest` is that of the content on the page: a decision is on what was seen."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    decision = forms.ChoiceField(
        choices=[("APPROVED", "Approve"), ("REJECTED", "Reject"), ("LATE", "Accept")],
        widget=forms.HiddenInput,
    )
    comment = text("Comment", most=400, required=False, help_text="A rejection needs one.")

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "REJECTED" and not cleaned.get("comment"):
            self.add_error("comment", "Say why it is rejected, so that its author knows what to change.")
        return cleaned

"""Taking a journal entry back."""

from __future__ import annotations

from treasury.web.forms import DayField, DeskForm, text


class ReversalForm(DeskForm):
    reason = text("Why it is taken back", most=400)
    entry_date = DayField(
        label="Dated", required=False, help_text="In the open period; empty: today, or its last day."
    )

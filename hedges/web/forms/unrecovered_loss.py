"""Stating that a loss in the reserve will not be recovered."""

from __future__ import annotations

from exposures.web.forms.fields import ShareField
from treasury.web.forms import AmountField, DayField, DeskForm, text


class UnrecoveredLossForm(DeskForm):
    on = DayField(label="On", help_text="In an open month; the close of that month takes the loss.")
    amount = AmountField(
        label="Loss, as an amount", required=False, help_text="At most the loss that is there."
    )
    share = ShareField(
        label="or as a share of it in %", required=False, help_text="Of the loss that day, up to 100."
    )
    reason = text("Why it will not be recovered", most=400)
    evidence = text("What that rests on", most=400)

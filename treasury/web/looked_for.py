"""What somebody types into the search box, taken as a text and, where it can be one, as an amount or a number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Q

from treasury.kernel import parsing
from treasury.web.forms import AmountField

#: How far an amount may be from the one that is typed: people round.
NEAR = Decimal("0.01")
#: How many of a kind are shown.
MOST = 20


@dataclass(frozen=True)
class LookedFor:
    text: str
    amount: Decimal | None = None
    number: int | None = None

    def near(self, *fields: str) -> Q:
        """One of the fields, whatever its sign, within one per cent of the amount; nothing where none is meant."""
        found = Q(pk__in=[])
        if self.amount is None or abs(self.amount) < 1:
            return found
        low, high = abs(self.amount) * (1 - NEAR), abs(self.amount) * (1 + NEAR)
        for field in fields:
            found |= Q(**{f"{field}__range": (low, high)}) | Q(**{f"{field}__range": (-high, -low)})
        return found

    def within(self, *fields: str) -> Q:
        """One of the fields has the text in it."""
        found = Q(pk__in=[])
        for field in fields:
            found |= Q(**{f"{field}__icontains": self.text})
        return found


def looked_for(text: str) -> LookedFor:
    number = parsing.key(text)
    try:
        amount = AmountField(required=False).to_python(text)
    except ValidationError:
        amount = None
    if amount is not None and abs(amount) >= Decimal(10) ** 15:
        amount = None
    return LookedFor(text, amount, number)

"""What has happened to the credit of a counterparty, dated: its rating, a default, collateral that did not come."""

from django.db import models
from django.db.models import Q

from treasury.enums import CreditFactKind, CreditState
from treasury.kernel.ratings import RATINGS
from treasury.models.records import Recorded
from treasury.models.reference import Counterparty

#: What a fact of each kind may say.
SAYS: dict[str, tuple[str, ...]] = {
    CreditFactKind.RATING: RATINGS,
    CreditFactKind.DEFAULT: (CreditState.DEFAULTED, CreditState.CURED),
    CreditFactKind.COLLATERAL: (CreditState.NOT_POSTED, CreditState.POSTED),
}


def _fits() -> Q:
    found = Q()
    for kind, values in SAYS.items():
        found |= Q(kind=kind, value__in=[str(value) for value in values])
    return found


class CreditFact(Recorded):
    """One fact of a counterparty from a date on, until a later one of its kind; of one date the newest recorded counts.

    RATING: the rating by the scale. DEFAULT: DEFAULTED or CURED. COLLATERAL: NOT_POSTED (called and not delivered in
    time) or POSTED. Nothing is changed or taken away: what was wrong is recorded anew for its date.
    """

    counterparty = models.ForeignKey(Counterparty, on_delete=models.PROTECT, related_name="credit_facts")
    kind = models.CharField(max_length=10, choices=CreditFactKind)
    fact_date = models.DateField(help_text="Date from which it is so.")
    value = models.CharField(max_length=10)
    source = models.CharField(max_length=120, help_text="Who says so: an agency, a notice, a margin call.")

    class Meta:
        ordering = ["-fact_date", "-id"]
        constraints = [
            models.CheckConstraint(condition=_fits(), name="credit_fact_value"),
            models.CheckConstraint(condition=Q(source__regex=r"\S"), name="credit_fact_source"),
        ]
        indexes = [models.Index(fields=["counterparty", "kind", "fact_date"], name="credit_fact_latest")]

    def __str__(self) -> str:
        return f"{self.counterparty_id} {self.kind} {self.value} from {self.fact_date}"

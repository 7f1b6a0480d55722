"""Recording what has happened to the credit of a counterparty: facts with their date and who says so."""

from datetime import date
from typing import Any

from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.enums import CreditFactKind
from treasury.models import Counterparty, CreditFact
from treasury.models.credit_fact import SAYS
from treasury.queries import access


def record(
    *,
    counterparty: Counterparty,
    kind: CreditFactKind | str,
    fact_date: date,
    value: str,
    source: str,
    actor: Any,
    reason: str = "",
) -> CreditFact:
    """From its date on the fact stands until a later one of its kind; of one date the newest recorded counts.

    Raises Refusal: no role for it, a value that the kind does not have, a date that is to come, no source.
    """
    if not access.roles(actor) & set(access.PREPARERS):
        raise Refusal("A fact about a counterparty's credit is recorded by a hedge accountant or treasurer.")
    if value not in SAYS.get(kind, ()):
        raise Refusal(f"{value or 'Nothing'} is no {kind}: give one of {', '.join(SAYS.get(kind, ()))}.")
    if not source.strip():
        raise Refusal("source is missing: say who says so, an agency, a notice or a margin call.")
    with (
        as_refusal(),
        audit.action(
            "treasury.counterparty.credit_fact_recorded", actor=actor, subject=counterparty, reason=reason
        ),
    ):
        made = CreditFact.objects.create(
            counterparty=counterparty, kind=kind, fact_date=fact_date, value=value, source=source.strip()
        )
        made.refresh_from_db()
        return made

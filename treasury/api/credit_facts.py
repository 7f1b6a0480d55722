"""Facts about the credit of counterparties are recorded, as the form does."""

from typing import Any

from django.http import Http404
from rest_framework.response import Response

from treasury.api.bodies import Body, Input, body, choices
from treasury.api.links import Made
from treasury.api.reference import CreditFacts, CreditFactSerializer
from treasury.api.writing import PREPARERS, Action, address, read_back
from treasury.domain import credit_facts
from treasury.enums import CreditFactKind, TokenScope
from treasury.queries import reference


class RecordCreditFact(Action):
    """Records a dated fact about a counterparty's credit. It stands until a later one of its kind; what was wrong is
    recorded anew for its date."""

    operation = "credit_facts_record"
    roles = PREPARERS
    token_scope = TokenScope.MARKET
    response_schema = CreditFactSerializer
    makes = Made("credit-facts")
    body: Body = body(
        Input("counterparty", "Code of the counterparty.", limit=20),
        Input("kind", "What it is about.", "choice", choices=choices(CreditFactKind)),
        Input("value", "RATING: AAA to D; DEFAULT: DEFAULTED, CURED; COLLATERAL: NOT_POSTED, POSTED.", limit=10),
        Input("fact_date", "Date from which it is so.", "date"),
        Input("source", "Who says so: an agency, a notice, a margin call.", limit=120),
        Input("reason", "Goes into the audit event.", required=False, blank=True, default=""),
        example={
            "counterparty": "BANKA", "kind": "RATING", "value": "BBB", "fact_date": "2026-10-30",
            "source": "Rating agency, press release",
        },
    )  # fmt: skip

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        party = reference.counterparties().filter(code=told["counterparty"]).first()
        if party is None:
            raise Http404
        made = credit_facts.record(
            counterparty=party, kind=told["kind"], fact_date=told["fact_date"], value=told["value"],
            source=told["source"], actor=self.request.user, reason=told["reason"],
        )  # fmt: skip
        row = read_back(CreditFacts, self.request.user, made.pk)
        return self.made(row, address=address("credit-facts", made.pk))

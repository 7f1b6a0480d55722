"""How a changed thing is shown in the feed: a resource's own row; of what has versions, the version and its story."""

from typing import Any

from django.db.models import QuerySet

from treasury.api.manual_quotes import ManualQuotes
from treasury.api.market_quotes import MarketQuotes
from treasury.api.policies import Policies, PolicySerializer
from treasury.api.reference import Counterparties, CreditFacts, Entities, Risks
from treasury.api.runs import Runs
from treasury.api.scopes import Scope
from treasury.api.versions import StoryFields
from treasury.queries import followed, market_quotes


class PolicyChangeSerializer(PolicySerializer, StoryFields):
    """A version of a policy, with its author and the decision on it."""


class PolicyBodies(Policies):
    serializer = PolicyChangeSerializer

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return followed.policy_versions(scope.user)


class QuoteBodies(MarketQuotes):
    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return market_quotes.known(None, user=scope.user)


BODIES = {
    "entities": Entities,
    "counterparties": Counterparties,
    "risks": Risks,
    "credit-facts": CreditFacts,
    "market-quotes": QuoteBodies,
    "manual-quotes": ManualQuotes,
    "policies": PolicyBodies,
    "runs": Runs,
}

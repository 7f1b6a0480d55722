"""What waits among the exposures: versions that nobody has decided on; those of one import are one item."""

from __future__ import annotations

from django.urls import reverse

from exposures.queries import import_decisions
from treasury.web.scope import Scope


def waiting(scope: Scope) -> list[dict]:
    single, imports = import_decisions.waiting_counts(scope.entity_ids)
    return [
        {
            "count": single,
            "label": f"{'exposure' if single == 1 else 'exposures'} to approve",
            "href": f"{scope.link(reverse('approvals'))}#exposures",
        },
        {
            "count": imports,
            "label": f"{'import' if imports == 1 else 'imports'} to approve",
            "href": f"{scope.link(reverse('approvals'))}#imports",
        },
    ]

"""An entity by the code in an address, if the person sees it."""

from __future__ import annotations

from django.http import Http404

from hedges.queries import accounting_pages
from treasury.models import Entity
from treasury.web.scope import Scope


def entity_of(scope: Scope, code: str) -> Entity:
    found = accounting_pages.entity(code, entity_ids=scope.all_ids)
    if found is None:
        raise Http404(f"You have no entity {code}. Choose one from the list at the top of the page.")
    return found

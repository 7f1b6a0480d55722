"""A designation as it would be: done in full, read, and taken back, so that nothing is left behind."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from hedges.domain.designation import Designation, Support, designate
from hedges.queries import decisions


def rehearse(
    *, designation: Designation, actor: Any, support: Support | None = None
) -> Sequence[dict[str, Any]]:
    """The tests at inception that the designation would have. Raises the Refusal that it would meet."""
    with transaction.atomic():
        version = designate(designations=[designation], actor=actor, support=support)[0]
        found = decisions.assessments([version.pk])
        transaction.set_rollback(True)
    return found

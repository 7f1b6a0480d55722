"""That a refusal leaves nothing behind: every row that a designation writes is as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from hedges.models import (
    AssessmentRecord,
    HedgeRelationship,
    HedgeRelationshipVersion,
    HedgeRelationshipVersionApproval,
    InceptionFile,
    InstrumentAllocation,
    ItemAllocation,
    LateAcceptance,
)
from treasury.domain.refusals import Refusal
from treasury.models import AuditEvent, MarketDataSnapshot

TABLES = (
    HedgeRelationship, HedgeRelationshipVersion, HedgeRelationshipVersionApproval, InceptionFile, ItemAllocation,
    InstrumentAllocation, AssessmentRecord, LateAcceptance, MarketDataSnapshot,
)  # fmt: skip


def rows() -> list[Any]:
    book = [list(table._default_manager.order_by("pk").values()) for table in TABLES]
    return [*book, AuditEvent.objects.filter(action__startswith="hedges.relationship").count()]


@contextmanager
def refused(match: str) -> Iterator[Any]:
    """Refused with these words (a regular expression), and nothing is left behind."""
    before = rows()
    with pytest.raises(Refusal, match=match) as refusal:
        yield refusal
    assert rows() == before, "the refusal has left something behind"

"""Journal entries and their lines, filtered by entity, month, framework, rule and relationship."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum

from hedges.models import JournalEntry, JournalLine, JournalReversalVersionApproval
from treasury.queries import access
from treasury.queries import change_log as log
from treasury.queries.rows import Row, listed, one


@dataclass(frozen=True)
class Asked:
    """Which entries: of these entities and, where given, these months, this framework, rule and relationship.

    `own_ledger`: those of each entity's own framework; parallel ledgers say the same hedge twice and are not added up.
    """

    entity_ids: Sequence[int]
    first: date | None = None
    last: date | None = None
    framework: str = ""
    rule: str = ""
    relationship: str = ""
    known_at: datetime | None = None
    own_ledger: bool = False

    def conditions(self, of: str = "") -> dict[str, Any]:
        asked = {
            "entity_id__in": list(self.entity_ids),
            "period__period_start__gte": self.first,
            "period__period_start__lte": self.last,
            "framework": F(f"{of}entity__accounting_framework") if self.own_ledger else self.framework,
            "rule": self.rule,
            "relationship__code": self.relationship,
            "recorded_at__lte": self.known_at,
        }
        return {f"{of}{name}": value for name, value in asked.items() if value not in (None, "")}


ENTRY = (
    "id", "entity_id", "number", "entry_date", "framework", "rule", "paragraph", "description", "relationship_id",
    "run_id", "reversal_of_id", "recorded_at",
)  # fmt: skip


def change_log(entry_id: int, known_at: datetime | None) -> list[Row]:
    """What was done with an entry: posted, to be taken back, decided on."""
    decisions = log.made_by(JournalReversalVersionApproval, version__entry_id=entry_id)
    return log.of(JournalEntry, entry_id, decisions, known_at=known_at)


def entries(asked: Asked) -> QuerySet:
    """One row an entry, with the sum of its debits, which is that of its credits."""
    amount = (
        JournalLine.objects.filter(entry=OuterRef("pk"))
        .values("entry")
        .annotate(sum=Sum("debit_amount"))
        .values("sum")
    )
    return JournalEntry.objects.filter(**asked.conditions()).values(
        *ENTRY, "currency", entity_code=F("entity__code"), relationship_code=F("relationship__code"),
        period_start=F("period__period_start"), amount=Subquery(amount), reversed_by_id=F("reversed_by__id"),
    )  # fmt: skip


def totals(asked: Asked) -> list[Row]:
    """Debits and credits by currency: the two are the same."""
    found = JournalLine.objects.filter(**asked.conditions(of="entry__"))
    return listed(
        found.values(currency=F("entry__currency_id"))
        .annotate(debit_amount=Sum("debit_amount"), credit_amount=Sum("credit_amount"))
        .order_by("currency")
    )


def lines(asked: Asked) -> Iterator[Row]:
    """Every line with its entry, in the order of the ledger, read in pieces."""
    found = JournalLine.objects.filter(**asked.conditions(of="entry__"))
    rows = found.order_by("entry__entity__code", "entry__number", "line_number").values(
        "line_number", "account_code", "account_name", "account_role", "debit_amount", "credit_amount",
        entity_code=F("entry__entity__code"), period_start=F("entry__period__period_start"),
        number=F("entry__number"), entry_date=F("entry__entry_date"), framework=F("entry__framework"),
        currency=F("entry__currency_id"), relationship_code=F("entry__relationship__code"), rule=F("entry__rule"),
        paragraph=F("entry__paragraph"), description=F("entry__description"),
        reversal_of=F("entry__reversal_of__number"),
    )  # fmt: skip
    return cast(Iterator[Row], rows.iterator(chunk_size=5000))


def entry(entry_id: int, *, entity_ids: Sequence[int], known_at: datetime | None) -> Row | None:
    found = entries(Asked(entity_ids, known_at=known_at)).filter(pk=entry_id)
    return one(
        found.values(
            *ENTRY, "reversed_by_id", "currency", "entity_code", "relationship_code", "period_start", "amount",
            "event_id", reversal_of_number=F("reversal_of__number"), reversed_by_number=F("reversed_by__number"),
            period_status=F("period__status"), reason=F("event__reason"), actor=F("event__actor__username"),
        )
    )  # fmt: skip


def lines_of(entry_ids: Iterable[int]) -> QuerySet[JournalLine]:
    return JournalLine.objects.filter(entry_id__in=list(entry_ids)).order_by("entry_id", "line_number")


def visible(user: Any) -> QuerySet[JournalEntry]:
    """The entries of the entities that the user may see."""
    return access.scoped(JournalEntry.objects.all(), user)

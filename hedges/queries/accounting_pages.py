"""What the accounting pages read: the periods of each entity, its account map, the entries of a month."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count, F, Q, Sum

from hedges.enums import PeriodStatus
from hedges.models import AccountingPeriod, AccountMapVersion, HedgeRelationshipVersion, JournalEntry
from treasury.enums import Decision, RunKind, RunStatus
from treasury.models import CalculationRun, Entity
from treasury.queries import change_log as log
from treasury.queries.rows import Row, listed, one

PERIOD = ("id", "period_start", "status", "run_id", "closed_at", "entity_id")
MAP = (
    "id", "version_number", "valid_from", "valid_to", "recorded_at", "author_id", "content_digest", "change_reason",
    "accounts", "event_id", "approval__decision", "approval__comment", "approval__decided_by__username",
    "approval__event_id",
)  # fmt: skip


def entity(code: str, *, entity_ids: list[int]) -> Entity | None:
    return Entity.objects.filter(code=code, pk__in=entity_ids).first()


def next_months(entity_ids: list[int]) -> dict[int, date]:
    """Of each entity the month to be closed next.

    The open one, else the one after the last closed one, else the month in which its hedge accounting began.
    """
    found: dict[int, date] = {}
    began = (
        HedgeRelationshipVersion.objects.filter(
            entity_id__in=entity_ids, version_number=1, approval__decision=Decision.APPROVED
        )
        .exclude(hedge_type="ECONOMIC")
        .order_by("entity_id", "accounting_from")
        .distinct("entity_id")
    )
    for entity_id, day in began.values_list("entity_id", "accounting_from"):
        if day:
            found[entity_id] = day.replace(day=1)
    rows = AccountingPeriod.objects.filter(entity_id__in=entity_ids).order_by("entity_id", "period_start")
    for entity_id, start, status in rows.values_list("entity_id", "period_start", "status"):
        closed = status == PeriodStatus.CLOSED
        found[entity_id] = date(start.year + start.month // 12, start.month % 12 + 1, 1) if closed else start
    return found


def period(entity_id: int, month: date) -> Row | None:
    return one(
        AccountingPeriod.objects.filter(entity_id=entity_id, period_start=month).values(
            *PERIOD, closer=F("closed_by__username")
        )
    )


def closes(entity_code: str, last_day: date) -> list[Row]:
    """The runs that were asked to close the month, the newest first."""
    found = CalculationRun.objects.filter(kind=RunKind.CLOSE, scope=entity_code, as_of_date=last_day)
    return listed(
        found.order_by("-revision").values(
            "id",
            "revision",
            "status",
            "status_reason",
            "recorded_at",
            "published_at",
            who=F("requested_by__username"),
        )
    )


def change_log(period_id: int, closes: list[Row]) -> list[Row]:
    """What was done to a month: its closes as they were asked for, cancelled and published, and itself."""
    runs = [row["id"] for row in closes]
    return log.of(
        AccountingPeriod,
        period_id,
        log.subject(CalculationRun, *runs),
        log.made_by(CalculationRun, pk__in=runs),
    )


def is_under_way(entity_code: str, last_day: date, known_at: datetime | None = None) -> bool:
    """Whether a close is asked for or runs; `known_at`: whether it did then."""
    found = CalculationRun.objects.filter(kind=RunKind.CLOSE, scope=entity_code, as_of_date=last_day)
    if known_at is not None:
        return found.filter(
            Q(finished_at=None) | Q(finished_at__gt=known_at), recorded_at__lte=known_at
        ).exists()
    return found.filter(status__in=[RunStatus.PENDING, RunStatus.WAITING, RunStatus.RUNNING]).exists()


def entries_by_rule(period_id: int) -> list[Row]:
    """What was posted in a month, by rule: debits and credits are equal."""
    found = JournalEntry.objects.filter(period_id=period_id).order_by("rule", "framework")
    return listed(
        found.values("rule", "framework", "currency_id").annotate(
            entries=Count("id", distinct=True),
            debit=Sum("lines__debit_amount"),
            credit=Sum("lines__credit_amount"),
        )
    )


def entry(entry_id: int, *, entity_ids: list[int]) -> JournalEntry | None:
    return JournalEntry.objects.select_related("entity").filter(pk=entry_id, entity_id__in=entity_ids).first()


def map_versions(entity_id: int) -> list[Row]:
    found = AccountMapVersion.objects.filter(account_map__entity_id=entity_id)
    return listed(found.order_by("-version_number").values(*MAP, author_name=F("author__username")))


def map_version(version_id: int, *, entity_ids: list[int]) -> Row | None:
    found = AccountMapVersion.objects.filter(pk=version_id, account_map__entity_id__in=entity_ids)
    return one(
        found.values(
            *MAP,
            author_name=F("author__username"),
            entity_id=F("account_map__entity_id"),
            entity_code=F("account_map__entity__code"),
        )
    )

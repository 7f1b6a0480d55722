"""What the pages about market quotes, policies and changes read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, F, Max, QuerySet

from treasury.models import AuditChange, AuditEvent, MarketQuote, PolicyBand, PolicyVersion
from treasury.queries.market_quotes import not_of_others
from treasury.queries.rows import Row, listed

RECENT_DAYS = 31  # how far back the list of quotes goes where no symbol is asked for


def quotes(*, entity_ids: list[int], on: date, known_at: datetime | None, kind: str, symbol: str) -> QuerySet:
    found = MarketQuote.objects.filter(not_of_others(entity_ids))
    if known_at:
        found = found.filter(recorded_at__lte=known_at)
    found = found.filter(quote_date__lte=on)
    if kind:
        found = found.filter(kind=kind)
    if symbol:
        found = found.filter(symbol__istartswith=symbol)
    else:
        found = found.filter(quote_date__gt=on - timedelta(days=RECENT_DAYS))
    return found.values(
        "id", "quote_date", "kind", "symbol", "tenor", "moneyness", "value", "source", "is_synthetic", "recorded_at",
        "corrects_id", corrected=F("corrected_by__id"),
    )  # fmt: skip


def newest_quote_dates(on: date) -> list[Row]:
    return listed(
        MarketQuote.objects.filter(quote_date__lte=on, quote_date__gt=on - timedelta(days=RECENT_DAYS))
        .values("kind")
        .annotate(newest=Max("quote_date"), quotes=Count("id"))
        .order_by("kind")
    )


def policies(*, entity_ids: list[int], on: date, known_at: datetime | None) -> list[Row]:
    """The approved version of each policy that counts on the date, with its bands: two reads in all."""
    versions = PolicyVersion.objects.filter(
        policy__entity_id__in=entity_ids, valid_from__lte=on, approval__decision="APPROVED"
    ).exclude(valid_to__lte=on)
    if known_at:
        versions = versions.filter(recorded_at__lte=known_at, approval__recorded_at__lte=known_at)
    found = listed(
        versions.order_by("policy__entity__code", "policy__risk__code", "policy_id", "-version_number")
        .distinct("policy__entity__code", "policy__risk__code", "policy_id")
        .values(
            "id",
            "policy_id",
            "version_number",
            "valid_from",
            "valid_to",
            "change_reason",
            "content_digest",
            entity=F("policy__entity__code"),
            risk=F("policy__risk__code"),
            author_name=F("author__username"),
            decided_by=F("approval__decided_by__username"),
            decided_at=F("approval__recorded_at"),
        )
    )
    bands: dict[int, list[Row]] = {}
    for band in listed(
        PolicyBand.objects.filter(policy_version_id__in=[version["id"] for version in found])
        .order_by("policy_version_id", "month_from")
        .values("policy_version_id", "month_from", "month_to", "lower_ratio", "target_ratio", "upper_ratio")
    ):
        bands.setdefault(band["policy_version_id"], []).append(band)
    return [version | {"bands": bands.get(version["id"], [])} for version in found]


def events(
    *,
    action: str = "",
    actor: str = "",
    subject_kind: str = "",
    subject_id: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet:
    """`since` and `until`: days by UTC, both with the whole day."""
    found = AuditEvent.objects.all()
    if since:
        found = found.filter(recorded_at__gte=datetime.combine(since, time.min, UTC))
    if until:
        found = found.filter(recorded_at__lt=datetime.combine(until, time.min, UTC) + timedelta(days=1))
    if action:
        found = found.filter(action__icontains=action)
    if actor:
        found = found.filter(actor__username__iexact=actor)
    if subject_kind:
        found = found.filter(subject_kind=subject_kind)
    if subject_id is not None:
        found = found.filter(subject_id=subject_id)
    return found.values(
        "id", "action", "subject_kind", "subject_id", "reason", "recorded_at", "is_demo_history",
        actor_name=F("actor__username"),
    )  # fmt: skip


def changes(event_ids: list[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for change in listed(
        AuditChange.objects.filter(event_id__in=event_ids).values(
            "event_id", "table_name", "row_id", "old_values", "new_values"
        )
    ):
        found.setdefault(change["event_id"], []).append(change)
    return found

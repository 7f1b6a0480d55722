"""What the demo prints at its end: the company in numbers, what the last night found, how to get in."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min
from rich.console import Console
from rich.table import Table

from exposures.models import Exposure
from hedges.enums import EffectivenessStatus, LifeStage, PeriodStatus
from hedges.models import (
    AccountingPeriod,
    EffectivenessResult,
    HedgeRelationship,
    Instrument,
    JournalEntry,
)
from hedges.queries import breaches
from hedges.queries.life_stages import life_stages
from treasury.enums import RunKind, RunStatus
from treasury.models import CalculationRun, Entity, MarketQuote


@dataclass(frozen=True)
class NightSummary:
    as_of: str
    known_at: str
    seconds: float
    relationships: Counter
    breaches: Counter


def last_night(run: CalculationRun) -> NightSummary:
    statuses = EffectivenessResult.objects.filter(run_id=run.pk).values_list("effectiveness_status")
    took = (run.finished_at - run.started_at).total_seconds() if run.finished_at and run.started_at else 0.0
    known_at = f"{run.known_at:%Y-%m-%d %H:%M} UTC" if run.known_at else ""
    found = Counter(dict(statuses.annotate(count=Count("relationship_id"))))
    return NightSummary(run.as_of_date.isoformat(), known_at, took, found, breaches.of_run(run.pk))


def print_summary(console: Console, run: CalculationRun) -> None:
    night = last_night(run)
    published = CalculationRun.objects.filter(kind=RunKind.NIGHTLY, status=RunStatus.PUBLISHED).count()
    quotes = MarketQuote.objects.count()
    synthetic = MarketQuote.objects.filter(is_synthetic=True).count()
    console.print("\nAldermoor, a made-up group", style="bold")
    table = Table(show_header=False, box=None)
    table.add_column(style="bold")
    table.add_column()
    for entity in Entity.objects.select_related("functional_currency").order_by("code"):
        words = f"{entity.name}, {entity.functional_currency_id}, {entity.get_accounting_framework_display()}"
        table.add_row(f"Entity {entity.code}", words)
    table.add_row("Exposures", f"{Exposure.objects.count():,}")
    table.add_row("Instruments", f"{Instrument.objects.count():,}")
    table.add_row("Hedge relationships", f"{HedgeRelationship.objects.count():,}")
    for status in EffectivenessStatus:
        if night.relationships[status.value]:
            table.add_row(f"  {status.label}", f"{night.relationships[status.value]:,}")
    for stage, count in _stages(run).items():
        table.add_row(f"  {stage.label}", f"{count:,}")
    for code, months, first, last in _closed():
        table.add_row(f"Closed {code}", f"{months} months, {first:%Y-%m} to {last:%Y-%m}")
    table.add_row("Journal entries", f"{JournalEntry.objects.count():,}")
    table.add_row("Breaches of policy", breaches.words(night.breaches))
    table.add_row("Market quotes", f"{quotes:,}, of which {synthetic:,} synthetic (derived and labelled)")
    table.add_row("Nights", f"{published:,} published")
    table.add_row("Last night", f"{night.as_of}, in {night.seconds:.1f} s, book as known {night.known_at}")
    console.print(table)


def _stages(run: CalculationRun) -> dict[LifeStage, int]:
    """Relationships by where they stand on the night's date; those in force are counted by their tests."""
    ids = HedgeRelationship.objects.values_list("pk", flat=True)
    found = Counter(life_stages(ids, on=run.as_of_date).values())
    return {stage: found[stage] for stage in LifeStage if found[stage] and stage != LifeStage.ACTIVE}


def _closed() -> list[tuple[str, int, date, date]]:
    closed = AccountingPeriod.objects.filter(status=PeriodStatus.CLOSED).values("entity__code")
    months = closed.annotate(count=Count("id"), first=Min("period_start"), last=Max("period_start"))
    return list(months.order_by("entity__code").values_list("entity__code", "count", "first", "last"))


def print_ways_in(console: Console, address: str, passwords: dict[str, str], file: str) -> None:
    console.print(f"\nSign in at {address}", highlight=False, soft_wrap=True)
    table = Table(box=None)
    table.add_column("user", style="bold")
    table.add_column("password")
    for username, password in passwords.items():
        table.add_row(username, password)
    console.print(table)
    console.print(f"Passwords made for this machine, kept in {file}", highlight=False, soft_wrap=True)

"""What the demo prints at its end: the company in numbers, what the last night found, how to get in."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from rich.console import Console
from rich.table import Table

from exposures.models import Exposure
from hedges.enums import EffectivenessStatus
from hedges.models import EffectivenessResult, HedgeRelationship, Instrument
from hedges.queries import breaches
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
    over = HedgeRelationship.objects.count() - sum(night.relationships.values())
    if over:
        table.add_row("  hedged period over", f"{over:,}")
    table.add_row("Breaches of policy", breaches.words(night.breaches))
    table.add_row("Market quotes", f"{quotes:,}, of which {synthetic:,} synthetic (derived and labelled)")
    table.add_row("Nights", f"{published:,} published")
    table.add_row("Last night", f"{night.as_of}, in {night.seconds:.1f} s, book as known {night.known_at}")
    console.print(table)


def print_ways_in(console: Console, address: str, passwords: dict[str, str], file: str) -> None:
    console.print(f"\nSign in at {address}", highlight=False, soft_wrap=True)
    table = Table(box=None)
    table.add_column("user", style="bold")
    table.add_column("password")
    for username, password in passwords.items():
        table.add_row(username, password)
    console.print(table)
    console.print(f"Passwords made for this machine, kept in {file}", highlight=False, soft_wrap=True)

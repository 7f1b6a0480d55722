"""The table that a night prints at its end: what was valued, how much is hedged, what is effective."""

from django.db.models import Count, Sum
from rich.table import Table

from hedges.models import EffectivenessResult, HedgeRatioResult, ValuationResult
from hedges.queries import breaches
from treasury.models import CalculationRun


def table(run: CalculationRun) -> Table:
    """One line a finding."""
    found = Table(title=f"{run}, {run.status.lower()}", title_justify="left", show_header=False, box=None)
    found.add_column(style="bold")
    found.add_column()
    for name, value in _lines(run):
        found.add_row(name, value)
    return found


def _lines(run: CalculationRun) -> list[tuple[str, str]]:
    lines = []
    if run.started_at and run.finished_at:
        lines.append(("Took", f"{(run.finished_at - run.started_at).total_seconds():.1f} s"))
    if run.book_snapshot and run.market_data_snapshot:
        book = run.book_snapshot
        lines.append(("Book", f"{book.exposure_count:,} exposures, {book.instrument_count:,} instruments,"
                              f" {book.relationship_count:,} relationships"))  # fmt: skip
        lines.append(("Market", f"{run.market_data_snapshot.quote_count:,} quotes"))
    values = ValuationResult.objects.filter(run_id=run.pk)
    by_status = values.order_by("status").values_list("status")
    lines.append(("Valued", _counts(by_status.annotate(n=Count("instrument_id")))))
    fair = values.order_by("functional_currency").values_list("functional_currency")
    for currency, amount in fair.annotate(total=Sum("fair_value_functional")):
        lines.append((f"  fair value, {currency}", "undefined" if amount is None else f"{amount:,.2f}"))
    ratios = HedgeRatioResult.objects.filter(run_id=run.pk, subject="ENTITY").select_related("entity")
    for row in ratios.order_by("entity_id"):
        ratio = "undefined" if row.hedge_ratio is None else f"{row.hedge_ratio:.1%}"
        lines.append((f"  hedge ratio of {row.entity.code}", ratio + _because(row.reasons)))
    lines.append(("Buckets outside the band", breaches.words(breaches.of_run(run.pk))))
    statuses = EffectivenessResult.objects.filter(run_id=run.pk).values_list("effectiveness_status")
    tested = statuses.annotate(n=Count("relationship_id")).order_by("effectiveness_status")
    return [*lines, ("Relationships", _counts(tested))]


def _counts(pairs: object) -> str:
    return ", ".join(f"{count:,} {str(name).lower().replace('_', ' ')}" for name, count in pairs) or "none"  # type: ignore[attr-defined]


def _because(reasons: list[str]) -> str:
    return f" ({', '.join(reasons).replace('_', ' ')})" if reasons else ""

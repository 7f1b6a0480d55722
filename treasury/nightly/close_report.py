"""The table that a close prints at its end: what was measured and what was posted, rule by rule."""

from django.db.models import Count, Sum
from rich.table import Table

from hedges.enums import LifeStage, PostingRule
from hedges.models import JournalEntry, MeasurementResult
from treasury.models import CalculationRun


def table(run: CalculationRun) -> Table:
    found = Table(title=f"{run.scope} {run.as_of_date:%Y-%m} is closed by run {run.pk}", title_justify="left",
                  show_header=False, box=None)  # fmt: skip
    found.add_column(style="bold")
    found.add_column()
    for name, value in _lines(run):
        found.add_row(name, value)
    return found


def _lines(run: CalculationRun) -> list[tuple[str, str]]:
    lines = []
    if run.started_at and run.finished_at:
        lines.append(("Took", f"{(run.finished_at - run.started_at).total_seconds():.1f} s"))
    stages = MeasurementResult.objects.filter(run_id=run.pk).order_by().values_list("life_stage")
    counts = ", ".join(
        f"{count:,} {LifeStage(stage).label}" for stage, count in stages.annotate(n=Count("relationship_id"))
    )
    lines.append(("Relationships", counts or "none"))
    posted = JournalEntry.objects.filter(run=run)
    currencies = (
        posted.order_by("currency_id").values_list("currency_id").annotate(total=Sum("lines__debit_amount"))
    )
    totals = ", ".join(f"{total:,.2f} {currency} on each side" for currency, total in currencies)
    lines.append(("Entries", f"{posted.count():,}" + (f", {totals}" if totals else "")))
    by_rule = dict(posted.order_by().values_list("rule").annotate(n=Count("id")))
    return lines + [(f"  {rule.label}", f"{by_rule[rule]:,}") for rule in PostingRule if rule in by_rule]

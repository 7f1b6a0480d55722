"""A measured number goes back to quotes: each layer's value is worked out again and names the rates it is made of."""

import pytest

from hedges.domain.explanation.explain import explain
from hedges.domain.explanation.families import FAMILIES
from hedges.enums import InstrumentKind
from hedges.models import InstrumentAllocation, MeasurementResult
from treasury.enums import QuoteKind
from treasury.models import MarketQuote

pytestmark = pytest.mark.django_db
SPOT = {QuoteKind.FX_SPOT}
CURVE = {QuoteKind.ZERO_RATE, QuoteKind.DEPOSIT_RATE, QuoteKind.SWAP_RATE, QuoteKind.FORWARD_POINTS}
FORWARDS = (InstrumentKind.FORWARD, InstrumentKind.NON_DELIVERABLE_FORWARD)


def results(run, **which):
    found = MeasurementResult.objects.filter(run_id=run.pk, carrying_amount__isnull=False, **which)
    return list(found.select_related("relationship", "entity").order_by("relationship_id"))


def folded(found):
    return [step for step in found.worked.steps if step.folded]


def quotes(step):
    ids = [pk for one in step.given for pk in one.source.refers_to.get("quote_ids", [])]
    return list(MarketQuote.objects.filter(pk__in=ids))


def test_values_of_layers_are_worked_out_again(run) -> None:
    wrong, seen, unopened = [], 0, set()
    for row in results(run):
        for step in folded(explain("measurements", row, "cumulative_recognised")):
            said = {one.name: one.value for one in step.given}
            if "difference" not in said:
                unopened.add((step.title, step.written))
                continue
            seen += 1
            if said["difference"] and "month by month" not in step.written:
                wrong.append((row.relationship.code, step.title, step.written, said["difference"]))
    assert seen
    assert all("made of every payment" in written for _, written in unopened), unopened
    assert not wrong, "\n".join(str(one) for one in wrong)


def test_a_forwards_numbers_name_spot_and_curve_with_their_sources(run) -> None:
    used = InstrumentAllocation.objects.filter(instrument_version__instrument__kind__in=FORWARDS)
    of_forwards = used.values("relationship_version__relationship")
    rows = results(run, relationship__in=of_forwards)
    assert rows
    for row in rows:
        for field in FAMILIES["measurements"].fields():
            found = explain("measurements", row, field)
            assert found.agrees
            opened = folded(found)
            assert opened, field
            known = [quote for step in opened for quote in quotes(step)]
            kinds = {quote.kind for quote in known}
            assert kinds & SPOT, field
            assert kinds & CURVE or field == "cumulative_change_hypothetical", field
            text = " ".join(one.source.text for step in opened for one in step.given)
            first = known[0]
            assert f"({first.source}" in text
            assert f"recorded {first.recorded_at:%Y-%m-%d %H:%M} UTC" in text
            assert "approved by" in text

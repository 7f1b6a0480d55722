"""The demo company in a real database: written step by step at past times, picked up after an interruption."""

from collections import Counter
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest

from treasury.demo.company.book import exposures, instruments
from treasury.demo.company.market_needs import company_quotes
from treasury.demo.company.relationships import relationships
from treasury.demo.market.reference_rates import business_date

pytestmark = pytest.mark.database


def test_everything_is_in_the_book_once(seeded: dict[str, Any]) -> None:
    from exposures.models import Exposure, ExposureVersion
    from hedges.models import HedgeRelationship, Instrument, InstrumentVersion
    from treasury.demo.company.waiting import waiting_exposures, waiting_trades
    from treasury.models import MarketQuote

    # Two flows split off, one part that was paid, two of the invoices, one of the plan that was taken back.
    assert Exposure.objects.count() == len(exposures()) + 6
    versions = sum(len(spec.versions) for spec in exposures().values())
    # Nine of the last week's flows (3 by the split, 2 by the part), two invoices, two of the wrong plan and two back.
    assert ExposureVersion.objects.count() == versions + len(waiting_exposures()) + 9 + 2 + 4
    # One of a ticket, one that followed when another was rolled, and the near leg that closed that one.
    assert Instrument.objects.count() == len(instruments()) + len(waiting_trades()) + 3
    versions = sum(len(spec.versions) for spec in instruments().values())
    assert InstrumentVersion.objects.count() == versions + len(waiting_trades()) + 3
    assert HedgeRelationship.objects.count() == len(relationships()) == 71
    assert MarketQuote.objects.count() == len(company_quotes())


def test_what_is_left_after_an_interruption_is_done_and_no_more(seeded: dict[str, Any]) -> None:
    from tests.treasury.demo.conftest import KILLED_CLOSE
    from treasury.demo.seeding.timeline import Close, Night, past_nights, timeline

    steps = timeline()
    killed = [step.reason for step in steps].index(KILLED_CLOSE)
    # Nights are not published here but one, so that they are asked for again.
    assert seeded["rest"] == len(steps) - killed + sum(isinstance(step, Night) for step in steps[:killed])
    assert seeded["nights"] == past_nights()
    assert len(past_nights()) == 60
    closes = [step.reason for step in steps if isinstance(step, Close)]
    assert sorted(seeded["closes"]) == sorted([*closes, KILLED_CLOSE])


def test_a_second_start_writes_nothing(seeded: dict[str, Any]) -> None:
    from treasury.demo.seeding import progress
    from treasury.models import AuditEvent

    before = AuditEvent.objects.count()
    nights: list[date] = []
    closes: list[Any] = []
    made = progress.seed(
        people=seeded["people"], run_night=nights.append, run_close=lambda book, close: closes.append(close)
    )
    assert closes == []
    assert (
        made == len(nights) == 59
    )  # but one they are not published here, so that only they are asked for again
    assert AuditEvent.objects.count() == before


def test_history_carries_past_times_in_order_and_says_that_it_is_a_demo(seeded: dict[str, Any]) -> None:
    from treasury.models import AuditEvent

    events = list(
        AuditEvent.objects.filter(is_demo_history=True).order_by("id").values_list("recorded_at", flat=True)
    )
    assert len(events) > 300
    assert events == sorted(events)
    assert events[-1].date() == business_date()


def test_quotes_are_known_when_their_week_closes_and_not_before(seeded: dict[str, Any]) -> None:
    from django.db.models import F
    from django.db.models.functions import TruncDate

    from treasury.models import MarketQuote

    known = MarketQuote.objects.annotate(day=TruncDate("recorded_at"))
    assert not known.filter(quote_date__gt=F("day")).exists()
    real = set(MarketQuote.objects.filter(is_synthetic=False).values_list("source", flat=True).distinct())
    assert real == {"ECB reference rates", "EIA spot price"}


def test_two_persons_stand_behind_every_version_that_counts(seeded: dict[str, Any]) -> None:
    from exposures.models import ExposureVersion
    from hedges.models import HedgeRelationshipVersion, InstrumentVersion
    from treasury.models import PolicyVersion

    waiting = []
    for model in (ExposureVersion, InstrumentVersion, HedgeRelationshipVersion, PolicyVersion):
        for version in model.objects.select_related("approval"):
            approval = getattr(version, "approval", None)
            if approval is None:
                waiting.append(version)
            else:
                assert approval.decided_by_id != version.author_id
                assert approval.recorded_at > version.recorded_at
    # Two flows in lira and two deals against them, and the trade of the ticket.
    assert len(waiting) == 5


def test_a_loan_that_is_an_offset_is_an_item_of_its_own_entity(seeded: dict[str, Any]) -> None:
    from hedges.models import Instrument

    offsets = Instrument.objects.filter(kind="NATURAL_OFFSET").select_related("offset_exposure")
    assert offsets.count() == 4
    for offset in offsets:
        assert offset.offset_exposure.external_reference.endswith("-LOAN")


def test_relationships_are_effective_not_effective_and_inconclusive_for_reasons(last_run: Any) -> None:
    from hedges.models import EffectivenessResult

    found: dict[str, set[str]] = {}
    reasons: dict[str, set[str]] = {}
    counts: Counter = Counter()
    for row in EffectivenessResult.objects.filter(run_id=last_run.pk).select_related(
        "relationship_version__risk"
    ):
        counts[row.effectiveness_status] += 1
        risk = row.relationship_version.risk.code
        found.setdefault(row.effectiveness_status, set()).add(risk)
        reasons.setdefault(risk, set()).update(row.reasons + row.warnings)
    assert counts["EFFECTIVE"] > 40
    assert "RONEUR" in found["NOT_EFFECTIVE"]
    assert {"US500", "DKKEUR"} <= found["INCONCLUSIVE"]
    assert "too_few_points" in reasons["US500"]
    assert "immaterial_changes" in reasons["DKKEUR"]
    assert "method_failed" in reasons["RONEUR"]
    assert {"BRENT", "EURIBOR3M", "AUDEUR"} <= found["EFFECTIVE"]


def test_buckets_are_over_hedged_under_hedged_and_hedged_the_wrong_way(last_run: Any) -> None:
    from hedges.models import HorizonBucketResult

    found: dict[str, set[str]] = {}
    for row in HorizonBucketResult.objects.filter(run_id=last_run.pk).select_related("risk"):
        for flag in row.flags:
            found.setdefault(flag, set()).add(row.risk.code)
    assert found["over_hedged"] == {"AUDGBP"}
    assert {"TRYEUR", "SGDGBP", "RONEUR"} <= found["under_hedged"]
    assert found["wrong_direction"] == {"KRWUSD"}


def test_what_has_no_rates_any_more_has_no_value_and_says_why(last_run: Any) -> None:
    from hedges.models import ValuationResult

    rows = (
        ValuationResult.objects.filter(run_id=last_run.pk)
        .exclude(status="OK")
        .select_related("instrument_version__risk")
    )
    assert {row.instrument_version.risk.code for row in rows} == {"BGNUSD"}
    assert all(row.reasons == ["stale_data"] and row.present_value is None for row in rows)


def test_a_past_night_knew_no_more_than_its_time(last_run: Any) -> None:
    from treasury.models import CalculationRun

    past = CalculationRun.objects.filter(kind="NIGHTLY").exclude(pk=last_run.pk).get()
    assert past.status == "PUBLISHED"
    assert past.known_at.date() == past.as_of_date
    assert past.event.is_demo_history
    assert not last_run.event.is_demo_history
    assert past.market_data_snapshot.quote_count < last_run.market_data_snapshot.quote_count


def test_a_night_left_open_by_a_killed_start_is_given_up_and_done_again(last_run: Any) -> None:
    from treasury.demo.nights import past_night
    from treasury.demo.seeding.timeline import past_nights
    from treasury.domain import runs
    from treasury.models import CalculationRun

    day = past_nights()[-2]
    runs.request(as_of_date=day, actor=None)
    past_night(day)
    states = (
        CalculationRun.objects.filter(as_of_date=day, kind="NIGHTLY")
        .order_by("revision")
        .values_list("status", flat=True)
    )
    assert list(states) == ["FAILED", "PUBLISHED"]


def test_the_summary_names_what_was_promised(last_run: Any) -> None:
    from rich.console import Console

    from treasury.demo.summary import print_summary, print_ways_in

    console = Console(file=StringIO(), width=160)
    print_summary(console, last_run)
    print_ways_in(console, "http://127.0.0.1:8000/", {"treasurer": "secret"}, "demo-passwords.json")
    said = console.file.getvalue()
    promised = (
        "Aldermoor Coatings SE|Exposures|Instruments|not effective|inconclusive|over hedged|wrong direction"
    )
    promised += "|matured|stopped, its reserve waits|documented, not begun|discontinued|rejected|12 months"
    promised += f"|{business_date()}, in |synthetic|http://127.0.0.1:8000/|secret"
    assert [word for word in promised.split("|") if word not in said] == []


def test_two_starts_at_once_take_turns(seeded: dict[str, Any]) -> None:
    import psycopg
    from django.db import connections

    from treasury.demo.seeding.clock import LOCK, one_at_a_time

    with psycopg.connect(**connections["owner"].get_connection_params() | {"cursor_factory": None}) as other:
        with one_at_a_time():
            assert other.execute(LOCK.format("pg_try_advisory_lock")).fetchone() == (False,)
        assert other.execute(LOCK.format("pg_try_advisory_lock")).fetchone() == (True,)


def test_people_work_on_the_evening_of_the_business_date(seeded: dict[str, Any]) -> None:
    from django.db import connections, transaction

    from treasury.demo.seeding.clock import EVENING, stand_on
    from treasury.models import DemoClock

    with transaction.atomic("owner"):
        stand_on(business_date())
        set_once = DemoClock.objects.using("owner").count()
        stand_on(business_date())
        assert DemoClock.objects.using("owner").count() == set_once, "a clock that stands right is left alone"
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "SELECT hedgebook_now(), max(recorded_at) FROM treasury_auditevent"
                " WHERE action ~ '^(hedges|exposures|treasury[.]run)[.]'"
            )
            now, last = cursor.fetchone()
        # Other tests of this database may have recorded something at the real time: never back behind it.
        begins = max(last, datetime.combine(business_date(), EVENING))
        assert begins <= now < begins + timedelta(minutes=5)
        transaction.set_rollback(True, using="owner")


def test_a_book_of_somebody_else_is_left_alone(committed_db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.factories import book
    from treasury.demo.seeding import progress
    from treasury.models import AuditEvent

    book.entity()
    before = AuditEvent.objects.count()
    with pytest.raises(progress.AnotherBookError, match="not the demo company"):
        progress.seed(people={}, run_night=lambda day: None)
    assert AuditEvent.objects.count() == before

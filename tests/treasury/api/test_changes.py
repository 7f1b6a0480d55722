"""The feed of changes: what is told of each, who sees it, and that its pages cost the same."""

from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exposures.domain import recording
from exposures.models import Exposure, ExposureVersionApproval
from hedges.models import InstrumentVersionApproval
from tests.factories import api, book, feed, market, night
from treasury.api.change_bodies import _views
from treasury.domain import approval, audit, market_quotes, runs
from treasury.enums import Decision
from treasury.models import CalculationRun, Entity, MarketQuote, Recorded
from treasury.queries import changes

pytestmark = pytest.mark.django_db

#: Recorded tables that are no resource of their own, and by what the change is told.
TOLD_OTHERWISE = {
    "exposures_exposure": "its first version",
    "hedges_instrument": "its first version",
    "hedges_hedgerelationship": "its first version",
    "hedges_accountmap": "its first version",
    "treasury_policy": "its first version",
    "treasury_manualquote": "its first version",
    "hedges_inceptionfile": "the version that it is part of",
    "hedges_itemallocation": "its version; its release by the audit trail",
    "hedges_instrumentallocation": "its version; its release by the audit trail",
    "exposures_importmapping": "a help of those who share it, by person: its list says which; what is read, its import",
    "exposures_bulkjob": "the exposures and the import that it records; how far it is its sender alone asks",
    "treasury_marketdatasnapshot": "the run that sealed it",
    "treasury_booksnapshot": "the run that sealed it",
}
#: Recorded tables that are not followed, and why a copy of the book does without.
NOT_FOLLOWED = {
    "treasury_rulepack": "comes with a release of the program; what was judged by it names it",
    "treasury_ratecurve": "worked out anew from the quotes, which are followed",
    "exposures_importfile": "how rows came; what they record is told as exposures",
    "exposures_importcorrection": "the same",
    "exposures_importmapping": "how a file is read; each import has its own settings",
    "exposures_bulkjob": "who sent it asks for its answer; what it records is told as exposures",
    "exposures_bulkcontent": "the same",
    "exposures_bulkanswer": "the same",
}


def told(found: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(change[name] for name in names) for change in found]


def test_every_recorded_table_is_followed_or_named_with_its_reason() -> None:
    followed = {source.model._meta.db_table for source in changes.sources()}
    recorded = {
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, Recorded) and model._meta.managed
    }
    assert recorded - followed == set(TOLD_OTHERWISE) | set(NOT_FOLLOWED)
    assert not followed & (set(TOLD_OTHERWISE) | set(NOT_FOLLOWED))


def test_places_are_given_once_and_every_resource_can_be_shown() -> None:
    places = [source.place for source in changes.sources()]
    assert len(places) == len(set(places))
    assert set(changes.resources()) == set(_views())


def test_an_exposure_is_recorded_approved_and_its_next_version_rejected() -> None:
    entity, start = book.entity(), feed_end()
    first = book.exposure("1000000", of=entity)
    second = book.unsaved_exposure("2000000")
    second.exposure = first.exposure
    amended = recording.amend(versions=[second], actor=book.user(), reason="more")
    approval.decide(
        versions=amended, approvals=ExposureVersionApproval, actor=book.user(), decision=Decision.REJECTED
    )
    feed.numbered()
    auditor = api.by_token("AUDITOR")
    found, _ = feed.read_all(auditor, start, bodies="full")
    mine = [change for change in found if change["resource"] == "exposures"]
    key = first.exposure_id
    assert told(mine, "id", "version", "kind", "tombstone") == [
        (key, 1, "CREATED", False), (key, 1, "DECIDED", False),
        (key, 2, "CHANGED", False), (key, 2, "WITHDRAWN", True),
    ]  # fmt: skip
    body = mine[2]["body"]
    assert body["exposure_amount"] == "2000000.00"
    assert (body["id"], body["version_number"], body["decision"]) == (key, 2, "REJECTED")
    assert {change["etag"] for change in mine} == {auditor.tag_of(f"exposures/{key}/").split("-")[0] + '"'}
    assert mine[0]["action"] == "exposures.exposure.recorded"


def feed_end() -> str:
    feed.numbered()
    return str(changes.end())


def test_a_corrected_quote_is_withdrawn_and_a_state_row_and_a_run_are_followed() -> None:
    entity = book.entity()
    market.record(
        market_quotes.QuoteRow("FX_SPOT", "EURUSD", "SPOT", book.TODAY, Decimal("1.1"), "TEST", False)
    )
    quote = MarketQuote.objects.get()
    run = night.running()
    start = feed_end()
    with audit.action("test.entity.renamed", actor=None):
        Entity.objects.filter(pk=entity.pk).update(name="Another name")
    runs.fail(run_id=run.pk, reason="no disk")
    correction = market_quotes.correct(
        quote=quote, value=Decimal("1.2"), source="TEST", actor=book.user("TREASURER"), reason="typo"
    )
    feed.numbered()
    found, _ = feed.read_all(api.by_token("AUDITOR"), start, bodies="full")
    assert ("entities", entity.pk, "CHANGED") in told(found, "resource", "id", "kind")
    assert [
        row for row in told(found, "resource", "id", "kind", "tombstone") if row[0] == "market-quotes"
    ] == [
        ("market-quotes", correction.pk, "CREATED", False),
        ("market-quotes", quote.pk, "WITHDRAWN", True),
    ]
    [failed] = [change for change in found if change["resource"] == "runs"]
    assert (failed["id"], failed["kind"], failed["body"]["status"]) == (run.pk, "CHANGED", "FAILED")
    [renamed] = [change for change in found if change["resource"] == "entities"]
    assert renamed["body"]["name"] == "Another name"


def test_the_feed_of_each_resource_alone_is_what_is_told_of_it_with_all_others() -> None:
    """Some resources are one table, others several."""
    start, risk = feed_end(), book.risk()
    book.counterparty()
    night.small_book()
    book.futures_contract(risk)
    feed.numbered()
    auditor = api.by_token("AUDITOR")
    every, _ = feed.read_all(auditor, start, page_size=7)
    assert {"exposures", "counterparties", "futures-contracts", "runs"} <= {one["resource"] for one in every}
    for resource in changes.resources():
        alone, _ = feed.read_all(auditor, start, resources=resource, page_size=2)
        assert alone == [one for one in every if one["resource"] == resource], resource


def test_the_publishing_of_a_night_is_a_change_of_its_run() -> None:
    start = feed_end()
    run = night.published()
    feed.numbered()
    found, _ = feed.read_all(api.by_token("AUDITOR"), start, resources="runs", bodies="full")
    assert {change["id"] for change in found} == {run.pk}
    assert found[0]["kind"] == "CREATED"
    assert found[-1]["kind"] == "CHANGED"
    assert found[-1]["body"]["status"] == CalculationRun.objects.get(pk=run.pk).status == "PUBLISHED"


def test_a_large_action_is_read_in_pages_each_row_once_and_in_order() -> None:
    entity, start = book.entity(), feed_end()
    rows = [
        (Exposure(entity=entity, source_system="ERP", external_reference=f"P{n}"), book.unsaved_exposure())
        for n in range(11)
    ]
    recording.record(exposures=rows, actor=book.user())
    feed.numbered()
    caller = api.by_token("AUDITOR")
    whole, end = feed.read_all(caller, start)
    for size in (1, 3, 10, 11, 12):
        pages, upto = feed.read_all(caller, start, page_size=size)
        assert pages == whole
        assert upto == end
    assert len([change for change in whole if change["resource"] == "exposures"]) == 11
    assert feed.read_all(caller, end) == ([], end)


def test_what_belongs_to_others_is_not_there() -> None:
    mine, theirs = book.entity(), book.entity()
    start = feed_end()
    seen = book.exposure(of=mine)
    book.exposure(of=theirs)
    book.forward(of=theirs)
    with audit.action("test.entity.renamed", actor=None):
        Entity.objects.filter(pk=theirs.pk).update(name="Secret")
    feed.numbered()
    caller = api.by_token("TREASURER", entity=mine)
    found, end = feed.read_all(caller, start, bodies="full")
    of_entities = [change for change in found if change["resource"] not in ("counterparties", "risks")]
    assert {(change["resource"], change["id"]) for change in of_entities} == {("exposures", seen.exposure_id)}
    assert all(change["body"] for change in found)
    both, same_end = feed.read_all(api.by_token("AUDITOR"), start)
    assert end == same_end
    assert {"instruments", "entities"} <= {change["resource"] for change in both}
    assert feed.read_all(api.by_token("AUDITOR"), start, entity=mine.code)[0] == [
        change | {"body": None, "etag": None} for change in found
    ]


@pytest.mark.parametrize("bodies", ["slim", "full"])
def test_a_page_costs_the_same_with_one_change_and_with_three(bodies: str) -> None:
    caller = api.by_token("AUDITOR")
    spent = []
    for size in (1, 3):
        entity, start = book.entity(), feed_end()
        for _ in range(size):
            book.exposure(of=entity, approve=False)
        feed.numbered()
        caller.read("changes/", cursor=start, bodies=bodies)
        with CaptureQueriesContext(connection) as queries:
            page = caller.read("changes/", cursor=start, bodies=bodies, resources="exposures")
        assert len(page["results"]) == size
        spent.append(len(queries))
    assert spent[0] == spent[1]
    assert spent[0] <= 10


@pytest.mark.parametrize("cursor", ["x", "1.2", "-1", "1.2.3.4", "", "99999999999999999", "１"])
def test_a_cursor_that_is_none_is_refused(cursor: str) -> None:
    problem = api.by_token("AUDITOR").refused("changes/", cursor=cursor)
    assert (problem["status"], problem["errors"][0]["field"]) == (400, "cursor")


def test_an_unknown_resource_is_refused_and_the_end_is_empty() -> None:
    book.exposure(of=book.entity())
    feed.numbered()
    caller = api.by_token("AUDITOR")
    assert caller.refused("changes/", resources="exposures,people")["errors"][0]["field"] == "resources"
    page = caller.read("changes/", cursor="end")
    assert (page["results"], page["has_more"], page["cursor"]) == ([], False, str(changes.end()))


def test_trades_and_their_decisions_are_told_with_their_terms() -> None:
    entity, start = book.entity(), feed_end()
    version = book.forward(of=entity, approve=False)
    approval.decide(versions=[version], approvals=InstrumentVersionApproval, actor=book.user())
    feed.numbered()
    found, _ = feed.read_all(api.by_token("AUDITOR"), start, resources="instruments", bodies="full")
    assert told(found, "kind", "version") == [("CREATED", 1), ("DECIDED", 1)]
    assert found[0]["body"]["strike_rate"] == "0.9"
    assert found[0]["body"]["decision"] == "APPROVED"


def test_a_line_of_a_proposal_that_is_dismissed_is_a_tombstone() -> None:
    from tests.hedges.api.desk.subjects import outside_its_band
    from tests.hedges.api.workflow.office import Office

    office = Office()
    made = office.done("treasurer", "proposals/into-band/", outside_its_band(office))
    line = made["lines"][0]["id"]
    office.done("treasurer", f"proposal-lines/{line}/dismiss/", {"reason": "The exposure is cancelled."})
    feed.numbered()
    found = [
        row
        for row in api.by_token("AUDITOR").rows("changes/", resources="proposal-lines")
        if row["id"] == line
    ]
    assert [(row["kind"], row["tombstone"]) for row in found] == [("CREATED", False), ("WITHDRAWN", True)]

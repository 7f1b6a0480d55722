"""Every page with a published night behind it: it stands, and its number of queries does not grow with the rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exposures.domain.importing import deciding
from exposures.queries import import_decisions
from tests.factories import book, importing, night
from tests.factories.web import signed_in
from treasury.enums import Decision
from treasury.web import words

pytestmark = pytest.mark.django_db


def addresses(made: dict) -> dict[str, str]:
    entity, risk = made["entity"].code, made["risk"].code
    return {
        "position": reverse("position"),
        "position swapped": reverse("position") + "?rows=bucket",
        "cell": reverse("position-cell", args=[entity, risk, 0]),
        "horizon": reverse("horizon") + f"?book={entity}:{risk}",
        "exposures": reverse("exposures"),
        "exposure": reverse("exposure", args=[made["exposures"][0].exposure_id]),
        "instruments": reverse("instruments"),
        "instrument": reverse("instrument", args=[made["forwards"][0].instrument_id]),
        "relationships": reverse("relationships"),
        "relationship": reverse("relationship", args=[made["relationships"][0].relationship_id]),
        "effectiveness": reverse("effectiveness"),
        "effectiveness of": reverse("effectiveness-of", args=[made["relationships"][0].relationship_id]),
        "policies": reverse("policies"),
        "market": reverse("market"),
        "runs": reverse("runs"),
        "run": reverse("run", args=[made["run"].pk]),
        "changes": reverse("changes"),
    }


QUERIES = {
    "position": 15, "position swapped": 15, "cell": 18, "horizon": 15, "exposures": 15, "exposure": 13,
    "instruments": 16, "instrument": 18, "relationships": 15, "relationship": 28, "effectiveness": 14,
    "effectiveness of": 14, "policies": 13, "market": 13, "runs": 13, "run": 15, "changes": 14,
}  # fmt: skip


@pytest.mark.parametrize("size", [1, 3])
def test_no_page_asks_more_of_the_database_when_there_is_more_to_show(size: int) -> None:
    made = night.small_book(size)
    client = signed_in("AUDITOR")
    found = {}
    for name, address in addresses(made).items():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200, address
        found[name] = len(queries)
    assert found == QUERIES


def test_a_page_of_another_entity_is_not_found() -> None:
    made = night.small_book(1)
    client = signed_in(entity=book.entity())
    for name in ("cell", "exposure", "instrument", "relationship", "effectiveness of"):
        assert client.get(addresses(made)[name]).status_code == 404, name
    for name in ("exposures", "instruments", "relationships", "effectiveness", "position", "policies"):
        assert made["entity"].code not in client.get(addresses(made)[name]).content.decode(), name
    assert client.get(reverse("exposures"), {"entity": made["entity"].code}).status_code == 404


def test_the_position_says_ratio_band_and_open_amount_of_a_cell() -> None:
    made = night.small_book(1)
    text = signed_in().get(reverse("position")).content.decode()
    assert "60.0 %" in text
    assert "In band" in text
    assert "1,000 → 400" in text
    assert addresses(made)["cell"] in text


def test_breaches_come_first() -> None:
    calm, torn = book.entity(code="AAA"), book.entity(code="ZZZ")
    risk = book.risk()
    night.published(
        [night.bucket(calm, risk), night.bucket(torn, risk, coverage_ratio=0.1, flags=["under_hedged"])]
    )
    text = signed_in().get(reverse("position")).content.decode()
    assert "Under-hedged" in text
    assert text.index("ZZZ USDEUR") < text.index("AAA USDEUR")


def test_a_number_that_is_not_defined_shows_its_reason() -> None:
    entity, risk = book.entity(), book.risk()
    night.published(
        [
            night.bucket(entity, risk, net_exposure_amount=0, coverage_ratio=None, reasons=["zero_exposure"]),
            night.ratio(entity, risk, exposure_amount=0, hedge_ratio=None, reasons=["zero_exposure"]),
        ]
    )
    text = signed_in().get(reverse("position")).content.decode()
    assert '<span class="reason">no exposure</span>' in text
    assert "Hedge only" in text


def test_a_date_before_the_first_night_says_what_to_do() -> None:
    night.small_book(1)
    text = signed_in().get(reverse("position"), {"as_of": "2020-01-01"}).content.decode()
    assert "No night has been published" in text
    assert "Choose another date" in text


def test_known_at_is_unmistakable_and_leaves_out_what_came_later() -> None:
    made = night.small_book(1)
    text = signed_in().get(reverse("exposures"), {"known_at": "2020-01-01T00:00"}).content.decode()
    assert "As known at" in text
    assert made["exposures"][0].exposure.external_reference not in text


@pytest.mark.parametrize("query", ["as_of=yesterday", "known_at=noon", "run=last", "entity=NOBODY"])
def test_an_address_that_cannot_be_read_says_what_was_expected(query: str) -> None:
    answer = signed_in().get(f"{reverse('position')}?{query}")
    assert answer.status_code == 404
    assert "xpected" in answer.content.decode() or "Choose one" in answer.content.decode()


def test_a_list_sorts_filters_and_exports() -> None:
    made = night.small_book(3)
    client = signed_in()
    assert (
        'aria-sort="descending"'
        in client.get(reverse("exposures"), {"sort": "-exposure_amount"}).content.decode()
    )
    assert (
        "No exposure matches"
        in client.get(reverse("exposures"), {"risk": "USDEUR", "q": "zzz"}).content.decode()
    )
    answer = client.get(reverse("exposures"), {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].startswith("reference,entity_code")
    assert len(lines) == 4
    assert made["entity"].code in lines[1]


def test_only_a_person_of_the_whole_group_reads_the_whole_change_log() -> None:
    made = night.small_book(1)
    whole = signed_in("AUDITOR").get(reverse("changes")).content.decode()
    assert "exposures.exposure.recorded" in whole
    part = signed_in(entity=made["entity"]).get(reverse("changes")).content.decode()
    assert "exposures.exposure.recorded" not in part
    assert "Your own actions" in part


def test_no_page_shows_its_own_markup_as_letters() -> None:
    made = night.small_book(1)
    client = signed_in("AUDITOR")
    for name, address in addresses(made).items():
        assert "&lt;span" not in client.get(address).content.decode(), name
    given = client.get(reverse("changes"), {"action": "role_given"}).content.decode()
    assert "Role: none → Auditor" in given


def test_search_leads_to_the_thing_itself() -> None:
    made = night.small_book(1)
    reference = made["exposures"][0].exposure.external_reference
    answer = signed_in(entity=made["entity"]).get(reverse("search"), {"q": reference})
    assert answer.status_code == 302
    assert answer["Location"] == addresses(made)["exposure"]


def test_a_history_is_of_the_nights_that_were_published_by_then() -> None:
    from datetime import timedelta

    from treasury.queries import published

    entity, risk = book.entity(), book.risk()
    first = night.published([night.bucket(entity, risk)], as_of=book.TODAY - timedelta(days=7))
    then = first.published_at
    second = night.published([night.bucket(entity, risk)], as_of=book.TODAY - timedelta(days=7), revision=2)
    third = night.published([night.bucket(entity, risk)])
    now = published.nights(until=book.TODAY).values_list("pk", flat=True)
    assert set(now) == {second.pk, third.pk}
    before = published.nights(until=book.TODAY, known_at=then).values_list("pk", flat=True)
    assert set(before) == {first.pk}


def test_what_awaits_approval_says_so_and_where_approving_is_done() -> None:
    made = night.small_book(1)
    waits = [
        ("exposure", "exposures", book.exposure(of=made["entity"], approve=False).exposure_id),
        ("instrument", "instruments", book.forward(of=made["entity"], approve=False).instrument_id),
    ]
    client = signed_in()
    for one, several, number in waits:
        text = client.get(reverse(one, args=[number])).content.decode()
        assert "Not valued: it awaits approval." in text
        assert words.APPROVING in text
        assert "was not in force" not in text
        listed = client.get(reverse(several), {"show": "awaiting"}).content.decode()
        assert words.APPROVING in listed
        assert words.APPROVING not in client.get(addresses(made)[one]).content.decode()


def test_what_failed_comes_first_with_its_reason_beside_it() -> None:
    made = night.small_book(3)
    stood = ["EFFECTIVE", "INCONCLUSIVE", "NOT_EFFECTIVE"]
    rows = [
        night.effectiveness(version, effectiveness_status=status, reasons=["other_method_missed"])
        for version, status in zip(made["relationships"], stood, strict=True)
    ]
    rows.append(night.criterion(made["relationships"][2], effectiveness_status="NOT_EFFECTIVE"))
    night.published(rows, revision=2)
    text = signed_in().get(reverse("effectiveness")).content.decode()
    codes = [version.relationship.code for version in reversed(made["relationships"])]
    assert sorted(codes, key=text.index) == codes
    assert "the method computed beside the documented one missed a limit" in text
    page = signed_in().get(reverse("relationship", args=[made["relationships"][2].relationship_id]))
    assert "Missed" in page.content.decode()
    assert "</span>Met</span>" in page.content.decode()


def test_an_import_waits_as_one_thing_whatever_it_has_made() -> None:
    entity = book.entity()
    author = book.user("TREASURER", entity=entity)
    book.risk("USDEUR")
    rows = [importing.row(f"SO-{place}", entity) for place in range(3)]
    first = importing.committed(importing.csv(*rows), actor=author)
    importing.committed(importing.csv(importing.row("SO-9", entity)), actor=author)
    book.exposure(of=entity, approve=False)
    client = signed_in("APPROVER", entity=entity)
    text = client.get(reverse("exposures")).content.decode()
    assert "1 exposure to approve" in text
    assert "2 imports to approve" in text
    approver, [event] = book.user("APPROVER"), [first.commit_event_id]
    deciding.decide(
        import_id=first.pk, event_id=event, digest=import_decisions.digest_of_waiting(event),
        decision=Decision.APPROVED, actor=approver, comment="",
    )  # fmt: skip
    assert "1 import to approve" in client.get(reverse("exposures")).content.decode()


def test_a_page_of_the_past_says_nothing_of_today() -> None:
    made = night.small_book(1)
    book.exposure(of=made["entity"], approve=False)
    client = signed_in()
    today = client.get(reverse("position")).content.decode()
    assert "exposure to approve" in today
    assert "Last night" in today
    then = {"known_at": made["run"].published_at.isoformat()}
    past = client.get(reverse("position"), then).content.decode()
    assert "As known at" in past
    for words_of_today in ("to approve", "Nothing waits", "Last night"):
        assert words_of_today not in past


def test_a_date_without_a_night_of_its_own_says_which_night_is_shown() -> None:
    night.small_book(1)
    client = signed_in()
    later = client.get(reverse("position"), {"as_of": "2027-01-01"}).content.decode()
    assert "as of 2026-10-30, the newest night on or before 2027-01-01" in later
    same = client.get(reverse("position"), {"as_of": "2026-10-30"}).content.decode()
    assert "newest night" not in same

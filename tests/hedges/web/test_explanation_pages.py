"""From a number on a page to how it came about, and on to the calculator and the measure."""

import json
import re
from html import unescape

import pytest

from hedges.models import EffectivenessResult, ValuationResult
from tests.factories import book, hedged, market, night
from tests.factories.web import signed_in
from treasury.enums import Role

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a class="how" href="([^"]+)"')


@pytest.fixture
def entity():
    market.record()
    entity = hedged.hedged_book(2)
    hedged.night()
    return entity


def links(page: str) -> list[str]:
    return [unescape(found) for found in LINK.findall(page)]


def pages(entity) -> list[str]:
    instrument = ValuationResult.objects.first().instrument_id
    relationship = EffectivenessResult.objects.first().relationship_id
    return [
        "/",
        "/horizon/",
        f"/position/{entity.code}/USDEUR/3/",
        f"/instruments/{instrument}/",
        f"/relationships/{relationship}/",
        f"/effectiveness/{relationship}/",
    ]


def test_every_number_of_the_pages_leads_to_an_explanation_that_agrees(entity) -> None:
    client = signed_in("AUDITOR")
    followed = 0
    for address in pages(entity):
        found = links(client.get(address).content.decode())
        assert len(found) >= 4, address
        for href in found[:6]:
            page = client.get(href)
            assert page.status_code == 200, href
            text = page.content.decode()
            assert "They agree" in text, href
            assert "They do not agree" not in text, href
            followed += 1
    assert followed > 25


def test_the_page_says_what_how_and_from_where(entity) -> None:
    client = signed_in("TREASURER", entity=entity)
    row = ValuationResult.objects.order_by("instrument_id").first()
    text = unescape(
        client.get(f"/numbers/valuations/{row.run_id}/{row.instrument_id}/present_value/").content.decode()
    )
    order = [
        "What it is",
        "V = N(F − K)D",
        "With the numbers",
        "Where it comes from",
        "Against what is stored",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert "EURUSD 1.1 of 2026-10-30" in text
    assert "approved by person" in text
    assert 'href="/calculators/fx_forward_value/"' in text


def test_the_calculator_opens_with_the_very_inputs(entity) -> None:
    client = signed_in("AUDITOR")
    row = ValuationResult.objects.order_by("instrument_id").first()
    text = unescape(
        client.get(f"/numbers/valuations/{row.run_id}/{row.instrument_id}/present_value/").content.decode()
    )
    (href,) = re.findall(r'href="(/calculators/fx_forward_value/\?[^"]+)"', text)
    answer = json.loads(client.get(href).context["answer_json"])
    assert round(answer["result"]["present_value"], 2) == float(row.present_value)


def test_a_foreign_number_and_one_that_is_not_there_are_the_same_404(entity) -> None:
    row = ValuationResult.objects.first()
    stranger = signed_in("TREASURER", entity=book.entity())
    address = f"/numbers/valuations/{row.run_id}/{{}}/present_value/"
    foreign, missing = (stranger.get(address.format(key)) for key in (row.instrument_id, 9999))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content
    client = signed_in("TREASURER", entity=entity)
    for wrong in (
        f"/numbers/nothing/{row.run_id}/{row.instrument_id}/present_value/",
        f"/numbers/valuations/{row.run_id}/{row.instrument_id}/nothing/",
        f"/numbers/valuations/{row.run_id}/x/present_value/",
        f"/numbers/valuations/9999/{row.instrument_id}/present_value/",
    ):
        assert client.get(wrong).status_code == 404, wrong


@pytest.mark.parametrize("role", Role.values)
def test_every_role_reads_it(entity, role) -> None:
    row = ValuationResult.objects.first()
    assert (
        signed_in(role).get(f"/numbers/valuations/{row.run_id}/{row.instrument_id}/delta/").status_code == 200
    )


def test_a_number_whose_inputs_cannot_be_had_is_not_passed_over() -> None:
    made = night.small_book()
    forward = made["forwards"][0]
    text = signed_in("AUDITOR").get(
        f"/numbers/valuations/{made['run'].pk}/{forward.instrument_id}/present_value/"
    )
    page = text.content.decode()
    assert "are not those that were sealed" in page
    assert "They do not agree" in page

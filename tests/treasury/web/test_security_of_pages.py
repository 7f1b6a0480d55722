"""What every page sends: a strict policy, and nothing inline that it would have to allow."""

import re

import pytest
from django.urls import reverse

from tests.factories import night
from tests.factories.web import signed_in
from tests.treasury.web.test_pages_with_a_night import addresses

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


def test_no_page_has_inline_script_or_style_and_each_sends_the_policy() -> None:
    made = night.small_book(2)
    client = signed_in("AUDITOR")
    for name, address in addresses(made).items():
        answer = client.get(address)
        assert INLINE.findall(answer.content.decode()) == [], name
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "no-store" in answer["Cache-Control"]


def test_light_and_dark_are_remembered_and_lead_back_into_the_house_only() -> None:
    client = signed_in()
    answer = client.post(reverse("scheme"), {"scheme": "dark", "next": "/help/"})
    assert (answer["Location"], answer.cookies["scheme"].value) == ("/help/", "dark")
    assert 'data-scheme="dark"' in client.get("/help/").content.decode()
    assert (
        client.post(reverse("scheme"), {"scheme": "", "next": "https://elsewhere.example/"})["Location"]
        == "/"
    )
    assert "data-scheme" not in client.get("/help/").content.decode()


def test_a_description_cannot_bring_markup_into_a_page() -> None:
    from tests.factories import book

    entity = book.entity(name="<script>alert(1)</script>")
    shown = book.exposure(of=entity, description="<b>bold</b>")
    text = signed_in().get(reverse("exposure", args=[shown.exposure_id])).content.decode()
    assert "<script>alert" not in text
    assert "&lt;b&gt;bold&lt;/b&gt;" in text


def test_a_formula_in_a_name_stays_text_in_the_csv_file() -> None:
    from treasury.web.exports import plain

    assert plain("=1+1") == "'=1+1"
    assert plain(-5) == "-5"

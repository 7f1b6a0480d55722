"""A bucket is one breach, whatever its flags: the position page and the terminal count the same."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from tests.factories import book, night
from tests.factories.web import signed_in
from treasury.demo.summary import last_night
from treasury.nightly import report

pytestmark = pytest.mark.django_db
FLAGS = (
    ["under_hedged"],
    ["under_hedged", "wrong_direction"],
    ["above_band"],
    ["above_band", "over_hedged"],
    ["something_to_remark"],
    [],
)


def test_the_page_and_the_terminal_agree_on_a_night() -> None:
    entity, risk = book.entity(), book.risk()
    run = night.published(
        [night.bucket(entity, risk, place, place + 1, flags=flags) for place, flags in enumerate(FLAGS)]
    )
    expected = Counter(under_hedged=1, above_band=1, over_hedged=1, wrong_direction=1)
    assert last_night(run).breaches == expected
    lines = dict(report._lines(run))
    assert lines["Buckets outside the band"].count("1 ") == 4
    text = signed_in().get(reverse("position")).content.decode()
    tiles = dict(re.findall(r"<dt>([^<]+)</dt><dd>(\d+)", text))
    names = ("Under-hedged", "Above band", "Over-hedged", "Wrong direction")
    assert [tiles[name] for name in names] == ["1", "1", "1", "1"]
    assert tiles["Buckets outside the band"] == "4"

"""The history of a ratio begins where its address says, and marks the days on which the policy changed."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import book, night
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db


def days_shown(page: str) -> list[str]:
    table = page[page.index("Against the night before") :]
    return re.findall(r'<th scope="row"[^>]*>(?:<[^>]+>)?(\d{4}-\d\d-\d\d)', table)


@pytest.mark.parametrize("name", ["horizon", "position-cell"])
def test_a_history_begins_where_the_address_says(name: str) -> None:
    entity, risk = book.entity(), book.risk()
    bands = [(0, 12, "0.5", "0.65", "0.8")]
    book.policy(of=entity, risk=risk, bands=bands, valid_from=book.TODAY - timedelta(days=15))
    days = [book.TODAY - timedelta(days=back) for back in (400, 30, 20, 10, 0)]
    for day in days:
        night.published([night.bucket(entity, risk, 0, 3), night.ratio(entity, risk)], as_of=day)
    arguments = [entity.code, risk.code, 0] if name == "position-cell" else []
    client = signed_in()
    usual = client.get(reverse(name, args=arguments)).content.decode()
    assert days_shown(usual) == [f"{day}" for day in reversed(days[1:])]
    assert "Policy 1</text>" in usual
    asked = client.get(reverse(name, args=arguments), {"since": f"{days[2]}"}).content.decode()
    assert days_shown(asked) == [f"{day}" for day in reversed(days[2:])]
    assert f'value="{days[2]}"' in asked
    later = client.get(reverse(name, args=arguments), {"since": f"{days[3]}"}).content.decode()
    assert "Policy 1</text>" not in later
    wrong = client.get(reverse(name, args=arguments), {"since": "soon"})
    assert wrong.status_code == 200

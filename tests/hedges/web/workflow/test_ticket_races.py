"""Two tabs, two clicks, two threads: one form is one trade."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from hedges.models import Instrument, InstrumentVersion
from tests.hedges.web.workflow import tickets
from tests.hedges.web.workflow.desk import Desk

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def desk(committed_db) -> Desk:
    return Desk()


@pytest.mark.parametrize("kind", ["FORWARD", "COLLAR"])
def test_sent_many_times_at_once_it_is_one_trade(desk: Desk, kind: str) -> None:
    told = tickets.opened(desk, kind=kind) | tickets.typed(desk, kind)
    clients = [desk.by("treasurer") for _ in range(4)]
    gate = Barrier(len(clients))

    def send(client):
        gate.wait(20)
        try:
            return client.post("/trades/new/", told | {"do": "send"})
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(send, clients))
    assert [answer.status_code for answer in answers] == [302] * len(clients), tickets.said(answers[0])
    assert len({answer.url for answer in answers}) == 1
    assert Instrument.objects.count() == (2 if kind == "COLLAR" else 1)
    assert InstrumentVersion.objects.filter(trade_date__gte=timezone.now().date() - timedelta(1)).exists()

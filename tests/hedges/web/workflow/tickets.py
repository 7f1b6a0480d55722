"""A desk with a published night over a real market, on the market's last day, and tickets filled in as people type."""

from datetime import date
from typing import Any

from django.urls import reverse

from hedges.models import InstrumentVersion
from tests.factories import book
from tests.hedges.web.workflow.desk import Desk, fields_of

#: What is typed for each kind, and nothing that has a default.
TYPED: dict[str, dict[str, str]] = {
    "FORWARD": {"side": "SELL", "currency": "EUR", "amount": "5m", "against": "EURUSD", "value_date": "3M",
                "rate": "1.0825"},
    "NON_DELIVERABLE_FORWARD": {"side": "BUY", "currency": "USD", "amount": "250k", "against": "EUR",
                                "value_date": "1Y", "rate": "1.09"},
    "FUTURE": {"side": "BUY", "contract_count": "5", "contract": "CLH27", "rate": "68.5"},
    "OPTION": {"side": "BUY", "option_kind": "CALL", "currency": "EUR", "amount": "1.5m", "against": "USD",
               "expiry_date": "6M", "rate": "1.12", "premium_amount": "12k", "premium_currency": "EUR"},
    "COLLAR": {"side": "SELL", "currency": "USD", "amount": "1m", "against": "EURUSD", "expiry_date": "6M",
               "rate": "1.15", "sold_rate": "1.05", "premium_amount": "9000", "sold_premium_amount": "8,000.50",
               "premium_currency": "EUR"},
    "FX_SWAP": {"side": "BUY", "currency": "USD", "amount": "2m", "against": "EUR", "near_date": "spot+2",
                "value_date": "3M", "near_rate": "1.10", "rate": "1.105"},
    "INTEREST_RATE_SWAP": {"side": "BUY", "amount": "10m", "index": "EURIBOR6M", "value_date": "5Y",
                           "fixed_rate": "2.75", "payment_months": "6"},
    "CROSS_CURRENCY_SWAP": {"side": "BUY", "currency": "USD", "amount": "3m", "against": "EUR", "value_date": "3Y",
                            "rate": "1.10", "fixed_rate": "4.5", "counter_fixed_rate": "2.5", "payment_months": "12"},
    "NATURAL_OFFSET": {},
}  # fmt: skip


def typed(desk: Desk, kind: str, **changed: str) -> dict[str, str]:
    """The fields of a ticket of the desk's entity with its bank."""
    book.risk("USDEUR")
    told = {"kind": kind, "entity": desk.entity.code, "counterparty": desk.bank.code} | TYPED[kind]
    if kind in ("FUTURE",):
        contract(desk)
    if kind == "NATURAL_OFFSET":
        loan = book.exposure(-60_000, of=desk.entity, kind="RECOGNISED_LIABILITY")
        told = {"kind": kind, "entity": desk.entity.code, "exposure": loan.exposure.external_reference}
    if kind == "INTEREST_RATE_SWAP":
        book.risk("EURIBOR6M", kind="RATE_INDEX", base_unit_id="EUR", quote_currency_id="EUR")
    return told | changed


def contract(desk: Desk) -> Any:
    oil = book.risk("WTI", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD", market_symbol="WTI")
    return book.futures_contract(oil, code="CLH27", last_trade_date=date(2027, 3, 19))


def opened(desk: Desk, name: str = "treasurer", **parameters: str) -> dict[str, str]:
    """The form as it stands there when it is opened."""
    answer = desk.by(name).get(reverse("ticket"), parameters)
    assert answer.status_code == 200, answer.content.decode()
    return fields_of(answer.content.decode())


def send(desk: Desk, told: dict[str, str], name: str = "treasurer", do: str = "send") -> Any:
    return desk.by(name).post(reverse("ticket"), told | {"do": do})


def sent(desk: Desk, kind: str, **changed: str) -> list[InstrumentVersion]:
    """Sends what is typed and gives what was recorded."""
    before = set(InstrumentVersion.objects.values_list("pk", flat=True))
    told = opened(desk, kind=kind) | typed(desk, kind, **changed)
    answer = send(desk, told)
    assert answer.status_code == 302, said(answer)
    return list(InstrumentVersion.objects.exclude(pk__in=before).order_by("pk"))


def said(answer: Any) -> str:
    """The words of the page, without its marks."""
    import re

    text = re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main", 1)[-1])
    return re.sub(r"\s+", " ", text)

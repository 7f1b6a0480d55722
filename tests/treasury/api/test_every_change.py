"""What changes a thing that is there needs the state that was seen: 428 without it, 412 with another, everywhere.

Read from the contract, so that a new write is held to it when it is made, and tried at each address.
"""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from django.utils import timezone

from tests.factories import clock
from tests.hedges.api.desk.trading import NOW, forward, policy
from tests.hedges.api.workflow.office import Office
from tests.treasury.api.test_every_route import ROUTES
from tests.treasury.api.test_every_route_by_entity import Book
from treasury.api.documentation import contract
from treasury.api.manual_quotes_writing import ProposeQuote
from treasury.api.writing import Action
from treasury.models import Webhook

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"
_NEW = "makes a thing of its own; nothing that is there is another one afterwards"
_MANY = "many things by their own references, each with its own outcome: there is no one state to have seen"
#: Writes that change nothing that is there, by the reason.
CREATES = {
    "awaiting/decide/": "many versions, each with the digest of what was seen of it",
    "credit-facts/record/": "a dated fact of its own; the one that stood stays on record",
    "documents/receive/": f"{_NEW}; the same bytes again are the document that is there",
    "exposures/bulk/": _MANY,
    "exposures/record/": _NEW,
    "hedge-relationships/designate/": _NEW,
    "hedge-relationships/{key}/test/": "a record of its own: the relationship stays as it is",
    "imports/receive/": _NEW,
    "imports/{key}/stop/": "ends what is being done with it, which then has changed nothing",
    "instrument-events/record-margin/": f"{_MANY}; a day that is on record is not recorded again",
    "instruments/bulk/": _MANY,
    "instruments/record/": _NEW,
    "manual-quotes/propose/": f"{_NEW}; the quote that it corrects stays, and is named in the body",
    "market-quotes/bulk/": _MANY,
    "market-quotes/record/": f"{_NEW}; one that is there is corrected",
    "proposals/into-band/": _NEW,
    "runs/start/": f"{_NEW}, or joins the one that is under way",
    "saved-views/keep/": f"{_NEW}; a name that is taken is refused",
    "strategies/save/": _NEW,
    "webhooks/subscribe/": _NEW,
}
#: No writes: they save nothing.
CALCULATES = ("preview/", "calculate/", "oauth/token/")
#: What may not be there yet; then there is no state to have seen.
MAY_BE_FIRST = {
    "entities/{key}/account-map/", "entities/{key}/periods/{month}/close/", "policies/record/", "trade-drafts/keep/",
}  # fmt: skip
#: A loss in the reserve, which a close has measured: tests/hedges/api/workflow/test_unrecovered_losses.py.
ELSEWHERE = ("unrecovered-losses/",)
KEY = "0b8f9f1e-5c0e-4f0e-9d5a-1f2e3d4c5b6a"


def writes() -> dict[str, Any]:
    """By address the operation of every POST that saves something."""
    return {
        path.removeprefix(ROOT): methods["post"]
        for path, methods in contract()["paths"].items()
        if "post" in methods and not path.endswith(CALCULATES)
    }


def header(operation: Any) -> Any:
    return next(
        (one for one in operation["parameters"] if (one["in"], one["name"]) == ("header", "If-Match")), None
    )


def test_nothing_is_changed_by_another_method() -> None:
    methods = {name for methods in contract()["paths"].values() for name in methods}
    assert methods == {"get", "post"}


def test_every_change_takes_the_state_that_was_seen_or_stands_here() -> None:
    asks = {address: header(operation) for address, operation in writes().items()}
    assert {address for address, one in asks.items() if one is None} == set(CREATES)
    assert {address for address, one in asks.items() if one and not one.get("required")} == MAY_BE_FIRST
    for address, operation in writes().items():
        assert ({"412", "428"} <= set(operation["responses"])) == (address not in CREATES), address


@pytest.fixture
def whole(db: None) -> Iterator[Book]:
    office = Office()
    with clock.at(NOW):
        yield Book(office)


def things(whole: Book) -> dict[str, Any]:
    """The ids of what the book of the probe has none of."""
    office = whole.office
    hook = Webhook.objects.create(
        owner=office.people["administrator"], name="x", url="https://hooks.example.com/x", secret_ciphertext="x",
        cursor="0", next_attempt_at=timezone.now(), created_at=timezone.now(),
    )  # fmt: skip
    row = {
        "external_reference": "T-1", "entity": office.entity.code, "risk": "USDEUR", "kind": "FIRM_COMMITMENT",
        "exposure_amount": "1.00", "expected_date": "2027-03-31",
    }  # fmt: skip
    job = office.by("preparer").send(
        "POST", "exposures/bulk/", orjson.dumps(row) + b"\n", media_type="application/x-ndjson",
        headers={"Prefer": "respond-async"}, source_system="ERP",
    )  # fmt: skip
    assert job.status_code == 202, job.content
    draft = {"key": KEY, "fields": [{"name": "amount", "value": "5m"}]}
    office.done("preparer", "trade-drafts/keep/", draft)
    quote = office.done(
        "preparer", "manual-quotes/propose/", ProposeQuote.body.example | {"quote_date": "2026-01-30"}
    )
    return {"webhooks": hook.pk, "bulk-jobs": job.json()["id"], "manual-quotes": quote["id"]}


def bodies(office: Office) -> dict[str, Any]:
    """What names its thing by the body, and what has an example of each kind."""
    return {
        "policies/record/": policy(office, seen_version=1),
        "trade-drafts/keep/": {"key": KEY, "fields": [{"name": "amount", "value": "6m"}]},
        "trade-drafts/discard/": {"key": KEY},
        "instruments/{key}/amend/": {
            name: value for name, value in forward(office).items() if name != "entity"
        }
        | {"counts_from": str(NOW), "reason": "x"},
    }


def test_each_is_refused_without_the_state_and_with_another_one(whole: Book) -> None:
    """With the example of its contract as body: what is wrong with it is asked only after the state."""
    office = whole.office
    whole.keys |= things(whole)
    named, wrong, tried = bodies(office), [], set()
    roles = {"HEDGE_ACCOUNTANT": "preparer", "ADMINISTRATOR": "administrator", "TREASURER": "treasurer"}
    for address, callback in ROUTES:
        if not issubclass(callback.cls, Action):
            continue
        shape = address.replace("<key:key>", "{key}").replace("<month:month>", "{month}")
        if shape not in writes() or shape in CREATES or shape.startswith(ELSEWHERE):
            continue
        who = next(roles[role] for role in roles if role in {str(one) for one in callback.cls.roles})
        body = named.get(shape, callback.cls.body.example or {})
        path = whole.path(address) if "<" in address else address
        if shape == "entities/{key}/periods/{month}/close/":
            path = path.replace("2026-07", "2026-06")  # a month that was begun
        for given, status in ((None, 428), ('"e0.0-00000000"', 412), ('W/"e1.1"', 412)):
            answer = office.by(who).post(path, body, headers={"If-Match": given})
            if answer.status_code != status:
                wrong.append((address, given, answer.status_code, answer.content))
            elif status == 412 and not answer["ETag"]:
                wrong.append((address, "no ETag in the refusal"))
        tried.add(shape)
    assert not wrong, "\n".join(str(one) for one in wrong)
    assert tried == {one for one in writes() if one not in CREATES and not one.startswith(ELSEWHERE)}

"""Every address without a key that is read, from the resolver: whoever sees another entity alone finds no trace of this
one, by no filter, in no file or stream, in the feed with its bodies, in full and in slim.
"""

import base64
import io
import re
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from pyarrow import parquet

from hedges.models import HedgeRelationship, Instrument
from tests.factories import api, book, clock
from tests.hedges.api.desk.trading import NOW
from tests.hedges.api.workflow.office import Office
from tests.treasury.api.test_every_route import OPEN, ROUTES
from tests.treasury.api.test_every_route_by_entity import Book
from treasury.api.parameters import Parameter
from treasury.api.writing import Action
from treasury.enums import Role
from treasury.queries import audit_events

pytestmark = pytest.mark.django_db
#: Read nothing of the book.
OF_NO_BOOK = {*OPEN, "measures/"}
_MONTHS = {"first": "2026-06-01", "last": "2026-08-31"}
#: Asked for besides what is required, so that there is something to be found. `close`: the run of it.
ASKED = {
    "changes/": {"bodies": "full"}, "disclosures/": _MONTHS, "reconciliations/": _MONTHS, "roll-forwards/": _MONTHS,
    "measurements/": {"run": "close"}, "measurements/stream/": {"run": "close"}, "costs-of-hedging/": {"run": "close"},
}  # fmt: skip
NOT_THERE = {"text": "NOSUCH", "integer": 999_999_999}


def unkeyed() -> dict[str, Any]:
    return {
        address: callback
        for address, callback in ROUTES
        if "<" not in address
        and address not in OF_NO_BOOK
        and not issubclass(callback.cls, Action)
        and hasattr(callback.cls, "get")
    }


def parameters_of(callback: Any) -> list[Parameter]:
    return list(callback.cls(**callback.initkwargs).query_parameters())


class Two:
    """The book of `Book`, what is told of it by words, and callers who see the other entity alone."""

    def __init__(self, office: Office) -> None:
        self.book = Book(office)
        self.group = self.book.group
        self.other = office.other
        self.strangers = {role: api.by_token(role, entity=self.other) for role in Role.values}
        bound = book.user("HEDGE_ACCOUNTANT")
        self.strangers["a key bound to the other"] = api.by_token(user=bound, entities=[self.other])
        self.words = self._words(office)
        self.pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(self.words))) + r")\b")

    def _words(self, office: Office) -> set[str]:
        home = self.book.home
        words = {text for entity in home for text in (entity.code, entity.name, entity.lei)}
        words |= {person.username for name, person in office.people.items() if name != "stranger"}
        words |= set(HedgeRelationship.objects.filter(entity__in=home).values_list("code", flat=True))
        references = Instrument.objects.filter(entity__in=home).values_list("external_reference", flat=True)
        return {str(word) for word in (*words, *references) if len(str(word)) > 1}

    def asked(self, address: str, callback: Any, entity: Any = None) -> dict[str, Any]:
        """With an entity where one has to be named: the caller's own, if it is not another one."""
        query = dict(ASKED.get(address, {}))
        if query.get("run") == "close":
            query["run"] = self.book.close
        for one in parameters_of(callback):
            if one.required and one.name not in query:
                code = (entity or self.other).code
                first = next(iter(one.choices), "")
                query[one.name] = {"date": "2026-07-01", "choice": first, "text": code}[one.kind]
        return query


@pytest.fixture
def two(db: None) -> Iterator[Two]:
    office = Office()
    with clock.at(NOW):
        yield Two(office)


def text_of(address: str, answer: Any) -> str:
    """What an answer tells, whatever its form."""
    if answer.streaming:
        return str(parquet.read_table(io.BytesIO(b"".join(answer.streaming_content))).to_pylist())
    if answer.status_code == 200 and address == "journal-entries/file/":
        told = orjson.loads(answer.content)
        contents = [
            base64.b64decode(one["content"]).decode("utf-8", "replace") for one in told.get("files", [told])
        ]
        return answer.content.decode() + "".join(contents)
    return answer.content.decode()


def test_no_word_of_another_entity_is_in_what_is_read_without_a_key(two: Two) -> None:
    wrong, silent = [], set()
    for address, callback in unkeyed().items():
        query = two.asked(address, callback)
        whole = two.group.get(address, **two.asked(address, callback, two.book.home[0]))
        if not two.pattern.search(text_of(address, whole)):
            silent.add(address)
        for who, caller in two.strangers.items():
            answer = caller.get(address, **query)
            found = two.pattern.search(text_of(address, answer))
            if found or answer.status_code not in (200, 404):
                wrong.append((address, who, answer.status_code, found and found.group()))
    assert not wrong, "\n".join(str(one) for one in wrong)
    assert len(unkeyed()) - len(silent) > 30, f"the group does not see it either: {sorted(silent)}"


def test_a_filter_by_what_is_foreign_is_one_by_what_is_not_there(two: Two) -> None:
    """Each parameter with a value that the foreign rows have, against one that nothing has."""
    caller = two.strangers["HEDGE_ACCOUNTANT"]
    wrong, tried = [], 0
    for address, callback in unkeyed().items():
        query = two.asked(address, callback)
        rows = foreign_rows(two, address, query)
        for one in parameters_of(callback):
            if one.kind not in NOT_THERE or one.pattern or one.name in ("page_size", "cursor"):
                continue
            for value in foreign_values(two, one, rows):
                tried += 1
                told = [
                    masked(address, caller.get(address, **(query | {one.name: sent})), sent)
                    for sent in (value, NOT_THERE[one.kind])
                ]
                if told[0] != told[1]:
                    wrong.append((address, one.name, value, told))
    assert not wrong, "\n".join(str(one) for one in wrong)
    assert tried > 100


def foreign_rows(two: Two, address: str, query: dict[str, Any]) -> list[dict[str, Any]]:
    if address.endswith("/stream/"):
        return []
    answer = two.group.get(address, **query)
    told = answer.json() if answer.status_code == 200 else {}
    rows = told.get("results", []) if isinstance(told, dict) else []
    return [row for row in rows if row.get("entity", row.get("code")) in two.book.codes]


def foreign_values(two: Two, one: Parameter, rows: list[dict[str, Any]]) -> set[Any]:
    """Values of the foreign rows under the parameter's name, and those that it has for every address."""
    codes, person = {entity.code for entity in two.book.home}, two.book.office.people["preparer"].username
    usual: dict[str, set[Any]] = {
        "entity": codes, "scope": codes, "run": {two.book.close}, "actor": {person}, "username": {person},
    }  # fmt: skip
    own = {row[one.name] for row in rows if isinstance(row.get(one.name), (str, int)) and row[one.name] != ""}
    # What everybody has, such as a risk, is shared: it is no name of the foreign thing.
    shared = {"risk", "counterparty", "functional_currency", "exposure_currency", "source_system", "country"}
    return usual.get(one.name, set()) | (set() if one.name in shared else {str(value) for value in own})


def masked(address: str, answer: Any, sent: Any) -> str:
    return re.sub(rf"\b{re.escape(str(sent))}\b", "·", f"{answer.status_code} {text_of(address, answer)}")


def test_a_run_of_a_foreign_close_and_its_events_are_not_there(two: Two) -> None:
    close = two.book.close
    events = {row["id"] for row in two.group.rows("audit-events/", subject_kind="hedgerelationshipversion")}
    assert events
    for who, caller in two.strangers.items():
        missing = caller.refused("runs/999999999/")
        assert caller.refused(f"runs/{close}/") == missing, who
        for key in events:
            assert caller.get(f"audit-events/{key}/").status_code == 404, (who, key)
        foreign, absent = (caller.post(f"runs/{key}/cancel/") for key in (close, 999_999_999))
        assert (foreign.status_code, foreign.json()) == (absent.status_code, absent.json()), who
        assert foreign.status_code in (403, 404)


def test_only_what_is_shared_is_recorded_without_an_entity() -> None:
    """What has no way to an entity is everybody's in the audit trail: a new table is led to one, or named here."""
    of_nobody = {model.__name__ for model, path in audit_events._recorded() if not path}
    assert of_nobody == {
        "Counterparty", "CreditFact", "FuturesContract", "MarketQuote", "ManualQuote", "ManualQuoteVersion",
        "ManualQuoteVersionApproval", "Risk", "RulePack", "RateCurve",
        "MarketDataSnapshot", "BookSnapshot", "CalculationRun", "ImportMapping",
    }  # fmt: skip

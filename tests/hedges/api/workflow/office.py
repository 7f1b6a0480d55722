"""An entity, its market and its people, who do everything over HTTP; times are told."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from hedges.enums import AccountRole
from hedges.models.inception_file import TEXTS
from tests.factories import api, book, clock, market
from treasury.models import Entity

KNOWN = date(2025, 5, 1)
DESIGNATED = date(2026, 7, 15)
DECIDED = date(2026, 7, 16)
MONTH_END = date(2026, 8, 3)
END = "2027-04-30"


@dataclass
class Office:
    entity: Entity = field(default_factory=book.entity)

    def __post_init__(self) -> None:
        book.rule_pack(self.entity.accounting_framework)
        self.bank = book.counterparty()
        with clock.at(KNOWN):
            market.record(*market.quotes(), *market.spreads(self.bank.code, self.entity.code))
        self.people = {
            name: book.user(role, entity=self.entity)
            for name, role in (
                ("preparer", "HEDGE_ACCOUNTANT"), ("approver", "APPROVER"), ("third", "HEDGE_ACCOUNTANT"),
                ("treasurer", "TREASURER"), ("auditor", "AUDITOR"), ("administrator", "ADMINISTRATOR"),
            )
        }  # fmt: skip
        self.other = book.entity()
        self.people["stranger"] = book.user("HEDGE_ACCOUNTANT", entity=self.other)
        self.callers = {name: api.by_token(user=person) for name, person in self.people.items()}
        with clock.at(KNOWN):
            self.item = book.exposure(of=self.entity)
            self.forward = book.forward(-1_000_000, of=self.entity, counterparty=self.bank)

    def by(self, name: str) -> api.Caller:
        return self.callers[name]

    def post(self, name: str, path: str, body: Any = None, *, raw: bytes | None = None) -> Any:
        sent = raw if raw is not None else orjson.dumps({} if body is None else body)
        return self.by(name).send("POST", path, sent)

    def done(self, name: str, path: str, body: Any = None, *, status: int = 201) -> dict[str, Any]:
        answer = self.post(name, path, body)
        assert answer.status_code == status, answer.content
        return answer.json()

    def refused(
        self, name: str, path: str, body: Any = None, *, status: int = 409, **sent: Any
    ) -> dict[str, Any]:
        answer = self.post(name, path, body, **sent)
        assert answer.status_code == status, answer.content
        assert answer["Content-Type"] == "application/problem+json"
        return answer.json()

    def designation(self, **changed: Any) -> dict[str, Any]:
        """A body that is complete."""
        return {
            "entity": self.entity.code, "code": f"HR{book.number()}", "hedge_type": "CASH_FLOW", "risk": "USDEUR",
            "designated_component": "WHOLE", "designation_date": str(DESIGNATED), "hedge_end_date": END,
            "designated_hedge_ratio": 1, "assessment_method": "REGRESSION", "objective": "Fix the euros.",
            "rationale": "The same dollars on the same date.", "ineffectiveness_sources": "Credit risk.",
            "items": [{"exposure": self.item.exposure_id, "amount": "600000.00"}],
            "instruments": [{"instrument": self.forward.instrument_id, "amount": "-600000.00"}],
            "file": dict.fromkeys(TEXTS, "as agreed") | {"release_pattern": "WITH_ITEM"},
        } | changed  # fmt: skip

    def designated(self, **changed: Any) -> dict[str, Any]:
        with clock.at(DESIGNATED):
            return self.done("preparer", "hedge-relationships/designate/", self.designation(**changed))

    def approved(self, version: dict[str, Any], on: date = DECIDED) -> dict[str, Any]:
        with clock.at(on):
            return self.done("approver", decision(version, "approve"), seen(version), status=200)

    def accounts(self) -> dict[str, Any]:
        """An account map that counts."""
        rows = [
            {"role": role.value, "code": str(number), "name": role.label}
            for number, role in enumerate(AccountRole, 1000)
        ]
        body = {"valid_from": "2026-01-01", "accounts": rows}
        with clock.at(DESIGNATED):
            version = self.done("preparer", f"entities/{self.entity.pk}/account-map/", body)
            where = f"account-map-versions/{version['id']}/approve/"
            return self.done("approver", where, seen(version), status=200)

    def month(self, of: str = "2026-07") -> str:
        return f"entities/{self.entity.pk}/periods/{of}/"


def decision(version: dict[str, Any], verb: str) -> str:
    return f"hedge-relationship-versions/{version['id']}/{verb}/"


def seen(version: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"content_digest": version["content_digest"]} | more

"""A small book for tests, recorded and approved through the same domain functions that people use.

Every maker takes keywords that override its defaults; amounts are Decimal in the risk's base unit.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import connection

from exposures.domain import recording
from exposures.models import Exposure, ExposureVersion, ExposureVersionApproval
from hedges.domain import designation, relationship_approval, trade_capture
from hedges.domain.parts import part
from hedges.models import (
    AssessmentRecord,
    FuturesContract,
    HedgeRelationship,
    HedgeRelationshipVersion,
    InceptionFile,
    Instrument,
    InstrumentVersion,
    InstrumentVersionApproval,
)
from hedges.models.inception_file import TEXTS as INCEPTION_TEXTS
from tests.factories import clock
from treasury.domain import access, approval, audit, policies
from treasury.models import (
    Counterparty,
    Entity,
    MarketDataSnapshot,
    Policy,
    PolicyBand,
    PolicyVersion,
    PolicyVersionApproval,
    Risk,
    RulePack,
    User,
)

_numbers = count(1)
TODAY = date(2026, 10, 30)
START = date(2026, 1, 1)


def number() -> int:
    """A number that no other object of this process has."""
    return next(_numbers)


def user(role: str | None = None, *, entity: Entity | None = None, **fields: Any) -> User:
    """A person; with a `role`, a member of `entity` or of the whole group."""
    person = User.objects.create(username=fields.pop("username", f"person{number()}"), **fields)
    if role:
        access.give_role(user=person, role=role, entity=entity, actor=None)
    return person


def lei() -> str:
    return f"TESTHEDGEBOOK{number():05d}00"


def entity(**fields: Any) -> Entity:
    key = number()
    values = {
        "code": f"E{key}",
        "name": f"Entity {key}",
        "functional_currency_id": "EUR",
        "accounting_framework": "IFRS9",
        "time_zone": "Europe/Paris",
        "lei": lei(),
    }
    with audit.action("test.entity.made", actor=None):
        return Entity.objects.create(**(values | fields))


def counterparty(**fields: Any) -> Counterparty:
    key = number()
    values = {"code": f"BANK{key}", "name": f"Bank {key}", "lei": lei(), "country": "FR"}
    with audit.action("test.counterparty.made", actor=None):
        return Counterparty.objects.create(**(values | fields))


def risk(code: str = "USDEUR", **fields: Any) -> Risk:
    """The risk with this code: the one that is there, or a new currency pair of its two currencies."""
    known = Risk.objects.filter(code=code).first()
    if known:
        return known
    values: dict[str, Any] = {
        "name": code,
        "kind": "CURRENCY_PAIR",
        "base_unit_id": code[:3],
        "quote_currency_id": code[3:],
        "market_symbol": code,
    }
    with audit.action("test.risk.made", actor=None):
        return Risk.objects.create(code=code, **(values | fields))


def futures_contract(of: Risk, **fields: Any) -> FuturesContract:
    key = number()
    values = {
        "code": f"FUT{key}",
        "name": f"Future {key}",
        "exchange": "TEST",
        "risk": of,
        "contract_multiplier": Decimal(1000),
        "tick_size": Decimal("0.01"),
        "price_currency": of.quote_currency,
        "last_trade_date": date(2027, 3, 19),
    }
    with audit.action("test.contract.made", actor=None):
        return FuturesContract.objects.create(**(values | fields))


def rule_pack(framework: str = "IFRS9", **fields: Any) -> RulePack:
    values = {
        "code": f"{framework}-TEST",
        "valid_from": date(2020, 1, 1),
        "dollar_offset_lower": Decimal("0.8"),
        "dollar_offset_upper": Decimal("1.25"),
        "slope_lower": Decimal("0.8"),
        "slope_upper": Decimal("1.25"),
        "r_squared_minimum": Decimal("0.8"),
        "observation_minimum": 30,
        "observation_count": 60,
        "confidence_level": Decimal("0.95"),
        "noise_threshold_bp": Decimal(5),
        "credit_watch_ratio": Decimal("0.25"),
        "credit_fail_ratio": Decimal("0.5"),
        "hedge_ratio_tolerance": Decimal("0.1"),
        "counted_as_hedged_from": Decimal("0.5"),
        "count_amount_margin": Decimal("0.2"),
        "stale_after_days": 10,
    }
    known = RulePack.objects.filter(framework=framework).first()
    if known:
        return known
    with audit.action("test.rule_pack.made", actor=None):
        return RulePack.objects.create(framework=framework, **(values | fields))


def exposure(
    amount: Any = 1_000_000, *, of: Entity, approve: bool = True, author: User | None = None, **fields: Any
) -> ExposureVersion:
    """An approved exposure's version; fields of the version, or `external_reference`."""
    version = unsaved_exposure(amount, **fields)
    identity = Exposure(entity=of, source_system="TEST", external_reference=f"X{number()}")
    recorded = recording.record(exposures=[(identity, version)], actor=author or user())
    if approve:
        approval.decide(versions=recorded, approvals=ExposureVersionApproval, actor=user())
    return recorded[0]


def unsaved_exposure(amount: Any = 1_000_000, **fields: Any) -> ExposureVersion:
    of_risk = fields.pop("risk", None) or risk()
    values = {
        "valid_from": START,
        "risk": of_risk,
        "kind": "HIGHLY_PROBABLE_FORECAST",
        "exposure_amount": Decimal(amount),
        "exposure_currency": of_risk.base_unit,
        "expected_date": date(2027, 4, 30),
    }
    return ExposureVersion(**(values | fields))


def forward(notional: Any = -600_000, *, of: Entity, strike: str = "0.9", **fields: Any) -> InstrumentVersion:
    """An approved forward; `kind` and any terms may be given for other kinds (`terms_of` forwards then left out)."""
    of_risk = fields.pop("risk", None) or risk()
    terms = {
        "strike_rate": Decimal(strike),
        "counter_amount": -Decimal(notional) * Decimal(strike),
        "counter_currency": of_risk.quote_currency,
    }
    return instrument("FORWARD", notional, of=of, risk=of_risk, **(terms | fields))


def instrument(
    kind: str, notional: Any, *, of: Entity, approve: bool = True, author: User | None = None, **fields: Any
) -> InstrumentVersion:
    """An approved instrument of any kind with just the terms that are given."""
    identity = Instrument(
        entity=of,
        kind=kind,
        source_system="TEST",
        external_reference=f"T{number()}",
        offset_exposure=fields.pop("offset_exposure", None),
        structure_reference=fields.pop("structure_reference", ""),
    )
    of_risk = fields.pop("risk", None) or risk()
    values = {
        "valid_from": START,
        "risk": of_risk,
        "trade_date": START,
        "settlement_date": date(2027, 4, 30),
        "notional_amount": Decimal(notional),
        "notional_currency": of_risk.base_unit,
    }
    if kind != "NATURAL_OFFSET" and "counterparty" not in fields:
        values["counterparty"] = counterparty()
    version = InstrumentVersion(**(values | fields))
    recorded = trade_capture.capture(trades=[(identity, version)], actor=author or user())
    if approve:
        approval.decide(versions=recorded, approvals=InstrumentVersionApproval, actor=user())
    return recorded[0]


def relationship(
    *,
    of: Entity,
    items: Sequence[Any],
    instruments: Sequence[Any],
    approve: bool = True,
    author: User | None = None,
    file: dict[str, Any] | None = None,
    support: designation.Support | None = None,
    parallel_of: HedgeRelationship | None = None,
    **fields: Any,
) -> HedgeRelationshipVersion:
    """An approved designation of parts of exposures and notionals: `Part`, or pairs (version, signed amount).

    It is documented on its designation date, and decided on then. `file`: fields of the inception file that differ from
    a complete one; an economic hedge has none. `support` makes the tests at inception, a bare record by itself.
    """
    draft = unsaved_relationship(
        of=of, items=items, instruments=instruments, file=file, parallel_of=parallel_of, **fields
    )
    with clock.at(draft.version.designation_date):
        recorded = designation.designate(
            designations=[draft], actor=author or user("HEDGE_ACCOUNTANT"), support=support or bare_support
        )
        if approve:
            relationship_approval.approve(versions=recorded, actor=user("APPROVER"))
    return recorded[0]


def unsaved_relationship(
    *,
    of: Entity,
    items: Sequence[Any],
    instruments: Sequence[Any],
    file: dict[str, Any] | None = None,
    parallel_of: HedgeRelationship | None = None,
    **fields: Any,
) -> designation.Designation:
    """What `designation.designate` takes, complete."""
    values = {
        "valid_from": fields.get("designation_date", START),
        "hedge_type": "CASH_FLOW",
        "framework": of.accounting_framework,
        "risk": fields.get("risk") or part(items[0]).version.risk,
        "designated_component": "WHOLE",
        "designation_date": START,
        "hedge_end_date": date(2027, 4, 30),
        "designated_hedge_ratio": Decimal(1),
        "assessment_method": "REGRESSION",
        "objective": "certain cash flows",
        "rationale": "the same currency, amount and date",
        "ineffectiveness_sources": "credit risk, a shift of the date",
    }
    code = fields.pop("code", f"HR{number()}")
    version = HedgeRelationshipVersion(**(values | fields))
    return designation.Designation(
        relationship=HedgeRelationship(entity=of, code=code, parallel_of=parallel_of),
        version=version,
        items=[part(given) for given in items],
        instruments=[part(given) for given in instruments],
        file=None if version.hedge_type == "ECONOMIC" else inception_file(version, **(file or {})),
    )


def inception_file(version: HedgeRelationshipVersion, **fields: Any) -> InceptionFile:
    """An unsaved file that is complete, with elections that fit the version's framework, type and component."""
    net_investment = version.hedge_type == "NET_INVESTMENT"
    values: dict[str, Any] = dict.fromkeys(INCEPTION_TEXTS, "as agreed")
    values["release_pattern"] = "ON_DISPOSAL" if net_investment else "WITH_ITEM"
    if version.designated_component in ("SPOT", "INTRINSIC") or fields.get("basis_excluded"):
        deferred = version.framework == "IFRS9"
        values["excluded_treatment"] = "DEFERRED" if deferred else "PROFIT_OR_LOSS"
        values["cost_relation"] = "TRANSACTION" if deferred else None
    return InceptionFile(**(values | fields))


def bare_support(versions: Sequence[HedgeRelationshipVersion]) -> list[AssessmentRecord]:
    """Tests at inception without numbers, for tests of what comes after them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hedgebook_now()")
        now = cursor.fetchone()[0]
    today = now.date()
    market = MarketDataSnapshot.objects.create(
        as_of_date=today, known_at=now, first_quote_date=today, quote_count=0, content_digest="0" * 64
    )
    return [
        AssessmentRecord(
            version=version, occasion="INCEPTION", as_of_date=version.accounting_from, market_data_snapshot=market,
            effectiveness_status="EFFECTIVE", numbers={}, critical_terms=[], hypothetical=[],
        )
        for version in versions
    ]  # fmt: skip


def policy(
    *, of: Entity, risk: Risk, bands: Sequence[tuple[int, int, str, str, str]], **fields: Any
) -> PolicyVersion:
    """An approved policy; bands as (month_from, month_to, lower, target, upper)."""
    draft = policies.PolicyDraft(
        policy=Policy(entity=of, risk=risk),
        version=PolicyVersion(**({"valid_from": START} | fields)),
        bands=[
            PolicyBand(
                month_from=first,
                month_to=past_last,
                lower_ratio=Decimal(lower),
                target_ratio=Decimal(target),
                upper_ratio=Decimal(upper),
            )
            for first, past_last, lower, target, upper in bands
        ],
    )
    recorded = policies.record(drafts=[draft], actor=user())
    approval.decide(versions=recorded, approvals=PolicyVersionApproval, actor=user())
    return recorded[0]

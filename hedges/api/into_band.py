"""Buckets brought into their band: the trades that would do it, shown, and kept as a proposal."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from rest_framework import serializers
from rest_framework.response import Response

from hedges.api import whose
from hedges.api.proposals import ProposalDetailSerializer, Proposals
from hedges.domain.proposals import into_band
from hedges.domain.proposals.trades import Planned, Wish, kinds
from hedges.models.proposal import TRADE_KINDS
from hedges.queries import position, proposals
from treasury.api.bodies import Body, Input, body, refuse_scale
from treasury.api.fields import Money, money_text
from treasury.api.links import Made
from treasury.api.rows import Row
from treasury.api.scopes import RunReference
from treasury.api.writing import PREPARERS, Action, address, read_back
from treasury.domain.refusals import Refusal
from treasury.kernel.errors import InputError
from treasury.queries.published import published_run

_WISH = (
    Input("entity", "Code of the entity.", limit=100),
    Input("risk", "Code of the risk.", limit=100),
    Input("month", "First month of the bucket; without it every bucket outside its band.", "number", False, limit=1200),
    Input("aim", "How far: to the target, or to the nearest limit.", "choice", False, choices=tuple(into_band.AIMS),
          default="TARGET"),
    Input("kind", "Kind of trade; without it as the risk is dealt.", "choice", False, choices=tuple(TRADE_KINDS)),
    Input("step", "Amounts are whole steps of this; of a future its contract is the step.", "amount", False,
          default="1000.00"),
    Input("minimum", "The smallest deal.", "amount", False, default="10000.00"),
)  # fmt: skip
_EXAMPLE = {"entity": "US01", "risk": "EURUSD", "aim": "TARGET", "step": "1000.00", "minimum": "10000.00"}


class ProposedBucketSerializer(serializers.Serializer):
    """A bucket with its trade, or with the reason why it has none."""

    month_from = serializers.IntegerField()
    month_to = serializers.IntegerField(allow_null=True)
    amount_unit = serializers.CharField()
    net_exposure_amount = Money(unit="amount_unit", allow_null=True)
    hedge_amount = Money(unit="amount_unit", allow_null=True)
    why_none = serializers.CharField(allow_blank=True)
    trade_kind = serializers.CharField(allow_null=True)
    notional_amount = Money(unit="amount_unit", allow_null=True, help_text="+ to buy, − to sell.")
    contract_count = serializers.IntegerField(allow_null=True)
    value_date = serializers.DateField(allow_null=True)
    aim = serializers.CharField(allow_blank=True)
    ratio_after = serializers.FloatField(allow_null=True, help_text="Cover once it is dealt.")
    ticket = serializers.DictField(
        child=serializers.CharField(), allow_null=True,
        help_text="Its ticket as it would be typed: of an option or collar with strikes, premiums and expiry.",
    )  # fmt: skip


class IntoBandSerializer(serializers.Serializer):
    run = RunReference()
    buckets = ProposedBucketSerializer(many=True)


class _IntoBand(Action):
    roles = PREPARERS
    body: Body = body(*_WISH, example=_EXAMPLE)

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        found = whose.entity_named(self, told["entity"])
        of_risk = whose.risk_named(told["risk"])
        run = published_run()
        buckets = position.profile(run["id"], found.pk, of_risk.pk) if run else []
        if run is None or not buckets:
            raise Refusal(
                f"No published night has buckets of {found.code} {of_risk.code}: publish one with exposures of it."
            )
        entity = {"id": found.pk, "code": found.code}
        risk = proposals.risk(of_risk.pk)
        assert risk is not None
        if told["kind"] is not None and told["kind"] not in kinds(risk):
            raise InputError(
                "kind", f"one of {', '.join(kinds(risk))}, in which it is dealt", got=told["kind"]
            )
        wish = _wish(told, buckets[0]["amount_unit"])
        if told["month"] is not None and told["month"] not in {row["month_from"] for row in buckets}:
            raise InputError("month", "the first month of a bucket of the run", got=str(told["month"]))
        plans = into_band.plans(
            run=run, buckets=buckets, entity=entity, risk=risk, wish=wish, month=told["month"]
        )
        return self.of(run, plans, {"run": run, "entity": entity, "risk": risk, "wish": wish, "month": told["month"]},
                       told)  # fmt: skip

    def of(self, run: Row, plans: list[Planned], asked: dict[str, Any], told: dict[str, Any]) -> Response:
        raise NotImplementedError


class PreviewIntoBand(_IntoBand):
    """What to trade so that buckets of the newest published night stand in their band. Nothing is kept."""

    operation = "proposals_into_band_preview"
    saves = False
    response_schema = IntoBandSerializer
    status_code = 200

    def of(self, run: Row, plans: list[Planned], asked: dict[str, Any], told: dict[str, Any]) -> Response:
        shown = {name: run[name] for name in RunReference().fields}
        return self.made({"run": shown, "buckets": [_bucket(plan) for plan in plans]})


class IntoBand(_IntoBand):
    """Keeps those trades as a proposal, out of the run that was seen; 409 where another night is published by now."""

    operation = "proposals_into_band"
    response_schema = ProposalDetailSerializer
    makes = Made("proposals")
    body = body(
        *_WISH,
        Input("seen_run", "Id of the run whose trades you have seen.", "key"),
        Input("key", "UUID of the sending: the same key again is the same proposal.", "uuid", required=False),
        example=_EXAMPLE | {"seen_run": 88},
    )

    def of(self, run: Row, plans: list[Planned], asked: dict[str, Any], told: dict[str, Any]) -> Response:
        if told["seen_run"] != run["id"]:
            raise Refusal(
                "Another night has been published since you looked. Look at the trades again, then keep them."
            )
        inputs = into_band.inputs_of(asked["wish"], asked["month"])
        page = reverse("propose", args=[asked["entity"]["code"], asked["risk"]["code"]])
        made = into_band.keep(
            plans, **asked, address=f"{page}?{urlencode(inputs)}", actor=self.request.user,
            key=whose.uuid_of(told["key"]),
        )  # fmt: skip
        row = read_back(Proposals, self.request.user, made.pk)
        return self.made(row, address=address("proposals", made.pk))


def _wish(told: dict[str, Any], unit: str) -> Wish:
    sizes = {name: Decimal(told[name]) for name in ("step", "minimum")}
    if sizes["step"] <= 0:
        raise InputError("step", "an amount above zero", got=str(sizes["step"]))
    for name, amount in sizes.items():
        refuse_scale(amount, unit, name)
    return Wish(aim=told["aim"], step=sizes["step"], minimum=abs(sizes["minimum"]), kind=told["kind"] or "")


def _bucket(plan: Planned) -> Row:
    row, line = plan.bucket, plan.line
    unit = row["amount_unit"]
    after = plan.cell.ratio_with(line.notional_amount) if line else None
    return {
        "month_from": row["month_from"], "month_to": row["month_to"], "amount_unit": unit,
        "net_exposure_amount": money_text(plan.cell.exposure, unit),
        "hedge_amount": money_text(plan.cell.hedges, unit), "why_none": plan.size.why,
        "trade_kind": line and line.trade_kind,
        "notional_amount": line and money_text(line.notional_amount, unit),
        "contract_count": line and line.contract_count, "value_date": line and line.value_date,
        "aim": line.aim if line else "", "ratio_after": None if after is None else float(after),
        "ticket": dict(line.ticket) if line else None,
    }  # fmt: skip

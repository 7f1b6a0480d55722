"""A policy is changed: looked at on today's buckets and the past year, recorded, decided on by another person."""

from datetime import timedelta
from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from hedges.api import whose
from hedges.domain.policy_preview import TO_HEDGE, band_of, preview
from hedges.enums import HORIZON_MONTHS
from hedges.queries import policy_effect, position
from treasury.api.bodies import Input, body
from treasury.api.fields import Money, money_or_null
from treasury.api.links import Made
from treasury.api.policy_versions import DecidedPolicyVersions, DecidedPolicyVersionSerializer
from treasury.api.rows import Row
from treasury.api.scopes import RunReference
from treasury.api.writing import PREPARERS, Action, address, read_back
from treasury.domain import policies as verbs
from treasury.domain.policies import Band
from treasury.enums import TokenScope
from treasury.models import Policy
from treasury.queries import policies, published

YEAR = timedelta(days=365)
_RATIOS = ("lower_ratio", "target_ratio", "upper_ratio")
_BAND = body(
    Input("month_from", "Months ahead, inclusive.", "number", limit=1200),
    Input("month_to", "Months ahead, exclusive.", "number", limit=1200),
    Input("lower_ratio", "Least cover: 0.6 is 60 %.", "share"),
    Input("target_ratio", "Cover that is aimed at.", "share"),
    Input("upper_ratio", "Most cover, up to 2.", "share"),
)
_OF = (
    Input("entity", "Code of the entity.", limit=100),
    Input("risk", "Code of the risk.", limit=100),
    Input("bands", "Each month has one band at most.", "array", of=_BAND),
)
_EXAMPLE = {
    "entity": "DE01", "risk": "USDEUR", "valid_from": "2026-11-02", "reason": "The board of October.",
    "seen_version": 3,
    "bands": [{"month_from": 0, "month_to": 12, "lower_ratio": 0.6, "target_ratio": 0.7, "upper_ratio": 0.8}],
}  # fmt: skip


class _OfPolicy(Action):
    token_scope = TokenScope.POLICIES
    roles = PREPARERS

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        entity = whose.entity_named(self, told["entity"])
        risk = whose.risk_named(told["risk"])
        bands = verbs.checked([
            Band(row["month_from"], row["month_to"], *(row[name] for name in _RATIOS)) for row in told["bands"]
        ])  # fmt: skip
        return self.of(entity.pk, risk.pk, bands, told)

    def of(self, entity_id: int, risk_id: int, bands: list[Band], told: dict[str, Any]) -> Response:
        raise NotImplementedError


class RecordPolicy(_OfPolicy):
    """Records the next version of the policy of an entity for a risk, the first where there is none; it counts once
    another person approves it. What is changed is the policy: its ETag is at `policies/{key}/` and its `versions/`."""

    operation = "policies_record"
    names = True
    may_be_first = True
    response_schema = DecidedPolicyVersionSerializer
    makes = Made("policy-versions", "/version_id")
    body = body(
        *_OF,
        Input("valid_from", "First date on which it counts.", "date"),
        Input("valid_to", "Exclusive; without it until another version replaces it.", "date", required=False),
        Input("reason", "Why the policy changes; the approver decides on it."),
        Input("seen_version", "Number of the newest version that you have seen; 0: there was none.", "number",
              limit=1_000_000),
        example=_EXAMPLE,
    )  # fmt: skip

    def named(self, told: dict[str, Any]) -> Policy | None:
        """The policy that the entity has for the risk already."""
        entity, risk = whose.entity_named(self, told["entity"]), whose.risk_named(told["risk"])
        return policies.of(entity.pk, risk.pk)

    def of(self, entity_id: int, risk_id: int, bands: list[Band], told: dict[str, Any]) -> Response:
        made = verbs.revise(
            entity_id=entity_id, risk_id=risk_id, bands=bands, valid_from=told["valid_from"],
            valid_to=told["valid_to"], reason=told["reason"], seen_version=told["seen_version"],
            actor=self.request.user,
        )  # fmt: skip
        row = read_back(DecidedPolicyVersions, self.request.user, made.pk)
        return self.made(row, address=address("policy-versions", made.pk))


def _ratio(meaning: str = "") -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, help_text=meaning)


class _BandOfBucket(serializers.Serializer):
    lower_ratio = _ratio()
    target_ratio = _ratio()
    upper_ratio = _ratio()
    min_to_hedge_amount = Money(unit="amount_unit", allow_null=True)
    target_to_hedge_amount = Money(unit="amount_unit", allow_null=True)
    max_to_hedge_amount = Money(unit="amount_unit", allow_null=True)
    flags = serializers.ListField(child=serializers.CharField())


class BucketEffectSerializer(serializers.Serializer):
    """A bucket of the newest published night under the bands that count and under those asked about."""

    month_from = serializers.IntegerField()
    month_to = serializers.IntegerField(allow_null=True, help_text="Exclusive; null: everything after.")
    amount_unit = serializers.CharField()
    net_exposure_amount = Money(unit="amount_unit", allow_null=True)
    hedge_amount = Money(unit="amount_unit", allow_null=True)
    coverage_ratio = _ratio()
    before = _BandOfBucket()
    after = _BandOfBucket()


class PastEffectSerializer(serializers.Serializer):
    """The published nights of the past year, each bucket with an exposure counted once a night."""

    month_from = serializers.IntegerField(allow_null=True, help_text="Null: all buckets together.")
    month_to = serializers.IntegerField(allow_null=True)
    nights = serializers.IntegerField()
    buckets = serializers.IntegerField()
    was = serializers.IntegerField(help_text="Of them in breach as they were.")
    would = serializers.IntegerField(help_text="Of them in breach under these bands.")
    nights_was = serializers.IntegerField(help_text="Nights with a breach as they were.")
    nights_would = serializers.IntegerField(help_text="Nights with a breach under these bands.")


class PolicyEffectSerializer(serializers.Serializer):
    """What the bands would do. Nothing is recorded."""

    run = RunReference(allow_null=True, help_text="Null: no night has been published.")
    today = BucketEffectSerializer(many=True)
    past = PastEffectSerializer(many=True)
    total = PastEffectSerializer(allow_null=True)


class PreviewPolicy(_OfPolicy):
    """What other bands would say of today's buckets and of the past year."""

    operation = "policies_record_preview"
    saves = False
    response_schema = PolicyEffectSerializer
    status_code = 200
    body = body(*_OF, example={name: _EXAMPLE[name] for name in ("entity", "risk", "bands")})

    def of(self, entity_id: int, risk_id: int, bands: list[Band], told: dict[str, Any]) -> Response:
        run = published.published_run()
        if run is None:
            return self.made({"run": None, "today": [], "past": [], "total": None})
        now = position.profile(run["id"], entity_id, risk_id)
        held = [(month, band) for month in HORIZON_MONTHS if (band := band_of(month, bands))]
        nights = published.nights(until=run["as_of_date"]).filter(as_of_date__gt=run["as_of_date"] - YEAR)
        rows, total = policy_effect.past(
            nights, entity_id=entity_id, risk_id=risk_id,
            limits=[(month, band.lower, band.upper) for month, band in held],
        )  # fmt: skip
        ends = dict(zip(HORIZON_MONTHS, (*HORIZON_MONTHS[1:], None), strict=True))
        return self.made(
            {
                "run": {name: run[name] for name in RunReference().fields},
                "today": [
                    _bucket(before, after) for before, after in zip(now, preview(now, bands), strict=True)
                ],
                "past": [_past(row, ends[row["month_from"]]) for row in rows],
                "total": total and _past(total, None),
            }
        )


def _bucket(before: Row, after: Row) -> Row:
    unit = before["amount_unit"]
    amounts = {name: money_or_null(before[name], unit) for name in ("net_exposure_amount", "hedge_amount")}
    same = {name: before[name] for name in ("month_from", "month_to", "amount_unit", "coverage_ratio")}
    return same | amounts | {"before": _band(before, unit), "after": _band(after, unit)}


def _band(row: Row, unit: str) -> Row:
    ratios = {name: None if row[name] is None else float(row[name]) for name in _RATIOS}
    amounts = {name: money_or_null(row[name], unit) for name in TO_HEDGE}
    return ratios | amounts | {"flags": sorted(flag.upper() for flag in row["flags"])}


def _past(row: Row, month_to: int | None) -> Row:
    return {name: row.get(name) for name in policy_effect.NAMES} | {"month_to": month_to}

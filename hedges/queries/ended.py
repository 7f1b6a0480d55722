"""What has ended of the items and instruments that relationships use, by the approved versions of each: layer by layer.

An item's units are lost from the top down: by a cancellation, by being no longer expected, by a smaller amount. A
forecast that is not highly probable any more has no flow that qualifies (IFRS 9 6.3.3). A net investment that is
settled is disposed of: its reserve leaves equity by itself that day (6.5.14), and the hedge has no item any more. An
instrument ends before its date when it is unwound, cancelled or settled early. What has happened before, on its date,
cannot be lost afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from exposures.enums import ExposureKind, ExposureStatus
from hedges.enums import ChangeCause, HedgeType, InstrumentStatus
from hedges.queries.layers import SIDES, Side

#: Facts are read on these dates: where a version begins or ends to count.
_POINTS = (
    "SELECT v.{subject}_id, day.x FROM {version} v"
    " JOIN {version}approval a ON a.version_id = v.id AND a.decision = 'APPROVED' AND a.recorded_at <= %(known_at)s"
    " CROSS JOIN LATERAL (VALUES (v.valid_from), (v.valid_to)) AS day (x)"
    " WHERE v.{subject}_id IN (SELECT subject_id FROM {side}_layers) AND day.x <= %(as_of_date)s"
    " GROUP BY v.{subject}_id, day.x"
)
_STATES = (
    "SELECT p.{subject}_id AS subject_id, p.x, lead(p.x) OVER w AS next_x, s.*,"
    " bool_or({happened}) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS happened"
    " FROM (SELECT q.*, lead(q.x) OVER (PARTITION BY q.{subject}_id ORDER BY q.x) AS until FROM ({points}) q) p"
    " CROSS JOIN LATERAL (SELECT v.* FROM {version} v JOIN {version}approval a ON a.version_id = v.id"
    " AND a.decision = 'APPROVED' AND a.recorded_at <= %(known_at)s WHERE v.{subject}_id = p.{subject}_id"
    " AND v.valid_from <= p.x AND (v.valid_to IS NULL OR v.valid_to > p.x) ORDER BY v.version_number DESC LIMIT 1) s"
    " WINDOW w AS (PARTITION BY p.{subject}_id ORDER BY p.x)"
)
_LAYERS = (
    "SELECT a.id AS layer_id, w.relationship_id, a.{subject}_id AS subject_id, i.external_reference AS reference,"
    " a.unit_from, a.unit_to, d.{unit} AS unit, sign(d.{amount})::int AS sign, {kind} AS kind, a.period_from,"
    " CASE WHEN a.released_at > %(known_at)s THEN coalesce(a.planned_to, a.period_to) ELSE a.period_to END"
    " AS period_to,"
    " coalesce(hedgebook_first_open_day(w.entity_id), a.period_from) AS first_open_day"
    " FROM {table} a JOIN hedges_hedgerelationshipversion w ON w.id = a.relationship_version_id"
    " JOIN {version} d ON d.id = a.{subject}_version_id JOIN {identity} i ON i.id = a.{subject}_id"
    " JOIN hedges_hedgerelationshipversionapproval ok ON ok.version_id = w.id AND ok.decision = 'APPROVED'"
    " AND ok.recorded_at <= %(known_at)s"
    f" WHERE w.hedge_type <> '{HedgeType.ECONOMIC}' AND a.recorded_at <= %(known_at)s"
    " AND (%(entity_id)s::bigint IS NULL OR w.entity_id = %(entity_id)s)"
    " AND (%(relationships)s::bigint[] IS NULL OR w.relationship_id = ANY(%(relationships)s::bigint[]))"
)
_LOST = f"'{ExposureStatus.CANCELLED}', '{ExposureStatus.NO_LONGER_EXPECTED}'"
_OPEN = f"s.status = '{ExposureStatus.OPEN}'"
_LIVE = f"s.status = '{InstrumentStatus.LIVE}'"
_GONE = f"'{InstrumentStatus.UNWOUND}', '{InstrumentStatus.CANCELLED}'"
#: Side -> (what has happened by then, the kind designated, [(cause, condition, first unit, past the last one)]).
_FACTS: dict[Side, tuple[str, str, list[tuple[ChangeCause, str, str, str]]]] = {
    "item": (
        f"s.status = '{ExposureStatus.SETTLED}'"
        f" OR {_OPEN} AND s.expected_date < p.until AND s.kind <> '{ExposureKind.NET_INVESTMENT}'",
        "d.kind",
        [
            (
                ChangeCause.ITEM_DISPOSED,
                f"s.status = '{ExposureStatus.SETTLED}' AND l.kind = '{ExposureKind.NET_INVESTMENT}'",
                "l.unit_from", "l.unit_to",
            ),
            (
                ChangeCause.NO_LONGER_EXPECTED,
                f"s.status IN ({_LOST}) OR {_OPEN} AND sign(s.exposure_amount) <> l.sign",
                "l.unit_from", "l.unit_to",
            ),
            (
                ChangeCause.NO_LONGER_EXPECTED,
                f"{_OPEN} AND sign(s.exposure_amount) = l.sign AND s.capacity_units < l.unit_to",
                "greatest(l.unit_from, s.capacity_units)", "l.unit_to",
            ),
            (
                ChangeCause.NO_LONGER_HIGHLY_PROBABLE,
                f"{_OPEN} AND s.kind = '{ExposureKind.FORECAST}' AND l.kind <> '{ExposureKind.FORECAST}'"
                " AND sign(s.exposure_amount) = l.sign AND s.capacity_units > l.unit_from",
                "l.unit_from", "least(l.unit_to, s.capacity_units)",
            ),
        ],
    ),
    "instrument": (
        f"s.status = '{InstrumentStatus.SETTLED}' OR {_LIVE} AND s.settlement_date < p.until",
        "d.kind",
        [
            (
                ChangeCause.INSTRUMENT_ENDED,
                f"s.status IN ({_GONE}) OR s.status = '{InstrumentStatus.SETTLED}' AND s.x < s.settlement_date"
                f" OR {_LIVE} AND sign(s.notional_amount) <> l.sign",
                "l.unit_from", "l.unit_to",
            ),
            (
                ChangeCause.INSTRUMENT_ENDED,
                f"{_LIVE} AND sign(s.notional_amount) = l.sign AND s.capacity_units < l.unit_to",
                "greatest(l.unit_from, s.capacity_units)", "l.unit_to",
            ),
        ],
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ended:
    """Units of a layer that have ended: `since` by the fact, `from_date` as a change can still begin (open periods)."""

    side: Side
    relationship_id: int
    subject_id: int
    reference: str
    unit: str
    sign: int
    cause: str
    unit_from: int
    unit_to: int
    since: date
    from_date: date


def ended(
    *,
    as_of_date: date,
    known_at: datetime | None = None,
    entity_id: int | None = None,
    relationship_ids: Sequence[int] | None = None,
) -> list[Ended]:
    """Designated units that the facts up to a date have taken away and no approved change has, in one query."""
    layers = ", ".join(
        f"{side}_layers AS ({_LAYERS.format(**_names(side), kind=kind)}), {side}_states AS ({_states(side)})"
        for side, (_, kind, _) in _FACTS.items()
    )
    found = " UNION ALL ".join(
        "SELECT * FROM (SELECT DISTINCT ON (l.layer_id)"
        f" '{side}' AS side, l.relationship_id, l.subject_id, l.reference, l.unit, l.sign, '{cause}' AS cause,"
        f" {first} AS unit_from, {past_last} AS unit_to, greatest(s.x, l.period_from) AS since,"
        " greatest(s.x, l.period_from, l.first_open_day) AS from_date"
        f" FROM {side}_layers l JOIN {side}_states s ON s.subject_id = l.subject_id"
        f" WHERE NOT coalesce(s.happened, false) AND ({condition})"
        " AND greatest(s.x, l.period_from, l.first_open_day) <"
        " least(coalesce(s.next_x, 'infinity'::date), l.period_to)"
        " AND greatest(s.x, l.period_from, l.first_open_day) <= %(as_of_date)s"
        " ORDER BY l.layer_id, s.x) found"
        for side, (_, _, facts) in _FACTS.items()
        for cause, condition, first, past_last in facts
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {layers} SELECT * FROM ({found}) ended"
            " ORDER BY relationship_id, from_date, cause, side DESC, subject_id, unit_from",
            {
                "as_of_date": as_of_date,
                "known_at": known_at or "infinity",
                "entity_id": entity_id,
                "relationships": list(relationship_ids) if relationship_ids is not None else None,
            },
        )
        return [Ended(*row) for row in cursor.fetchall()]


def _states(side: Side) -> str:
    names = _names(side)
    happened = _FACTS[side][0].replace("s.x", "p.x")
    return _STATES.format(**names, happened=happened, points=_POINTS.format(**names))


def _names(side: Side) -> dict[str, str]:
    table, subject, identity, amount, unit = SIDES[side]
    return {
        "side": side,
        "table": table,
        "subject": subject,
        "identity": identity,
        "version": f"{identity}version",
        "amount": amount,
        "unit": unit,
    }

"""Payment dates of swaps as columns: a row a payment, of both legs or, where they have days of their own, of one.

`leg` is a place in LEGS; `day_count` one in COUNTS: how the leg counts, the empty one where only its fractions say it.
The fixed leg comes first, each by its dates.
"""

from treasury.kernel.day_count import ACT_360, ACT_365, THIRTY_360, THIRTY_E_360

LEGS = ("BOTH", "FIXED", "FLOATING")
BOTH, FIXED, FLOATING = range(len(LEGS))
#: Day counts by their place in `day_count`; those of months of 30 days come last.
COUNTS = ("", ACT_360, ACT_365, THIRTY_360, THIRTY_E_360)

COLUMNS = {
    "pay_date": "date", "period_start": "date", "accrual": "float8", "leg": "int4", "day_count": "int4",
}  # fmt: skip
#: The columns over the version `v` and its payments `f`.
CHOSEN = (
    "v.start_date + f.day AS pay_date, v.start_date + f.begun AS period_start, f.accrual::float8 AS accrual,"
    " f.leg::int4 AS leg,"
    f" coalesce(array_position(ARRAY{list(COUNTS)}::varchar[], f.day_count) - 1, 0)::int4 AS day_count"
)
#: Joins the payments `f` to versions `v` that have `flow_days`.
JOINED = (
    " CROSS JOIN LATERAL ("
    "SELECT p.day, coalesce(v.flow_days[p.number - 1], 0) AS begun, p.accrual, p.number,"
    f" CASE WHEN v.floating_flow_days IS NULL THEN {BOTH} ELSE {FIXED} END AS leg, v.day_count"
    " FROM unnest(v.flow_days, v.flow_accruals) WITH ORDINALITY AS p (day, accrual, number)"
    f" UNION ALL SELECT p.day, coalesce(v.floating_flow_days[p.number - 1], 0), p.accrual, p.number, {FLOATING},"
    " v.floating_day_count"
    " FROM unnest(v.floating_flow_days, v.floating_flow_accruals) WITH ORDINALITY AS p (day, accrual, number)"
    ") AS f"
)
#: After what names the instrument or the version.
IN_ORDER = "f.leg, f.number"

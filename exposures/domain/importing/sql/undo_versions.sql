-- The terms before are those of the newest earlier version that nobody has rejected; without one the exposure is cancelled.
-- Looked up by key, row for row (LIMIT keeps it from becoming a join): the planner knows nothing yet of rows that were
-- recorded a moment ago, takes thousands for one, and would read each table through for every row.
INSERT INTO exposures_exposureversion
    (exposure_id, entity_id, version_number, valid_from, change_reason, risk_id, kind, status, description, exposure_amount,
     exposure_currency_id, expected_date, window_start, window_end, certainty_ratio, start_date, payment_months, spread_rate)
SELECT v.exposure_id, v.entity_id, v.version_number + 1, v.valid_from, %(reason)s, t.risk_id, t.kind,
       CASE WHEN b.id IS NULL THEN 'CANCELLED' ELSE t.status END, t.description, t.exposure_amount, t.exposure_currency_id,
       t.expected_date, t.window_start, t.window_end, t.certainty_ratio, t.start_date, t.payment_months, t.spread_rate
FROM exposures_exposureversion v
LEFT JOIN LATERAL (
    SELECT o.id FROM exposures_exposureversion o
    WHERE o.exposure_id = v.exposure_id AND o.version_number < v.version_number AND 'REJECTED' IS DISTINCT FROM
          (SELECT a.decision FROM exposures_exposureversionapproval a WHERE a.version_id = o.id)
    ORDER BY o.version_number DESC LIMIT 1) b ON true
JOIN LATERAL (SELECT x.* FROM exposures_exposureversion x WHERE x.id = coalesce(b.id, v.id) LIMIT 1) t ON true
WHERE v.event_id = %(event)s AND v.id = ANY (%(versions)s)
ORDER BY v.exposure_id

-- The exposures' rows are locked one after the other in the order of their keys, by every import alike.
-- Looked up by key, row for row (LIMIT keeps it from becoming a join): the planner knows nothing yet of rows that were
-- recorded a moment ago, takes thousands for one, and would read each table through for every row.
INSERT INTO exposures_exposureversion
    (exposure_id, entity_id, version_number, valid_from, change_reason, risk_id, kind, status, description, exposure_amount,
     exposure_currency_id, expected_date, window_start, window_end, certainty_ratio, start_date, payment_months, spread_rate)
SELECT e.id, c.entity_id, coalesce(c.base_number, 0) + 1, %(valid_from)s, %(reason)s, c.risk_id, c.kind, c.status, c.description,
       c.exposure_amount, c.exposure_currency_id, c.expected_date, c.window_start, c.window_end, c.certainty_ratio,
       c.start_date, c.payment_months, c.spread_rate
FROM exposures_importchange c
JOIN LATERAL (SELECT x.id FROM exposures_exposure x
    WHERE x.source_system = %(source)s AND x.external_reference = c.reference LIMIT 1) e ON true
WHERE c.exposure_import_id = %(import)s AND c.attempt = %(attempt)s AND c.row_number = ANY (%(rows)s)
ORDER BY e.id

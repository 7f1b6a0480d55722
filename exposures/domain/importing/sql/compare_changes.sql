-- Every row without a problem: what it makes of the book, with the whole terms of the version to be recorded.
-- Looked up by key, row for row (LIMIT keeps it from becoming a join): the planner knows nothing yet of rows that were
-- recorded a moment ago, takes thousands for one, and would read each table through for every row.
INSERT INTO exposures_importchange
    (exposure_import_id, attempt, row_number, reference, entity_id, risk_id, kind, exposure_amount, exposure_currency_id,
     expected_date, window_start, window_end, status, description, certainty_ratio, start_date, payment_months, spread_rate,
     exposure_id, base_version_id, base_number, outcome)
SELECT %(import)s, %(attempt)s, t.row_number, t.reference, t.entity_id, t.risk_id, t.kind, t.exposure_amount,
       t.exposure_currency_id, t.expected_date, t.window_start, t.window_end, t.status, t.description, t.certainty_ratio,
       b.start_date, b.payment_months, b.spread_rate, t.exposure_id, b.id, n.newest,
       CASE WHEN t.exposure_id IS NULL THEN 'NEW'
            WHEN (t.risk_id, t.kind, t.exposure_amount, t.exposure_currency_id, t.expected_date, t.window_start, t.window_end,
                  t.status, t.description, t.certainty_ratio)
                 IS NOT DISTINCT FROM
                 (b.risk_id, b.kind, b.exposure_amount, b.exposure_currency_id, b.expected_date, b.window_start, b.window_end,
                  b.status, b.description, b.certainty_ratio)
            THEN 'UNCHANGED' ELSE 'CHANGED' END
FROM (
    SELECT r.row_number, r.reference, r.entity_id, r.risk_id, r.kind, r.exposure_amount, r.exposure_currency_id, r.expected_date,
           CASE WHEN %(has_window)s THEN r.window_start ELSE b.window_start END AS window_start,
           CASE WHEN %(has_window)s THEN r.window_end ELSE b.window_end END AS window_end,
           coalesce(r.status, b.status, 'OPEN') AS status, coalesce(r.description, b.description, '') AS description,
           coalesce(r.certainty_ratio, b.certainty_ratio, 1) AS certainty_ratio, e.id AS exposure_id, b.id AS base_id
    FROM exposures_importrow r
    LEFT JOIN LATERAL (SELECT x.id FROM exposures_exposure x
        WHERE x.source_system = %(source)s AND x.external_reference = r.reference LIMIT 1) e ON true
    LEFT JOIN LATERAL (
        SELECT v.* FROM exposures_exposureversion v
        WHERE v.exposure_id = e.id AND 'REJECTED' IS DISTINCT FROM
              (SELECT a.decision FROM exposures_exposureversionapproval a WHERE a.version_id = v.id)
        ORDER BY v.version_number DESC LIMIT 1) b ON true
    WHERE r.exposure_import_id = %(import)s AND r.attempt = %(attempt)s AND r.row_number = ANY (%(rows)s)
      -- hashed once; the planner knows nothing yet of rows that were copied a moment ago
      AND r.row_number NOT IN (SELECT p.row_number FROM exposures_importproblem p
                               WHERE p.exposure_import_id = %(import)s AND p.attempt = %(attempt)s)) t
LEFT JOIN LATERAL (SELECT v.* FROM exposures_exposureversion v WHERE v.id = t.base_id LIMIT 1) b ON true
LEFT JOIN LATERAL (
    SELECT max(v.version_number) AS newest FROM exposures_exposureversion v WHERE v.exposure_id = t.exposure_id) n ON true
ORDER BY t.row_number

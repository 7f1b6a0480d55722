-- What only the book can say about the rows of an attempt. Of an exposure of another entity than the row's (and of any,
-- where the row's entity is none that the person writes for) it says that the reference is taken, and nothing else of it.
-- Looked up by key, row for row (LIMIT keeps it from becoming a join): the planner knows nothing yet of rows that were
-- recorded a moment ago, takes thousands for one, and would read each table through for every row.
INSERT INTO exposures_importproblem
    (exposure_import_id, attempt, row_number, column_number, column_name, field, code, value, expected)
SELECT %(import)s, %(attempt)s, r.row_number, p.column_number, left(p.column_name, 80), p.field, p.code, p.value, p.expected
FROM exposures_importrow r
LEFT JOIN LATERAL (SELECT x.id, x.entity_id FROM exposures_exposure x
    WHERE x.source_system = %(source)s AND x.external_reference = r.reference LIMIT 1) e ON true
LEFT JOIN LATERAL (
    SELECT v.window_start, v.window_end FROM exposures_exposureversion v
    WHERE v.exposure_id = e.id AND e.entity_id = r.entity_id AND 'REJECTED' IS DISTINCT FROM
          (SELECT a.decision FROM exposures_exposureversionapproval a WHERE a.version_id = v.id)
    ORDER BY v.version_number DESC LIMIT 1) b ON true
LEFT JOIN treasury_risk k ON k.id = r.risk_id
CROSS JOIN LATERAL (VALUES
    (e.entity_id <> r.entity_id, %(reference_column)s::int, %(reference_name)s::text, 'reference', 'reference_taken',
     r.reference::text, 'a reference that the source does not use for another entity'),
    (NOT %(has_window)s AND r.expected_date NOT BETWEEN b.window_start AND b.window_end, %(date_column)s::int,
     %(date_name)s::text, 'expected_date', 'date_outside_window', r.expected_date::text,
     'a date from ' || b.window_start || ' to ' || b.window_end || ', the window in the book; or columns for the window'),
    ((e.id IS NULL OR e.entity_id IS DISTINCT FROM r.entity_id) AND k.kind = 'RATE_INDEX', %(risk_column)s::int,
     %(risk_name)s::text, 'risk', 'floating_rate_debt', k.code::text,
     'another risk: floating-rate debt has terms that no file has; record it on its page')
) AS p (is_wrong, column_number, column_name, field, code, value, expected)
WHERE r.exposure_import_id = %(import)s AND r.attempt = %(attempt)s AND r.reference <> '' AND p.is_wrong

-- What became of every row without a problem, in the order of the rows: by key, row for row.
SELECT c.row_number, c.reference, c.outcome, coalesce(e.id, c.exposure_id), v.id, v.version_number
FROM exposures_importchange c
LEFT JOIN LATERAL (SELECT x.id FROM exposures_exposure x
    WHERE x.source_system = %(source)s AND x.external_reference = c.reference LIMIT 1) e ON true
LEFT JOIN LATERAL (SELECT w.id, w.version_number FROM exposures_exposureversion w
    WHERE w.exposure_id = e.id AND CASE WHEN c.outcome = 'UNCHANGED' THEN w.id = c.base_version_id
                                        ELSE w.event_id = %(event)s END
    ORDER BY w.version_number DESC LIMIT 1) v ON true
WHERE c.exposure_import_id = %(import)s AND c.attempt = %(attempt)s
ORDER BY c.row_number

-- Whether a row was compared with a version that is not its exposure's newest any more, or with none where there is one.
-- Looked up by key, row for row (LIMIT keeps it from becoming a join): the planner knows nothing yet of rows that were
-- recorded a moment ago, takes thousands for one, and would read each table through for every row.
SELECT EXISTS (
    SELECT FROM exposures_importchange c
    LEFT JOIN LATERAL (SELECT x.id FROM exposures_exposure x
        WHERE x.source_system = %(source)s AND x.external_reference = c.reference LIMIT 1) e ON true
    LEFT JOIN LATERAL (SELECT max(v.version_number) AS newest FROM exposures_exposureversion v WHERE v.exposure_id = e.id) n
        ON true
    WHERE c.exposure_import_id = %(import)s AND c.attempt = %(attempt)s AND n.newest IS DISTINCT FROM c.base_number)

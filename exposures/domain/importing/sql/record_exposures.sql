INSERT INTO exposures_exposure (entity_id, source_system, external_reference)
SELECT c.entity_id, %(source)s, c.reference FROM exposures_importchange c
WHERE c.exposure_import_id = %(import)s AND c.attempt = %(attempt)s AND c.row_number = ANY (%(rows)s)
  AND c.outcome = 'NEW'
ORDER BY c.reference

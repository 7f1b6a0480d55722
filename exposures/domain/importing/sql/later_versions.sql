-- By key, row for row: a join could be planned for one row of an event of thousands.
SELECT (SELECT e.external_reference FROM exposures_exposure e WHERE e.id = v.exposure_id) FROM exposures_exposureversion v
WHERE v.event_id = %(event)s AND v.version_number <
      (SELECT max(l.version_number) FROM exposures_exposureversion l WHERE l.exposure_id = v.exposure_id)
ORDER BY 1

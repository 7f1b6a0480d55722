-- What is measured is what was designated: a run is published only with rows whose relationship, entity, framework and type
-- of hedge are those of the version that they name. Whoever writes a result past the domain cannot choose its rules.
CREATE FUNCTION public.hedgebook_measured_as_designated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    differs text;
BEGIN
    SELECT string_agg(code, ', ' ORDER BY code) INTO differs FROM (
        SELECT coalesce(r.code, m.relationship_id::text) AS code FROM public.hedges_measurementresult m
        LEFT JOIN public.hedges_hedgerelationshipversion v ON v.id = m.relationship_version_id
            AND (v.relationship_id, v.entity_id, v.framework, v.hedge_type)
                = (m.relationship_id, m.entity_id, m.framework, m.hedge_type)
        LEFT JOIN public.hedges_hedgerelationship r ON r.id = m.relationship_id
        WHERE m.run_id = NEW.id AND v.id IS NULL
        ORDER BY 1 LIMIT 5) named;
    IF differs IS NOT NULL THEN
        RAISE EXCEPTION '% was measured as another hedge than the one that was designated: entity, framework and type are those of its version',
            differs USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER calculationrun_measured_as_designated AFTER UPDATE OF status ON public.treasury_calculationrun
    FOR EACH ROW WHEN (NEW.status = 'PUBLISHED' AND OLD.status <> 'PUBLISHED')
    EXECUTE FUNCTION public.hedgebook_measured_as_designated();

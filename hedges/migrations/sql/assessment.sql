-- Tests outside the night: which quotes they saw, and who may decide what.

-- A snapshot that a test points at has to be read again later: no quote that is stamped before this moment may still be
-- uncommitted after it. SHARE lets other such tests and the seal through; it waits for whoever records quotes.
CREATE FUNCTION public.hedgebook_hold_quotes() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    LOCK TABLE public.treasury_marketquote IN SHARE MODE;
    RETURN public.hedgebook_now();
END
$$;
REVOKE ALL ON FUNCTION public.hedgebook_hold_quotes() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.hedgebook_hold_quotes() TO hedgebook_app;

-- The newest status that a test of one day came to: of the runs published for it, and of the tests on record.
CREATE FUNCTION public.hedgebook_tested(of_relationship bigint, day date) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT status FROM (
        SELECT e.effectiveness_status AS status, r.published_at AS at
            FROM public.hedges_effectivenessresult e JOIN public.treasury_calculationrun r ON r.id = e.run_id
            WHERE e.relationship_id = of_relationship AND r.as_of_date = day AND r.status = 'PUBLISHED'
        UNION ALL
        SELECT a.effectiveness_status, a.recorded_at
            FROM public.hedges_assessmentrecord a
            JOIN public.hedges_hedgerelationshipversion v ON v.id = a.version_id
            WHERE v.relationship_id = of_relationship AND a.as_of_date = day
    ) tests ORDER BY at DESC NULLS LAST LIMIT 1
$$;

-- A decision on a test: by the person who takes the action, entitled, and author of no version that is approved or
-- waits; on the test itself only where a framework goes by it and it came to nothing.
CREATE FUNCTION public.hedgebook_assessment_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    newest record;
    actor bigint := (SELECT actor_id FROM public.treasury_auditevent WHERE id = public.hedgebook_current_event());
    tested text;
    refusal text;
BEGIN
    SELECT v.framework, v.entity_id, v.hedge_type, v.accounting_from, e.time_zone INTO newest
        FROM public.hedges_hedgerelationshipversion v JOIN public.treasury_entity e ON e.id = v.entity_id
        WHERE v.relationship_id = NEW.relationship_id ORDER BY v.version_number DESC LIMIT 1;
    tested := public.hedgebook_tested(NEW.relationship_id, NEW.as_of_date);
    refusal := CASE
        WHEN newest IS NULL THEN 'there is no such relationship'
        WHEN NEW.decided_by_id IS DISTINCT FROM actor THEN 'a person decides for themself, in their own action'
        WHEN EXISTS (
            SELECT FROM public.hedges_hedgerelationshipversion v
                LEFT JOIN public.hedges_hedgerelationshipversionapproval a ON a.version_id = v.id
                WHERE v.relationship_id = NEW.relationship_id AND v.author_id = NEW.decided_by_id
                    AND coalesce(a.decision, 'APPROVED') = 'APPROVED'
        ) THEN 'whoever prepared a version of the relationship that is approved or waits cannot decide on its test; ask another person'
        WHEN NOT public.hedgebook_has_role(NEW.decided_by_id, newest.entity_id, 'APPROVER', 'HEDGE_ACCOUNTANT')
            THEN 'a decision on a test is for an approver or hedge accountant of the entity'
        WHEN newest.hedge_type = 'ECONOMIC' THEN 'an economic hedge has no status to decide on'
        WHEN NEW.as_of_date > (public.hedgebook_now() AT TIME ZONE newest.time_zone)::date
            THEN 'nothing can be decided for a day that is still to come'
        WHEN NEW.as_of_date < newest.accounting_from
            THEN 'hedge accounting had not begun on that day'
        WHEN NEW.subject = 'TEST' AND newest.framework = 'IFRS9'
            THEN 'under IFRS 9 a test without a result stops nothing and is not decided by a person; IAS 39 and ASC 815 ask for it'
        WHEN NEW.subject = 'TEST' AND tested IS NULL
            THEN format('there is no test of %s to decide on; test the relationship for that day first', NEW.as_of_date)
        WHEN NEW.subject = 'TEST' AND tested <> 'INCONCLUSIVE'
            THEN format('the test of %s came out %s; only one without a result is decided by a person', NEW.as_of_date, tested)
    END;
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION '%', refusal USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER assessmentdecision_entitled BEFORE INSERT ON public.hedges_assessmentdecision
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_assessment_decision();

-- A hedge that fails its test at inception does not qualify: IFRS 9 6.4.1(c), IAS 39.88(b), ASC 815-20-25-3(b)(2)(iv).
CREATE FUNCTION public.hedgebook_inception_passed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.decision = 'APPROVED' AND EXISTS (
        SELECT FROM public.hedges_assessmentrecord WHERE version_id = NEW.version_id AND occasion = 'INCEPTION'
            AND effectiveness_status = 'NOT_EFFECTIVE'
    ) THEN
        RAISE EXCEPTION 'the test at inception came out not effective, so that the hedge does not qualify; reject it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER hedgerelationshipversionapproval_qualifies BEFORE INSERT ON public.hedges_hedgerelationshipversionapproval
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_inception_passed();

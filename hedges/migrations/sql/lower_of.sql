-- What a close has taken to equity under IFRS 9 is the lower of the two cumulative changes, and 0 where they have
-- different signs (6.5.11(a), 6.5.13): held by the database for every period that is closed. IAS 39 leaves out what did
-- not qualify, ASC 815 knows no lower-of.
CREATE FUNCTION public.hedgebook_lower_of() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    differs text;
BEGIN
    SELECT string_agg(code, ', ' ORDER BY code) INTO differs FROM (
        SELECT r.code FROM public.hedges_measurementresult m
        JOIN public.hedges_hedgerelationship r ON r.id = m.relationship_id
        WHERE m.run_id = NEW.run_id AND m.framework = 'IFRS9' AND m.hedge_type IN ('CASH_FLOW', 'NET_INVESTMENT')
          AND m.cumulative_recognised <>
              CASE WHEN sign(m.cumulative_change_instrument) = sign(m.cumulative_change_hypothetical)
                   THEN sign(m.cumulative_change_instrument)
                        * least(abs(m.cumulative_change_instrument), abs(m.cumulative_change_hypothetical))
                   ELSE 0 END
        ORDER BY 1 LIMIT 5) named;
    IF differs IS NOT NULL THEN
        RAISE EXCEPTION 'what % has in equity is not the lower of the two cumulative changes (IFRS 9 6.5.11)', differs
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER accountingperiod_lower_of AFTER UPDATE ON hedges_accountingperiod
    FOR EACH ROW WHEN (NEW.status = 'CLOSED' AND OLD.status <> 'CLOSED') EXECUTE FUNCTION hedgebook_lower_of();

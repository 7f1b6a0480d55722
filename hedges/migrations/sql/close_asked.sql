-- A close names who asked for it: the person of its audited action, and nobody where the schedule asks.
CREATE OR REPLACE FUNCTION public.hedgebook_close_asked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    acting bigint := (SELECT actor_id FROM public.treasury_auditevent WHERE id = public.hedgebook_current_event());
BEGIN
    IF NEW.requested_by_id IS DISTINCT FROM acting THEN
        RAISE EXCEPTION 'a close is asked for by the person whose action it is' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF acting IS NOT NULL AND NOT public.hedgebook_has_role(
        acting, (SELECT id FROM public.treasury_entity WHERE code = NEW.scope), 'HEDGE_ACCOUNTANT', 'TREASURER') THEN
        RAISE EXCEPTION 'only a hedge accountant or treasurer of % asks for its close', NEW.scope
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER calculationrun_close_asked ON public.treasury_calculationrun;
CREATE TRIGGER calculationrun_close_asked BEFORE INSERT ON public.treasury_calculationrun
    FOR EACH ROW WHEN (NEW.kind = 'CLOSE') EXECUTE FUNCTION public.hedgebook_close_asked();

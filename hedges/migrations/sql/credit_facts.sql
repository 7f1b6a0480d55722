-- Tests read facts about the credit of counterparties: a run's seal and a test on demand wait for them as for quotes.

CREATE OR REPLACE FUNCTION public.hedgebook_seal() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    versioned text;
BEGIN
    FOR versioned IN
        SELECT DISTINCT t.tgrelid::regclass::text FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
        WHERE p.proname IN ('hedgebook_version', 'hedgebook_approval', 'hedgebook_policy_band', 'hedgebook_allocation')
           OR t.tgrelid IN ('public.treasury_marketquote'::regclass, 'public.treasury_rulepack'::regclass,
                            'public.treasury_creditfact'::regclass, 'public.hedges_assessmentdecision'::regclass)
        ORDER BY 1
    LOOP
        EXECUTE format('LOCK TABLE %s IN SHARE MODE', versioned);
    END LOOP;
    RETURN public.hedgebook_now();
END
$$;

CREATE OR REPLACE FUNCTION public.hedgebook_hold_quotes() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    LOCK TABLE public.treasury_creditfact, public.treasury_marketquote IN SHARE MODE;
    RETURN public.hedgebook_now();
END
$$;

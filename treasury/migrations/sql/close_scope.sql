-- A close of an entity's month tests and measures, and nothing else: it has partitions of those families only.

CREATE FUNCTION public.hedgebook_families_of(run bigint) RETURNS SETOF text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT family FROM public.hedgebook_result_families() family
    WHERE (SELECT kind FROM public.treasury_calculationrun WHERE id = run) <> 'CLOSE'
       OR family IN ('hedges_effectivenessresult', 'hedges_effectivenesscriterionresult', 'hedges_measurementresult',
                     'hedges_costofhedgingresult')
$$;

CREATE OR REPLACE FUNCTION public.open_run_results(run bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    family text;
    part text;
BEGIN
    PERFORM FROM public.treasury_calculationrun WHERE id = run AND status = 'RUNNING' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'run % is not running', run USING ERRCODE = 'check_violation';
    END IF;
    FOR family IN SELECT public.hedgebook_families_of(run) LOOP
        part := family || '_r' || run;
        CONTINUE WHEN to_regclass('public.' || quote_ident(part)) IS NOT NULL;
        EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, family);
        EXECUTE format('ALTER TABLE public.%I ADD CONSTRAINT %I CHECK (run_id = %s)', part, part || '_run', run);
        EXECUTE format('ALTER TABLE public.%I ADD CONSTRAINT %I CHECK (%s)', part, part || '_numbers',
                       public.hedgebook_no_nan(family));
        EXECUTE format('REVOKE ALL ON public.%I FROM hedgebook_app', part);
        EXECUTE format('GRANT SELECT, INSERT ON public.%I TO hedgebook_app', part);
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION public.publish_run(run bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    family text;
    part text;
    key_columns text;
BEGIN
    PERFORM FROM public.treasury_calculationrun WHERE id = run AND status = 'RUNNING' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'run % is not running', run USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM public.treasury_runshard WHERE run_id = run)
       OR EXISTS (SELECT FROM public.treasury_runshard WHERE run_id = run AND status <> 'DONE') THEN
        RAISE EXCEPTION 'run % has shards that are not done', run USING ERRCODE = 'check_violation';
    END IF;
    FOR family IN SELECT public.hedgebook_families_of(run) LOOP
        part := family || '_r' || run;
        SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY array_position(i.indkey::smallint[], a.attnum)) INTO key_columns
        FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = ('public.' || quote_ident(family))::regclass AND i.indisprimary;
        EXECUTE format('ALTER TABLE public.%I ADD PRIMARY KEY (%s)', part, key_columns);
        EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES IN (%s)', family, part, run);
        EXECUTE format('REVOKE INSERT ON public.%I FROM hedgebook_app', part);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON public.%I FOR EACH STATEMENT'
                       ' EXECUTE FUNCTION public.hedgebook_refuse_change()', part || '_no_truncate', part);
    END LOOP;
    UPDATE public.treasury_calculationrun older SET status = 'SUPERSEDED'
        FROM public.treasury_calculationrun newer
        WHERE newer.id = run AND older.id <> run AND older.status = 'PUBLISHED'
          AND (older.kind, older.scope, older.as_of_date) = (newer.kind, newer.scope, newer.as_of_date);
    UPDATE public.treasury_calculationrun
        SET status = 'PUBLISHED', published_at = public.hedgebook_now(), finished_at = public.hedgebook_now()
        WHERE id = run;
END
$$;

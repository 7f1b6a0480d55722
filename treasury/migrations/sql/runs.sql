-- Runs move forward only, and only publish_run can publish.
CREATE FUNCTION public.hedgebook_run_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.kind, NEW.scope, NEW.as_of_date, NEW.revision) IS DISTINCT FROM (OLD.kind, OLD.scope, OLD.as_of_date, OLD.revision)
       OR (OLD.known_at IS NOT NULL AND (NEW.known_at, NEW.market_data_snapshot_id, NEW.book_snapshot_id)
           IS DISTINCT FROM (OLD.known_at, OLD.market_data_snapshot_id, OLD.book_snapshot_id)) THEN
        RAISE EXCEPTION 'a run keeps its identity and, once sealed, its inputs' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('PENDING', 'RUNNING'), ('PENDING', 'WAITING'), ('WAITING', 'PENDING'), ('WAITING', 'RUNNING'),
        ('PENDING', 'FAILED'), ('WAITING', 'FAILED'), ('RUNNING', 'FAILED'), ('RUNNING', 'PUBLISHED'),
        ('PUBLISHED', 'SUPERSEDED')) THEN
        RAISE EXCEPTION 'a run cannot go from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status IN ('PUBLISHED', 'SUPERSEDED') AND NEW.status <> OLD.status
       AND pg_catalog.pg_get_userbyid((SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID)) <> current_user THEN
        RAISE EXCEPTION 'a run is published by publish_run' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER calculationrun_state BEFORE UPDATE ON treasury_calculationrun
    FOR EACH ROW EXECUTE FUNCTION hedgebook_run_state();

-- The result families: every partitioned table of the book that has a run_id.
CREATE FUNCTION public.hedgebook_result_families() RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT c.relname::text FROM pg_catalog.pg_partitioned_table p JOIN pg_catalog.pg_class c ON c.oid = p.partrelid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'run_id'
    WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1
$$;

-- Makes the run's partitions, not attached yet: the application may insert into them until publish_run.
CREATE FUNCTION public.open_run_results(run bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    family text;
    part text;
BEGIN
    PERFORM FROM public.treasury_calculationrun WHERE id = run AND status = 'RUNNING' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'run % is not running', run USING ERRCODE = 'check_violation';
    END IF;
    FOR family IN SELECT public.hedgebook_result_families() LOOP
        part := family || '_r' || run;
        CONTINUE WHEN to_regclass('public.' || quote_ident(part)) IS NOT NULL;
        EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, family);
        EXECUTE format('ALTER TABLE public.%I ADD CONSTRAINT %I CHECK (run_id = %s)', part, part || '_run', run);
        EXECUTE format('REVOKE ALL ON public.%I FROM hedgebook_app', part);
        EXECUTE format('GRANT SELECT, INSERT ON public.%I TO hedgebook_app', part);
    END LOOP;
END
$$;

-- Closes the run's partitions and publishes it, superseding an older revision: all in the caller's transaction.
CREATE FUNCTION public.publish_run(run bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
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
    FOR family IN SELECT public.hedgebook_result_families() LOOP
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

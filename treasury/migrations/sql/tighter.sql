-- Found by attacking the first guards: what a run, a shard, a release, a band or a second name could still do.

-- A run begins as a question; only the seal and publish_run make more of it.
CREATE FUNCTION public.hedgebook_run_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status NOT IN ('PENDING', 'WAITING')
       OR num_nonnulls(NEW.known_at, NEW.market_data_snapshot_id, NEW.book_snapshot_id, NEW.started_at, NEW.published_at,
                       NEW.finished_at) > 0 THEN
        RAISE EXCEPTION 'a run begins pending or waiting, without inputs or times' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.revision <> 1 + coalesce((SELECT max(revision) FROM public.treasury_calculationrun r
                                     WHERE (r.kind, r.scope, r.as_of_date) = (NEW.kind, NEW.scope, NEW.as_of_date)), 0) THEN
        RAISE EXCEPTION 'revision % of % is not the next one', NEW.revision, NEW.as_of_date USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER calculationrun_begins BEFORE INSERT ON treasury_calculationrun
    FOR EACH ROW EXECUTE FUNCTION hedgebook_run_begins();

CREATE OR REPLACE FUNCTION public.hedgebook_run_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.kind, NEW.scope, NEW.as_of_date, NEW.revision) IS DISTINCT FROM (OLD.kind, OLD.scope, OLD.as_of_date, OLD.revision)
       OR (OLD.known_at IS NOT NULL AND
           (NEW.known_at, NEW.market_data_snapshot_id, NEW.book_snapshot_id, NEW.code_version, NEW.library_versions,
            NEW.started_at) IS DISTINCT FROM
           (OLD.known_at, OLD.market_data_snapshot_id, OLD.book_snapshot_id, OLD.code_version, OLD.library_versions,
            OLD.started_at)) THEN
        RAISE EXCEPTION 'a run keeps its identity and, once sealed, its inputs' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.status IN ('PUBLISHED', 'SUPERSEDED', 'FAILED')
       AND to_jsonb(NEW) - 'status' IS DISTINCT FROM to_jsonb(OLD) - 'status' THEN
        RAISE EXCEPTION 'a run that has ended stays as it is' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('PENDING', 'RUNNING'), ('PENDING', 'WAITING'), ('WAITING', 'PENDING'),
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

-- Shards come with the seal of a running run, are claimed by counting up, and end with it.
CREATE FUNCTION public.hedgebook_shard_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.treasury_calculationrun WHERE id = NEW.run_id AND status = 'RUNNING') THEN
        RAISE EXCEPTION 'shards change only while their run is running' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'PENDING' OR NEW.epoch <> 0 THEN
            RAISE EXCEPTION 'a shard begins pending' USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF OLD.status = 'DONE' OR (OLD.status, NEW.status) = ('PENDING', 'DONE') OR NEW.epoch < OLD.epoch
          OR (NEW.run_id, NEW.step, NEW.step_number, NEW.shard_number, NEW.shard_count) IS DISTINCT FROM
             (OLD.run_id, OLD.step, OLD.step_number, OLD.shard_number, OLD.shard_count) THEN
        RAISE EXCEPTION 'a shard is claimed, then done, and then stays' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER runshard_state BEFORE INSERT OR UPDATE ON treasury_runshard
    FOR EACH ROW EXECUTE FUNCTION hedgebook_shard_state();

-- A transaction has one name. An auditor reads; whatever they name is refused.
CREATE OR REPLACE FUNCTION public.audit_begin(action text, actor bigint, subject_kind text, subject bigint, reason text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    event bigint;
BEGIN
    IF coalesce(current_setting('hedgebook.audit_event', true), '') <> '' THEN
        RAISE EXCEPTION 'this transaction has its name already' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM public.treasury_membership WHERE user_id = actor)
       AND NOT EXISTS (SELECT FROM public.treasury_membership WHERE user_id = actor AND role <> 'AUDITOR') THEN
        RAISE EXCEPTION 'an auditor reads everything and changes nothing' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO public.treasury_auditevent
        (action, actor_id, subject_kind, subject_id, reason, transaction_id, is_demo_history, recorded_at)
    VALUES (audit_begin.action, actor, coalesce(audit_begin.subject_kind, ''), subject, coalesce(audit_begin.reason, ''),
            pg_current_xact_id()::text::bigint, coalesce(current_setting('hedgebook.demo_time', true), '') <> '',
            public.hedgebook_now())
    RETURNING id INTO event;
    PERFORM set_config('hedgebook.audit_event', event::text, true);
    RETURN event;
END
$$;

-- Results are opened and published under a name, like every other write.
CREATE FUNCTION public.hedgebook_named() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.hedgebook_current_event();
    RETURN NEW;
END
$$;
CREATE TRIGGER calculationrun_sealed_or_published_by_name BEFORE UPDATE ON treasury_calculationrun
    FOR EACH ROW WHEN (NEW.status <> OLD.status AND NEW.status IN ('RUNNING', 'PUBLISHED'))
    EXECUTE FUNCTION hedgebook_named();

-- Versions and approvals need to see what others have committed up to now; a snapshot would hide it.
CREATE FUNCTION public.hedgebook_sees_commits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'versions and approvals are written in READ COMMITTED' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    RETURN NEW;
END
$$;

-- Bands belong to their policy version from the start: nothing can be added to what was approved.
CREATE FUNCTION public.hedgebook_policy_band() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF public.hedgebook_current_event() IS DISTINCT FROM
       (SELECT event_id FROM public.treasury_policyversion WHERE id = NEW.policy_version_id) THEN
        RAISE EXCEPTION 'bands are recorded together with their policy version' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER policyband_with_version BEFORE INSERT ON treasury_policyband
    FOR EACH ROW EXECUTE FUNCTION hedgebook_policy_band();

-- Who may do what is on the record too.
CREATE FUNCTION public.hedgebook_log_access() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.treasury_auditchange (event_id, table_name, row_id, old_values, new_values)
    VALUES (public.hedgebook_current_event(), TG_TABLE_NAME, CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,
            CASE TG_OP WHEN 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END,
            CASE TG_OP WHEN 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END);
    RETURN NULL;
END
$$;
CREATE TRIGGER membership_logged AFTER INSERT OR UPDATE OR DELETE ON treasury_membership
    FOR EACH ROW EXECUTE FUNCTION hedgebook_log_access();

-- The seal waits for everything that the book is made of, releases of allocations and bands included.
CREATE OR REPLACE FUNCTION public.hedgebook_seal() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    versioned text;
BEGIN
    FOR versioned IN
        SELECT DISTINCT t.tgrelid::regclass::text FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
        WHERE p.proname IN ('hedgebook_version', 'hedgebook_approval', 'hedgebook_policy_band', 'hedgebook_allocation')
           OR t.tgrelid IN ('public.treasury_marketquote'::regclass, 'public.treasury_rulepack'::regclass)
        ORDER BY 1
    LOOP
        EXECUTE format('LOCK TABLE %s IN SHARE MODE', versioned);
    END LOOP;
    RETURN public.hedgebook_now();
END
$$;

-- What is undefined in a result is null: no NaN and no infinity in any number of any family.
CREATE FUNCTION public.hedgebook_no_nan(family text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(string_agg(CASE a.atttypid
        WHEN 'numeric'::regtype THEN format('%I <> ''NaN''', a.attname)
        WHEN 'float8'::regtype THEN format('%1$I <> ''NaN'' AND abs(%1$I) <> ''Infinity''', a.attname)
        ELSE format('''NaN''::float8 <> ALL (coalesce(%I, ARRAY[]::float8[]))', a.attname) END, ' AND ' ORDER BY a.attnum), 'true')
    FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = ('public.' || quote_ident(family))::regclass AND a.attnum > 0 AND NOT a.attisdropped
      AND a.atttypid IN ('numeric'::regtype, 'float8'::regtype, 'float8[]'::regtype)
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
    FOR family IN SELECT public.hedgebook_result_families() LOOP
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

-- The database's own guards: one clock, one way to write, versions, approvals, append-only, results by run.
-- All names are qualified with their schema, so that nobody's search_path or temporary table gets between.

-- The role that this session signed in with owns the book (SECURITY DEFINER does not change session_user).
CREATE FUNCTION public.hedgebook_session_is_owner() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_roles r ON r.oid = c.relowner
        WHERE c.oid = 'public.treasury_auditevent'::regclass AND r.rolname = session_user)
$$;

-- The one clock. Another time than the clock's is for demo history only: from the owner, in a marked database.
CREATE FUNCTION public.hedgebook_now() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    told text := current_setting('hedgebook.demo_time', true);
BEGIN
    IF coalesce(told, '') = '' THEN
        RETURN clock_timestamp();
    END IF;
    IF NOT public.hedgebook_session_is_owner()
       OR NOT EXISTS (SELECT FROM public.treasury_databasemark WHERE kind = 'DEMO') THEN
        RAISE EXCEPTION 'the database time can be given only by the owner role, in a database marked as a demo'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN told::timestamptz;
END
$$;

-- Names the action of this transaction. SECURITY DEFINER: the application cannot insert audit events itself.
CREATE FUNCTION public.audit_begin(action text, actor bigint, subject_kind text, subject bigint, reason text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    event bigint;
BEGIN
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

-- The event that this transaction has named; refuses one that another transaction named.
CREATE FUNCTION public.hedgebook_current_event() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    named text := current_setting('hedgebook.audit_event', true);
BEGIN
    IF coalesce(named, '') = '' OR NOT EXISTS (
        SELECT FROM public.treasury_auditevent
        WHERE id = named::bigint AND transaction_id = pg_current_xact_id()::text::bigint) THEN
        RAISE EXCEPTION 'a write to the book needs a named action (audit_begin) in the same transaction'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN named::bigint;
END
$$;

CREATE FUNCTION public.hedgebook_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.event_id := public.hedgebook_current_event();
    NEW.recorded_at := public.hedgebook_now();
    RETURN NEW;
END
$$;

-- Versions: number, author and digest. The parent's row is locked from the second version on, so that a version
-- and an approval of the one before it have one order.
CREATE FUNCTION public.hedgebook_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parent_table text := TG_ARGV[0];
    parent_column text := TG_ARGV[1];
    parent_id bigint := (to_jsonb(NEW) ->> parent_column)::bigint;
    newest integer;
BEGIN
    NEW.event_id := public.hedgebook_current_event();
    EXECUTE format('SELECT max(version_number) FROM %I.%I WHERE %I = $1', TG_TABLE_SCHEMA, TG_TABLE_NAME, parent_column)
        INTO newest USING parent_id;
    IF newest IS NOT NULL THEN
        EXECUTE format('SELECT FROM %I.%I WHERE id = $1 FOR UPDATE', TG_TABLE_SCHEMA, parent_table) USING parent_id;
        EXECUTE format('SELECT max(version_number) FROM %I.%I WHERE %I = $1', TG_TABLE_SCHEMA, TG_TABLE_NAME, parent_column)
            INTO newest USING parent_id;
    END IF;
    IF NEW.version_number IS NOT NULL AND NEW.version_number <> coalesce(newest, 0) + 1 THEN
        RAISE EXCEPTION 'version % of this % is not the next one: it has changed meanwhile', NEW.version_number, parent_column
            USING ERRCODE = 'serialization_failure';
    END IF;
    NEW.version_number := coalesce(newest, 0) + 1;
    SELECT actor_id INTO NEW.author_id FROM public.treasury_auditevent WHERE id = NEW.event_id;
    NEW.recorded_at := public.hedgebook_now();
    NEW.content_digest := encode(sha256(convert_to(
        (to_jsonb(NEW) - ARRAY['id', 'event_id', 'recorded_at', 'content_digest', 'capacity_units'])::text, 'UTF8')), 'hex');
    RETURN NEW;
END
$$;

-- A second person: bound to the digest, to the newest version, and never one who wrote since the last approval.
CREATE FUNCTION public.hedgebook_approval() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    version_table text := TG_ARGV[0];
    parent_table text := TG_ARGV[1];
    parent_column text := TG_ARGV[2];
    parent_id bigint;
    number integer;
    digest text;
    newest integer;
    last_approved integer;
    touched boolean;
BEGIN
    NEW.event_id := public.hedgebook_current_event();
    SELECT actor_id INTO NEW.decided_by_id FROM public.treasury_auditevent WHERE id = NEW.event_id;
    IF NEW.decided_by_id IS NULL THEN
        RAISE EXCEPTION 'an approval needs a person' USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('SELECT %I, version_number, content_digest FROM %I.%I WHERE id = $1',
                   parent_column, TG_TABLE_SCHEMA, version_table)
        INTO parent_id, number, digest USING NEW.version_id;
    EXECUTE format('SELECT FROM %I.%I WHERE id = $1 FOR UPDATE', TG_TABLE_SCHEMA, parent_table) USING parent_id;
    IF digest IS DISTINCT FROM NEW.content_digest THEN
        RAISE EXCEPTION 'the approval names another content than the version has' USING ERRCODE = 'check_violation';
    END IF;
    EXECUTE format('SELECT max(v.version_number), max(v.version_number) FILTER (WHERE a.decision = ''APPROVED'')
                    FROM %1$I.%2$I v LEFT JOIN %1$I.%3$I a ON a.version_id = v.id WHERE v.%4$I = $1',
                   TG_TABLE_SCHEMA, version_table, TG_TABLE_NAME, parent_column)
        INTO newest, last_approved USING parent_id;
    IF number <> newest THEN
        RAISE EXCEPTION 'version % is not the newest any more', number USING ERRCODE = 'serialization_failure';
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I WHERE %I = $1 AND author_id = $2 AND version_number > $3)',
                   TG_TABLE_SCHEMA, version_table, parent_column)
        INTO touched USING parent_id, NEW.decided_by_id, coalesce(last_approved, 0);
    IF touched THEN
        RAISE EXCEPTION 'nobody decides on a version that they had a hand in' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.recorded_at := public.hedgebook_now();
    RETURN NEW;
END
$$;

CREATE FUNCTION public.hedgebook_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what is recorded stays; correct it with a new record', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION public.hedgebook_log_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.treasury_auditchange (event_id, table_name, row_id, old_values, new_values)
    VALUES (public.hedgebook_current_event(), TG_TABLE_NAME, NEW.id, to_jsonb(OLD), to_jsonb(NEW));
    RETURN NULL;
END
$$;

-- Decimals of the smallest unit; the same table as treasury.kernel.money, held together by a test.
CREATE FUNCTION public.hedgebook_minor_units(unit text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN unit IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV',
                      'XAF', 'XOF', 'XPF') THEN 0
        WHEN unit IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND', 'BBL', 'GAL', 'MT', 'IDX',
                      'TOZ', 'MWH', 'MMBTU', 'LB', 'KG', 'BU', 'LOT') THEN 3
        WHEN unit IN ('CLF', 'UYW') THEN 4
        ELSE 2
    END
$$;

CREATE FUNCTION public.hedgebook_amount_fits(amount numeric, unit text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT amount IS NULL OR (
        amount <> 'NaN'::numeric
        AND amount = round(amount, public.hedgebook_minor_units(unit))
        AND abs(amount) * 10::numeric ^ public.hedgebook_minor_units(unit) < 9007199254740992)
$$;

CREATE FUNCTION public.hedgebook_amount_units(amount numeric, unit text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (abs(amount) * 10::numeric ^ public.hedgebook_minor_units(unit))::bigint
$$;

-- Sealing: no version that is stamped before this moment can still be uncommitted after it. SECURITY DEFINER, since
-- the application may not lock. The locks last until the sealing transaction ends, which takes milliseconds.
CREATE FUNCTION public.hedgebook_seal() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    versioned text;
BEGIN
    FOR versioned IN
        SELECT DISTINCT t.tgrelid::regclass::text FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
        WHERE p.proname IN ('hedgebook_version', 'hedgebook_approval')
           OR t.tgrelid IN ('public.treasury_marketquote'::regclass, 'public.treasury_rulepack'::regclass)
        ORDER BY 1
    LOOP
        EXECUTE format('LOCK TABLE %s IN SHARE MODE', versioned);
    END LOOP;
    RETURN public.hedgebook_now();
END
$$;

-- A second person: bound to the digest, to the newest version, and never one who wrote since the last approval.
-- Whether a version was approved is looked up by its key, in a subquery that cannot become a join: in the middle of a
-- decision on thousands of versions the planner knows nothing yet of their approvals, and would read all for each.
CREATE OR REPLACE FUNCTION public.hedgebook_approval() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
    EXECUTE format('SELECT max(version_number) FROM %I.%I WHERE %I = $1', TG_TABLE_SCHEMA, version_table, parent_column)
        INTO newest USING parent_id;
    EXECUTE format('SELECT max(v.version_number) FROM %1$I.%2$I v WHERE v.%4$I = $1
                    AND (SELECT a.decision FROM %1$I.%3$I a WHERE a.version_id = v.id) = ''APPROVED''',
                   TG_TABLE_SCHEMA, version_table, TG_TABLE_NAME, parent_column)
        INTO last_approved USING parent_id;
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

-- Versions by the ten thousand take time in proportion, whatever the planner believes: after a load that was rolled back, or
-- before the first ANALYZE, it takes a table of thousands for an empty one, and would read it through for every row.
-- What is asked for each row is asked by a key, never by a sequential scan.

-- A first version needs no look at the others: that there is only one of its number is held by the key of each table
-- over thing and number. Everything that goes into the row is read once.
CREATE OR REPLACE FUNCTION public.hedgebook_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    parent_table text := TG_ARGV[0];
    parent_column text := TG_ARGV[1];
    content jsonb := to_jsonb(NEW);
    parent_id bigint := (content ->> parent_column)::bigint;
    newest integer;
    later text;
BEGIN
    NEW.event_id := public.hedgebook_current_event();
    IF NEW.version_number IS NULL THEN
        EXECUTE format('SELECT max(version_number) FROM %I.%I WHERE %I = $1', TG_TABLE_SCHEMA, TG_TABLE_NAME, parent_column)
            INTO newest USING parent_id;
    END IF;
    IF coalesce(NEW.version_number, newest + 1, 1) > 1 THEN
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
    content := content - ARRAY['id', 'event_id', 'recorded_at', 'content_digest', 'capacity_units']
        || jsonb_build_object('version_number', NEW.version_number, 'author_id', NEW.author_id);
    FOREACH later IN ARRAY coalesce(TG_ARGV[2:], ARRAY[]::text[]) LOOP
        IF coalesce(content ->> later, 'false') = 'false' THEN
            content := content - later;
        END IF;
    END LOOP;
    NEW.content_digest := encode(sha256(convert_to(content::text, 'UTF8')), 'hex');
    RETURN NEW;
END
$$;

ALTER FUNCTION public.hedgebook_approval() SET enable_seqscan = off;

-- The trade that follows counts after the event that made it: looked up by its key, in a subquery that cannot become a
-- join, and nothing besides where no event made the trade, as with every trade that was dealt.
CREATE OR REPLACE FUNCTION public.hedgebook_successor_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    made_by record;
BEGIN
    SELECT e.instrument_id, e.version_id INTO made_by FROM public.hedges_instrumentevent e
        WHERE e.successor_id = (SELECT v.instrument_id FROM public.hedges_instrumentversion v
                                WHERE v.id = NEW.version_id AND v.status = 'LIVE')
        ORDER BY e.id LIMIT 1;
    IF made_by.version_id IS NOT NULL
       AND (SELECT a.decision FROM public.hedges_instrumentversionapproval a WHERE a.version_id = made_by.version_id)
           IS DISTINCT FROM 'APPROVED' THEN
        RAISE EXCEPTION 'this trade follows from %: approve what happens to that one first',
            (SELECT i.external_reference FROM public.hedges_instrument i WHERE i.id = made_by.instrument_id)
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

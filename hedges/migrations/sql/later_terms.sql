-- A term that came later is part of a version's content only where it says something: a version without it, or with a
-- plain no, has the digest that it would have had before there was such a column. So every digest that a person has
-- approved can be worked out again from its row, by one formula for old and new. The names of such columns are the
-- trigger's further arguments.
CREATE OR REPLACE FUNCTION public.hedgebook_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parent_table text := TG_ARGV[0];
    parent_column text := TG_ARGV[1];
    later_columns text[] := TG_ARGV[2:];
    parent_id bigint := (to_jsonb(NEW) ->> parent_column)::bigint;
    newest integer;
    content jsonb;
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
    content := to_jsonb(NEW) - ARRAY['id', 'event_id', 'recorded_at', 'content_digest', 'capacity_units'];
    content := content - ARRAY(SELECT later.name FROM unnest(later_columns) AS later (name)
                               WHERE coalesce(content ->> later.name, 'false') = 'false');
    NEW.content_digest := encode(sha256(convert_to(content::text, 'UTF8')), 'hex');
    RETURN NEW;
END
$$;

DROP TRIGGER instrumentversion_versioned ON public.hedges_instrumentversion;
CREATE TRIGGER instrumentversion_versioned BEFORE INSERT ON public.hedges_instrumentversion
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_version('hedges_instrument', 'instrument_id', 'resets_notional');

-- Cross-currency swaps that are in the book have fixed notionals: what they always said, now in a column. The owner
-- takes the guard away for this one statement, under a name in the audit trail.
DO $$
BEGIN
    IF EXISTS (SELECT FROM public.hedges_instrumentversion WHERE kind = 'CROSS_CURRENCY_SWAP') THEN
        PERFORM public.audit_begin('hedges.instrument.term_added', NULL, '', NULL,
                                   'cross-currency swaps recorded before have fixed notionals: resets_notional is false');
        ALTER TABLE public.hedges_instrumentversion DISABLE TRIGGER instrumentversion_append_only;
        UPDATE public.hedges_instrumentversion SET resets_notional = false WHERE kind = 'CROSS_CURRENCY_SWAP';
        ALTER TABLE public.hedges_instrumentversion ENABLE TRIGGER instrumentversion_append_only;
    END IF;
END
$$;

-- Hedge accounting's own rows: content digests by the database, later terms of a relationship, allocations of changes.

-- A database that its owner has marked TEST takes a told time from anyone; DEMO, as before, from the owner only. A demo's
-- clock stands as far behind the real one as its owner has written down.
CREATE OR REPLACE FUNCTION public.hedgebook_now() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    told text := current_setting('hedgebook.demo_time', true);
BEGIN
    IF coalesce(told, '') = '' THEN
        RETURN clock_timestamp() - coalesce(
            (SELECT c.clock_offset FROM public.treasury_democlock c
             WHERE EXISTS (SELECT FROM public.treasury_databasemark WHERE kind = 'DEMO') ORDER BY c.id DESC LIMIT 1),
            interval '0');
    END IF;
    IF NOT EXISTS (SELECT FROM public.treasury_databasemark WHERE kind = 'TEST')
       AND (NOT public.hedgebook_session_is_owner()
            OR NOT EXISTS (SELECT FROM public.treasury_databasemark WHERE kind = 'DEMO')) THEN
        RAISE EXCEPTION 'the database time can be given only by the owner role, in a database marked as a demo'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN told::timestamptz;
END
$$;

-- Rows that are documents: their digest is over everything that they say.
CREATE FUNCTION public.hedgebook_document() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.event_id := public.hedgebook_current_event();
    NEW.recorded_at := public.hedgebook_now();
    NEW.content_digest := encode(sha256(convert_to(
        (to_jsonb(NEW) - ARRAY['id', 'event_id', 'recorded_at', 'content_digest'])::text, 'UTF8')), 'hex');
    RETURN NEW;
END
$$;
CREATE TRIGGER inceptionfile_document BEFORE INSERT ON public.hedges_inceptionfile
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_document();
CREATE TRIGGER assessmentrecord_document BEFORE INSERT ON public.hedges_assessmentrecord
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_document();

-- The terms that came with hedge accounting are part of a version's content only where they say something.
DROP TRIGGER hedgerelationshipversion_versioned ON public.hedges_hedgerelationshipversion;
CREATE TRIGGER hedgerelationshipversion_versioned BEFORE INSERT ON public.hedges_hedgerelationshipversion
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_version(
        'hedges_hedgerelationship', 'relationship_id', 'inception_file_id', 'change_kind', 'change_cause',
        'accounting_from', 'late_reason', 'volumes', 'effect');

-- Where hedge accounting begins: on the designation date, or on the day of the documentation where that is later, by
-- the database's clock in the entity's time zone. The trigger's name sorts before the one that takes the digest.
CREATE FUNCTION public.hedgebook_documented() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := (public.hedgebook_now() AT TIME ZONE
                   (SELECT time_zone FROM public.treasury_entity WHERE id = NEW.entity_id))::date;
    first_from date := (SELECT accounting_from FROM public.hedges_hedgerelationshipversion
                        WHERE relationship_id = NEW.relationship_id ORDER BY version_number LIMIT 1);
BEGIN
    NEW.accounting_from := coalesce(first_from, greatest(NEW.designation_date, today));
    RETURN NEW;
END
$$;
CREATE TRIGGER hedgerelationshipversion_documented BEFORE INSERT ON public.hedges_hedgerelationshipversion
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_documented();

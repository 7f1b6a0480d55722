-- A decision on ten thousand versions, and their undoing, took a second for each thousand: the common trigger asks in SQL
-- that it puts together anew for each row, so that each row pays for five plans. The tables of exposures are known here, so
-- the same questions stand in the functions and are planned once a session; the rules and their words are the same. What is
-- asked for each row is asked by a key, whatever the planner believed of the tables when it planned that.

CREATE FUNCTION public.hedgebook_exposure_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    content jsonb;
    newest integer;
BEGIN
    NEW.event_id := public.hedgebook_current_event();
    IF NEW.version_number IS NULL THEN
        newest := (SELECT max(v.version_number) FROM public.exposures_exposureversion v WHERE v.exposure_id = NEW.exposure_id);
    END IF;
    IF coalesce(NEW.version_number, newest + 1, 1) > 1 THEN
        PERFORM FROM public.exposures_exposure e WHERE e.id = NEW.exposure_id FOR UPDATE;
        newest := (SELECT max(v.version_number) FROM public.exposures_exposureversion v WHERE v.exposure_id = NEW.exposure_id);
    END IF;
    IF NEW.version_number IS NOT NULL AND NEW.version_number <> coalesce(newest, 0) + 1 THEN
        RAISE EXCEPTION 'version % of this % is not the next one: it has changed meanwhile', NEW.version_number, 'exposure_id'
            USING ERRCODE = 'serialization_failure';
    END IF;
    NEW.version_number := coalesce(newest, 0) + 1;
    NEW.author_id := (SELECT actor_id FROM public.treasury_auditevent WHERE id = NEW.event_id);
    NEW.recorded_at := public.hedgebook_now();
    content := to_jsonb(NEW) - ARRAY['id', 'event_id', 'recorded_at', 'content_digest', 'capacity_units'];
    IF NEW.split_of_id IS NULL THEN
        content := content - 'split_of_id';
    END IF;
    NEW.content_digest := encode(sha256(convert_to(content::text, 'UTF8')), 'hex');
    RETURN NEW;
END
$$;
DROP TRIGGER exposureversion_versioned ON public.exposures_exposureversion;
CREATE TRIGGER exposureversion_versioned BEFORE INSERT ON public.exposures_exposureversion
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_exposure_version();

CREATE FUNCTION public.hedgebook_exposure_approval() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    decided record;
    newest integer;
    last_approved integer;
    last_own integer;
BEGIN
    NEW.event_id := public.hedgebook_current_event();
    NEW.decided_by_id := (SELECT actor_id FROM public.treasury_auditevent WHERE id = NEW.event_id);
    IF NEW.decided_by_id IS NULL THEN
        RAISE EXCEPTION 'an approval needs a person' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT v.exposure_id, v.version_number, v.content_digest INTO decided
        FROM public.exposures_exposureversion v WHERE v.id = NEW.version_id;
    PERFORM FROM public.exposures_exposure e WHERE e.id = decided.exposure_id FOR UPDATE;
    IF decided.content_digest IS DISTINCT FROM NEW.content_digest THEN
        RAISE EXCEPTION 'the approval names another content than the version has' USING ERRCODE = 'check_violation';
    END IF;
    -- a statement of its own after the lock, so that it sees what others have committed up to then
    SELECT max(v.version_number),
           max(v.version_number) FILTER (WHERE (SELECT a.decision FROM public.exposures_exposureversionapproval a
                                                WHERE a.version_id = v.id) = 'APPROVED'),
           max(v.version_number) FILTER (WHERE v.author_id = NEW.decided_by_id)
        INTO newest, last_approved, last_own
        FROM public.exposures_exposureversion v WHERE v.exposure_id = decided.exposure_id;
    IF decided.version_number <> newest THEN
        RAISE EXCEPTION 'version % is not the newest any more', decided.version_number USING ERRCODE = 'serialization_failure';
    END IF;
    IF last_own > coalesce(last_approved, 0) THEN
        RAISE EXCEPTION 'nobody decides on a version that they had a hand in' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.recorded_at := public.hedgebook_now();
    RETURN NEW;
END
$$;
DROP TRIGGER exposureversionapproval_approved ON public.exposures_exposureversionapproval;
CREATE TRIGGER exposureversionapproval_approved BEFORE INSERT ON public.exposures_exposureversionapproval
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_exposure_approval();

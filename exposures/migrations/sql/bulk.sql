-- A job of bulk rows goes from waiting to running to one end. A worker that takes it over counts the attempt up, so that the
-- one before it records nothing; what it was asked to do stays as it was.
CREATE FUNCTION public.hedgebook_bulk_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'WAITING' OR NEW.attempt <> 0 THEN
            RAISE EXCEPTION 'a bulk job begins waiting' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT (OLD.status = 'WAITING' AND NEW.status IN ('RUNNING', 'CANCELLED')
            OR OLD.status = 'RUNNING' AND NEW.status IN ('RUNNING', 'DONE', 'REFUSED', 'FAILED', 'CANCELLED')) THEN
        RAISE EXCEPTION 'a bulk job cannot go from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.resource, NEW.mode, NEW.media_type, NEW.settings, NEW.entity_ids) IS DISTINCT FROM
       (OLD.resource, OLD.mode, OLD.media_type, OLD.settings, OLD.entity_ids) OR NEW.attempt < OLD.attempt THEN
        RAISE EXCEPTION 'what a bulk job was asked to do stays as it is' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER bulkjob_state BEFORE INSERT OR UPDATE ON public.exposures_bulkjob
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_bulk_state();

-- Imports: a file is kept as it came, an import goes one way, and what was checked is what is committed.

-- The digest is that of the bytes, whoever wrote the row.
ALTER TABLE exposures_importfile ADD CONSTRAINT import_file_digest
    CHECK (digest = encode(sha256(content), 'hex'));

-- STAGED to COMMITTED to UNDONE, or to DISCARDED. The commit and the undo name the event that they are part of.
CREATE FUNCTION public.hedgebook_import_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'STAGED' OR num_nonnulls(NEW.commit_event_id, NEW.undo_event_id) > 0 OR NEW.is_checked THEN
            RAISE EXCEPTION 'an import begins staged' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.status, OLD.status) NOT IN (('STAGED', 'STAGED'), ('COMMITTED', 'STAGED'), ('DISCARDED', 'STAGED'), ('UNDONE', 'COMMITTED')) THEN
        RAISE EXCEPTION 'an import cannot go from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.source_system <> OLD.source_system OR NEW.attempt < OLD.attempt
       OR (NEW.status <> 'STAGED' AND
           (NEW.fingerprint, NEW.settings, NEW.attempt, NEW.is_checked, NEW.row_count, NEW.problem_count, NEW.entity_ids)
           IS DISTINCT FROM
           (OLD.fingerprint, OLD.settings, OLD.attempt, OLD.is_checked, OLD.row_count, OLD.problem_count, OLD.entity_ids))
    THEN
        RAISE EXCEPTION 'what was checked stays as it is' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.commit_event_id IS DISTINCT FROM
           (CASE NEW.status WHEN 'COMMITTED' THEN public.hedgebook_current_event() WHEN 'UNDONE' THEN OLD.commit_event_id END)
       OR NEW.undo_event_id IS DISTINCT FROM
           (CASE NEW.status WHEN 'UNDONE' THEN public.hedgebook_current_event() END) THEN
        RAISE EXCEPTION 'an import is committed and undone by the event that does it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER import_state BEFORE INSERT OR UPDATE ON exposures_import
    FOR EACH ROW EXECUTE FUNCTION hedgebook_import_state();

-- Files and staged rows come to an import that is staged, rows to its newest attempt only, before it counts as checked.
CREATE FUNCTION public.hedgebook_import_staged() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.hedgebook_current_event();
    -- by its key, row for row: a join could be planned for a handful of rows and then meet ten thousand
    IF EXISTS (SELECT FROM added a WHERE
               (SELECT i.status = 'STAGED' AND NOT i.is_checked AND i.attempt = a.attempt
                FROM public.exposures_import i WHERE i.id = a.exposure_import_id) IS NOT TRUE) THEN
        RAISE EXCEPTION 'rows are staged by the check of an import that is staged' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER importrow_staged AFTER INSERT ON exposures_importrow
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION hedgebook_import_staged();
CREATE TRIGGER importchange_staged AFTER INSERT ON exposures_importchange
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION hedgebook_import_staged();
CREATE TRIGGER importproblem_staged AFTER INSERT ON exposures_importproblem
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION hedgebook_import_staged();

CREATE FUNCTION public.hedgebook_import_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT status FROM public.exposures_import WHERE id = NEW.exposure_import_id) IS DISTINCT FROM 'STAGED' THEN
        RAISE EXCEPTION 'a file comes to an import that is staged' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER importfile_of_a_staged_one BEFORE INSERT ON exposures_importfile
    FOR EACH ROW EXECUTE FUNCTION hedgebook_import_file();

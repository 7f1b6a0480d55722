-- ASC 815's qualitative assessment (815-20-35-2A): elected at inception under that framework alone, stated where elected.

CREATE FUNCTION public.hedgebook_qualitative_election() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.framework <> 'ASC815' AND EXISTS (SELECT FROM public.hedges_inceptionfile
                                             WHERE id = NEW.inception_file_id AND qualitative_after_inception) THEN
        RAISE EXCEPTION 'qualitative_after_inception is an election of ASC 815 (815-20-35-2A), not of %', NEW.framework
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER hedgerelationshipversion_x_qualitative BEFORE INSERT ON public.hedges_hedgerelationshipversion
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_qualitative_election();

CREATE FUNCTION public.hedgebook_qualitative_statement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.subject = 'QUALITATIVE' AND NOT EXISTS (
        SELECT FROM public.hedges_hedgerelationshipversion v
            JOIN public.hedges_inceptionfile i ON i.id = v.inception_file_id AND i.qualitative_after_inception
            WHERE v.relationship_id = NEW.relationship_id) THEN
        RAISE EXCEPTION 'the inception file elects no qualitative assessment (815-20-35-2A); the hedge goes by its tests in numbers'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER assessmentdecision_qualitative BEFORE INSERT ON public.hedges_assessmentdecision
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_qualitative_statement();

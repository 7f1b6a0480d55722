-- Proposals: author and digest by the database, only for who prepares trades of the entity, out of a published run;
-- a line's trade is of its entity and of its risk.

ALTER TABLE public.hedges_hedgeproposal
    ADD CONSTRAINT proposal_assumptions CHECK (jsonb_typeof(assumptions) = 'object' AND length(assumptions::text) <= 200000);
ALTER TABLE public.hedges_hedgeproposalline
    ADD CONSTRAINT proposal_line_ticket CHECK (jsonb_typeof(ticket) = 'object' AND length(ticket::text) <= 8000);

CREATE FUNCTION public.hedgebook_proposed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT actor_id INTO NEW.author_id FROM public.treasury_auditevent WHERE id = public.hedgebook_current_event();
    IF NOT coalesce(public.hedgebook_has_role(NEW.author_id, NEW.entity_id, 'HEDGE_ACCOUNTANT', 'TREASURER'), false) THEN
        RAISE EXCEPTION 'only a hedge accountant or treasurer of the entity proposes its trades'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM public.treasury_calculationrun WHERE id = NEW.run_id AND status = 'PUBLISHED') THEN
        RAISE EXCEPTION 'a proposal is made from a published run' USING ERRCODE = 'check_violation';
    END IF;
    NEW.content_digest := encode(sha256(convert_to(
        (to_jsonb(NEW) - ARRAY['id', 'event_id', 'recorded_at', 'content_digest'])::text, 'UTF8')), 'hex');
    RETURN NEW;
END
$$;
CREATE TRIGGER hedgeproposal_a_proposed BEFORE INSERT ON public.hedges_hedgeproposal
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_proposed();

-- Lines come with their proposal, in one action; nothing is added later.
CREATE FUNCTION public.hedgebook_proposal_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.hedges_hedgeproposal
                   WHERE id = NEW.proposal_id AND event_id = public.hedgebook_current_event()) THEN
        RAISE EXCEPTION 'the lines of a proposal are recorded with it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER hedgeproposalline_a_with_its_proposal BEFORE INSERT ON public.hedges_hedgeproposalline
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_proposal_line();

CREATE FUNCTION public.hedgebook_proposal_outcome() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    person bigint;
    wanted bigint;
BEGIN
    SELECT actor_id INTO person FROM public.treasury_auditevent WHERE id = public.hedgebook_current_event();
    IF NOT coalesce(public.hedgebook_has_role(person, NEW.entity_id, 'HEDGE_ACCOUNTANT', 'TREASURER'), false) THEN
        RAISE EXCEPTION 'only a hedge accountant or treasurer of the entity deals or dismisses what is proposed'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT risk_id INTO wanted FROM public.hedges_hedgeproposalline WHERE id = NEW.line_id;
    IF NEW.instrument_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.hedges_instrumentversion WHERE instrument_id = NEW.instrument_id AND entity_id = NEW.entity_id AND risk_id = wanted) THEN
        RAISE EXCEPTION 'the trade has another entity or risk than what was proposed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER hedgeproposaloutcome_a_decided BEFORE INSERT ON public.hedges_hedgeproposaloutcome
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_proposal_outcome();

-- Trade documents: the digest is that of the bytes; only who prepares trades of the entity keeps one or says what became
-- of it; the trade is one of the entity.

ALTER TABLE public.hedges_tradedocument
    ADD CONSTRAINT trade_document_digest CHECK (digest = encode(sha256(content), 'hex')),
    ADD CONSTRAINT trade_document_size CHECK (octet_length(content) BETWEEN 1 AND 262144),
    ADD CONSTRAINT trade_document_terms CHECK (jsonb_typeof(terms) = 'object' AND length(terms::text) <= 200000);
ALTER TABLE public.hedges_tradedocumentoutcome
    ADD CONSTRAINT trade_document_differences
        CHECK (jsonb_typeof(differences) = 'array' AND length(differences::text) <= 400000);

CREATE FUNCTION public.hedgebook_trade_document() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    person bigint;
BEGIN
    SELECT actor_id INTO person FROM public.treasury_auditevent WHERE id = public.hedgebook_current_event();
    IF NOT coalesce(public.hedgebook_has_role(person, NEW.entity_id, 'HEDGE_ACCOUNTANT', 'TREASURER'), false) THEN
        RAISE EXCEPTION 'only a hedge accountant or treasurer of the entity works on its trade documents'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER tradedocument_a_by_who_deals BEFORE INSERT ON public.hedges_tradedocument
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_trade_document();
CREATE TRIGGER tradedocumentoutcome_a_by_who_deals BEFORE INSERT ON public.hedges_tradedocumentoutcome
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_trade_document();

CREATE FUNCTION public.hedgebook_trade_document_outcome() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.hedges_instrument WHERE id = NEW.instrument_id AND entity_id = NEW.entity_id) THEN
        RAISE EXCEPTION 'the trade is one of another entity' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER tradedocumentoutcome_b_of_the_entity BEFORE INSERT ON public.hedges_tradedocumentoutcome
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_trade_document_outcome();

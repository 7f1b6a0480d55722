-- Quotes by hand: one person proposes, another one agrees, and with a yes the quote is made in the same action. And the
-- credit of an entity, under its code, is quoted by those who prepare that entity's hedges, whatever the way in.

-- Whether a person with one of the roles quotes the credit of whom a code names: of an entity by those of the entity,
-- of a counterparty by those of any.
CREATE FUNCTION public.hedgebook_quotes_credit_of(person bigint, party text, VARIADIC wanted text[])
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.treasury_membership m LEFT JOIN public.treasury_entity e ON e.code = party
        WHERE m.user_id = person AND m.role = ANY (wanted)
          AND CASE WHEN e.id IS NULL THEN EXISTS (SELECT FROM public.treasury_counterparty c WHERE c.code = party)
                   ELSE m.entity_id IS NULL OR m.entity_id = e.id END)
$$;

-- Whether a person has one of the roles for a quote: for a credit spread as above, for any other at any entity.
CREATE FUNCTION public.hedgebook_has_quote_role(person bigint, kind text, symbol text, VARIADIC wanted text[])
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN kind = 'CREDIT_SPREAD' THEN public.hedgebook_quotes_credit_of(person, symbol, VARIADIC wanted)
                ELSE EXISTS (SELECT FROM public.treasury_membership m WHERE m.user_id = person AND m.role = ANY (wanted)) END
$$;

-- What counts now of a series and date, by the source that quoted it first: the last correction of its first quote.
CREATE FUNCTION public.hedgebook_quote_that_stands(what public.treasury_manualquote) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE chain AS (
        SELECT q.id, 0 AS depth FROM public.treasury_marketquote q
        WHERE (q.quote_date, q.kind, q.symbol, q.tenor, q.source)
              = (what.quote_date, what.kind, what.symbol, what.tenor, what.source)
          AND q.moneyness IS NOT DISTINCT FROM what.moneyness AND q.corrects_id IS NULL
        UNION ALL
        SELECT n.id, c.depth + 1 FROM chain c JOIN public.treasury_marketquote n ON n.corrects_id = c.id)
    SELECT id FROM chain ORDER BY depth DESC LIMIT 1
$$;

CREATE FUNCTION public.hedgebook_manual_quote_proposed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    what public.treasury_manualquote;
BEGIN
    SELECT * INTO what FROM public.treasury_manualquote WHERE id = NEW.manual_quote_id FOR UPDATE;
    IF NOT public.hedgebook_has_quote_role(NEW.author_id, what.kind, what.symbol, 'HEDGE_ACCOUNTANT', 'TREASURER') THEN
        RAISE EXCEPTION 'a quote is proposed by a hedge accountant or treasurer, that of an entity''s own credit by one of the entity'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.valid_from <> what.quote_date OR (NEW.replaces_id IS NULL AND NEW.source <> what.source) THEN
        RAISE EXCEPTION 'a quote counts from its own date, and a first one is of its own source' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM public.treasury_manualquoteversion v WHERE v.manual_quote_id = NEW.manual_quote_id AND NOT EXISTS (
                   SELECT FROM public.treasury_manualquoteversionapproval a WHERE a.version_id = v.id)) THEN
        RAISE EXCEPTION 'a value of this quote waits already: another person agrees to it or rejects it first'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.replaces_id IS DISTINCT FROM public.hedgebook_quote_that_stands(what) THEN
        IF NEW.replaces_id IS NULL THEN
            RAISE EXCEPTION 'there is a quote of this market, date and source already: correct that one' USING ERRCODE = 'check_violation';
        END IF;
        RAISE EXCEPTION 'this quote has changed meanwhile: look at the one that stands, then correct that' USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN NEW;
END
$$;
-- The names of both triggers sort after those that give author and decider.
CREATE TRIGGER manualquoteversion_zz_entitled BEFORE INSERT ON public.treasury_manualquoteversion
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_manual_quote_proposed();

CREATE FUNCTION public.hedgebook_manual_quote_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    what record;
BEGIN
    SELECT m.kind, m.symbol INTO what FROM public.treasury_manualquoteversion v
        JOIN public.treasury_manualquote m ON m.id = v.manual_quote_id WHERE v.id = NEW.version_id;
    IF NOT public.hedgebook_has_quote_role(NEW.decided_by_id, what.kind, what.symbol, 'APPROVER', 'HEDGE_ACCOUNTANT') THEN
        RAISE EXCEPTION 'an approver or a hedge accountant decides on a quote, of an entity''s own credit one of the entity'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER manualquoteversionapproval_zz_entitled BEFORE INSERT ON public.treasury_manualquoteversionapproval
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_manual_quote_decided();

-- At the end of the transaction a yes has its quote, with the value that was agreed to.
CREATE FUNCTION public.hedgebook_manual_quote_made() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.treasury_manualquoteversion v JOIN public.treasury_manualquote m ON m.id = v.manual_quote_id
        JOIN public.treasury_marketquote q ON q.event_id = NEW.event_id
         AND (q.quote_date, q.kind, q.symbol, q.tenor, q.source, q.value)
             = (m.quote_date, m.kind, m.symbol, m.tenor, v.source, v.value)
         AND q.moneyness IS NOT DISTINCT FROM m.moneyness AND q.corrects_id IS NOT DISTINCT FROM v.replaces_id
        WHERE v.id = NEW.version_id) THEN
        RAISE EXCEPTION 'a quote that is agreed to is made in the same action' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER manualquoteversionapproval_made AFTER INSERT ON public.treasury_manualquoteversionapproval
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.decision = 'APPROVED')
    EXECUTE FUNCTION public.hedgebook_manual_quote_made();

-- Whose credit a person quotes: a counterparty's, or that of an entity at which they have the role; any other code is as
-- unknown as one that nobody has. Who agrees to a quote by hand is asked above as well; the system's own writes name no person.
CREATE FUNCTION public.hedgebook_own_credit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    person bigint := (SELECT actor_id FROM public.treasury_auditevent WHERE id = public.hedgebook_current_event());
BEGIN
    IF person IS NOT NULL AND NOT public.hedgebook_quotes_credit_of(person, NEW.symbol, 'HEDGE_ACCOUNTANT', 'TREASURER', 'APPROVER') THEN
        RAISE EXCEPTION '% is no party whose credit you quote: give the code of a counterparty, or of an entity whose hedges you prepare', NEW.symbol
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
-- The name sorts after the one that gives the event; only spreads are looked at.
CREATE TRIGGER marketquote_z_own_credit BEFORE INSERT ON public.treasury_marketquote
    FOR EACH ROW WHEN (NEW.kind = 'CREDIT_SPREAD') EXECUTE FUNCTION public.hedgebook_own_credit();

-- An entry is taken back by two persons: one proposes it, with a day and a reason; another one decides, and with a yes the
-- reversal is posted in the same action.

CREATE FUNCTION public.hedgebook_reversal_proposed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    taken record;
BEGIN
    SELECT entity_id, number, reversal_of_id INTO taken FROM public.hedges_journalentry WHERE id = NEW.entry_id FOR UPDATE;
    IF NOT public.hedgebook_has_role(NEW.author_id, taken.entity_id, 'HEDGE_ACCOUNTANT', 'TREASURER') THEN
        RAISE EXCEPTION 'only a hedge accountant or treasurer of the entity takes an entry back'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF taken.reversal_of_id IS NOT NULL THEN
        RAISE EXCEPTION 'a reversal is not taken back: the next close posts what is missing' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM public.hedges_journalentry WHERE reversal_of_id = NEW.entry_id) THEN
        RAISE EXCEPTION 'this entry is taken back already' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM public.hedges_journalreversalversion v WHERE v.entry_id = NEW.entry_id AND NOT EXISTS (
                   SELECT FROM public.hedges_journalreversalversionapproval a WHERE a.version_id = v.id)) THEN
        RAISE EXCEPTION 'a reversal of entry % waits already: another person agrees to it or rejects it', taken.number
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
-- The names of both triggers sort after those that give author and decider.
CREATE TRIGGER journalreversalversion_zz_entitled BEFORE INSERT ON public.hedges_journalreversalversion
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_reversal_proposed();

CREATE FUNCTION public.hedgebook_reversal_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.hedgebook_has_role(NEW.decided_by_id,
                                     (SELECT e.entity_id FROM public.hedges_journalreversalversion v
                                      JOIN public.hedges_journalentry e ON e.id = v.entry_id WHERE v.id = NEW.version_id),
                                     'APPROVER', 'HEDGE_ACCOUNTANT') THEN
        RAISE EXCEPTION 'only an approver or a hedge accountant of the entity decides on a reversal'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER journalreversalversionapproval_zz_entitled BEFORE INSERT ON public.hedges_journalreversalversionapproval
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_reversal_decided();

-- At the end of the transaction a yes has its entry.
CREATE FUNCTION public.hedgebook_reversal_posted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.hedges_journalentry e JOIN public.hedges_journalreversalversion v ON v.entry_id = e.reversal_of_id
                   WHERE v.id = NEW.version_id AND e.event_id = NEW.event_id) THEN
        RAISE EXCEPTION 'a reversal that is agreed to is posted in the same action' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER journalreversalversionapproval_posted AFTER INSERT ON public.hedges_journalreversalversionapproval
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.decision = 'APPROVED')
    EXECUTE FUNCTION public.hedgebook_reversal_posted();

-- An entry: the next number of its entity, in an open period, by the run of that period or as a reversal
-- that a second person decides on in the same action.
CREATE OR REPLACE FUNCTION public.hedgebook_journal_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own record;
    month record;
    designated_under text;
BEGIN
    -- A close that is under way ends first, or waits until this entry is in. The period first, then the entity, always.
    SELECT entity_id, period_start, status INTO month FROM public.hedges_accountingperiod WHERE id = NEW.period_id FOR UPDATE;
    SELECT code, functional_currency_id INTO own FROM public.treasury_entity WHERE id = NEW.entity_id FOR NO KEY UPDATE;
    IF month.entity_id IS DISTINCT FROM NEW.entity_id OR month.status <> 'OPEN' THEN
        RAISE EXCEPTION 'entries go into an open period of their entity; % is closed', to_char(month.period_start, 'YYYY-MM')
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.entry_date < month.period_start OR NEW.entry_date >= month.period_start + interval '1 month' THEN
        RAISE EXCEPTION 'an entry is dated within its period' USING ERRCODE = 'check_violation';
    END IF;
    SELECT v.framework INTO designated_under FROM public.hedges_hedgerelationshipversion v
        WHERE v.relationship_id = NEW.relationship_id AND v.entity_id = NEW.entity_id AND v.version_number = 1;
    IF designated_under IS DISTINCT FROM NEW.framework OR NEW.currency_id <> own.functional_currency_id THEN
        RAISE EXCEPTION 'an entry is of a relationship of its entity, under its framework, in the functional currency'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.reversal_of_id IS NULL THEN
        IF NOT EXISTS (SELECT FROM public.treasury_calculationrun r WHERE r.id = NEW.run_id AND r.kind = 'CLOSE'
                       AND r.status = 'PUBLISHED' AND r.scope = own.code
                       AND r.as_of_date = (month.period_start + interval '1 month - 1 day')::date) THEN
            RAISE EXCEPTION 'an entry is posted by the published run that closes its period' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.run_id IS NOT NULL OR EXISTS (SELECT FROM public.hedges_journalentry o WHERE o.id = NEW.reversal_of_id
              AND (o.reversal_of_id IS NOT NULL OR (o.entity_id, o.relationship_id, o.rule, o.framework, o.currency_id)
                   IS DISTINCT FROM (NEW.entity_id, NEW.relationship_id, NEW.rule, NEW.framework, NEW.currency_id))) THEN
        RAISE EXCEPTION 'a reversal takes back one entry of a close: its relationship, its rule' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.reversal_of_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.hedges_journalreversalversion v
        JOIN public.hedges_journalreversalversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
        WHERE v.entry_id = NEW.reversal_of_id AND v.valid_from = NEW.entry_date
          AND a.event_id = public.hedgebook_current_event()) THEN
        RAISE EXCEPTION 'an entry is taken back by the decision of a second person, on the day that was proposed'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT coalesce(max(number), 0) + 1 INTO NEW.number FROM public.hedges_journalentry WHERE entity_id = NEW.entity_id;
    RETURN NEW;
END
$$;

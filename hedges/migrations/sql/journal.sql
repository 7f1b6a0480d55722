-- Periods and journals: what is posted stays, in order, balanced, in an open month of its entity.

-- Half to even, as everywhere in the book.
CREATE FUNCTION public.hedgebook_half_even(amount numeric, decimals integer) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN abs(amount - trunc(amount, decimals)) * 10::numeric ^ decimals = 0.5
             AND mod(trunc(abs(amount) * 10::numeric ^ decimals), 2) = 0 THEN trunc(amount, decimals)
        ELSE round(amount, decimals)
    END
$$;

-- Months come one after the other from the entity's first; each is closed once, by its published run, in that order.
CREATE FUNCTION public.hedgebook_period() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last_start date;
    closing record;
BEGIN
    -- Whoever writes an entity's periods or journal comes one after the other.
    PERFORM FROM public.treasury_entity WHERE id = NEW.entity_id FOR NO KEY UPDATE;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'OPEN' OR num_nonnulls(NEW.run_id, NEW.closed_at, NEW.closed_by_id) > 0 THEN
            RAISE EXCEPTION 'a period begins open' USING ERRCODE = 'check_violation';
        END IF;
        SELECT max(period_start) INTO last_start FROM public.hedges_accountingperiod WHERE entity_id = NEW.entity_id;
        IF NEW.period_start <> coalesce((last_start + interval '1 month')::date, NEW.period_start) THEN
            RAISE EXCEPTION 'the period after % is %: periods follow each other without a gap', to_char(last_start, 'YYYY-MM'),
                to_char(last_start + interval '1 month', 'YYYY-MM') USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status <> 'OPEN' OR NEW.status <> 'CLOSED' THEN
        RAISE EXCEPTION 'a period is closed once, and then stays closed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (NEW.entity_id, NEW.period_start) IS DISTINCT FROM (OLD.entity_id, OLD.period_start) THEN
        RAISE EXCEPTION 'a period keeps its entity and its month' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT r.* INTO closing FROM public.treasury_calculationrun r
        JOIN public.treasury_entity e ON e.id = NEW.entity_id AND e.code = r.scope
        WHERE r.id = NEW.run_id AND r.kind = 'CLOSE' AND r.status = 'PUBLISHED'
          AND r.as_of_date = (NEW.period_start + interval '1 month - 1 day')::date;
    IF closing.id IS NULL THEN
        RAISE EXCEPTION 'a period is closed by the published run of its entity and month' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM public.hedges_accountingperiod
               WHERE entity_id = NEW.entity_id AND period_start < NEW.period_start AND status <> 'CLOSED') THEN
        RAISE EXCEPTION 'an earlier period is open' USING ERRCODE = 'check_violation';
    END IF;
    NEW.closed_at := public.hedgebook_now();
    NEW.closed_by_id := closing.requested_by_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER accountingperiod_in_order BEFORE INSERT OR UPDATE ON hedges_accountingperiod
    FOR EACH ROW EXECUTE FUNCTION hedgebook_period();

-- An entry: the next number of its entity, in an open period, by the run of that period or as a reversal.
CREATE FUNCTION public.hedgebook_journal_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
    SELECT coalesce(max(number), 0) + 1 INTO NEW.number FROM public.hedges_journalentry WHERE entity_id = NEW.entity_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER journalentry_held BEFORE INSERT ON hedges_journalentry
    FOR EACH ROW EXECUTE FUNCTION hedgebook_journal_entry();

-- Lines come with their entry, in whole minor units of its currency.
CREATE FUNCTION public.hedgebook_journal_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entry record;
BEGIN
    SELECT event_id, currency_id INTO entry FROM public.hedges_journalentry WHERE id = NEW.entry_id;
    IF entry.event_id IS DISTINCT FROM public.hedgebook_current_event() THEN
        RAISE EXCEPTION 'lines are recorded together with their entry' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT (public.hedgebook_amount_fits(NEW.debit_amount, entry.currency_id)
            AND public.hedgebook_amount_fits(NEW.credit_amount, entry.currency_id)) THEN
        RAISE EXCEPTION 'a line is in whole minor units of %', entry.currency_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER journalline_held BEFORE INSERT ON hedges_journalline
    FOR EACH ROW EXECUTE FUNCTION hedgebook_journal_line();

-- At the end of the transaction: two lines or more, debits = credits, and a reversal is its original turned round.
CREATE FUNCTION public.hedgebook_journal_balanced() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    sums record;
BEGIN
    SELECT count(*) AS lines, sum(debit_amount) AS debit, sum(credit_amount) AS credit INTO sums
        FROM public.hedges_journalline WHERE entry_id = NEW.id;
    IF sums.lines < 2 OR sums.debit <> sums.credit THEN
        RAISE EXCEPTION 'entry % does not balance: % lines, debit %, credit %', NEW.number, sums.lines,
            coalesce(sums.debit, 0), coalesce(sums.credit, 0) USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.reversal_of_id IS NOT NULL AND EXISTS (
        (SELECT account_role, account_code, debit_amount, credit_amount FROM public.hedges_journalline WHERE entry_id = NEW.id
         EXCEPT ALL
         SELECT account_role, account_code, credit_amount, debit_amount FROM public.hedges_journalline
         WHERE entry_id = NEW.reversal_of_id)
        UNION ALL
        (SELECT account_role, account_code, credit_amount, debit_amount FROM public.hedges_journalline
         WHERE entry_id = NEW.reversal_of_id
         EXCEPT ALL
         SELECT account_role, account_code, debit_amount, credit_amount FROM public.hedges_journalline WHERE entry_id = NEW.id)) THEN
        RAISE EXCEPTION 'a reversal has the lines of its original with the sides changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER journalentry_balanced AFTER INSERT ON hedges_journalentry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hedgebook_journal_balanced();

-- A close is published together with its period, or not at all.
CREATE FUNCTION public.hedgebook_close_closes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.hedges_accountingperiod WHERE run_id = NEW.id AND status = 'CLOSED') THEN
        RAISE EXCEPTION 'run % closes a period: it is published together with it', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER calculationrun_close_closes AFTER UPDATE OF status ON treasury_calculationrun
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'CLOSE' AND NEW.status = 'PUBLISHED')
    EXECUTE FUNCTION hedgebook_close_closes();

-- The seal waits for decisions too: a close goes by them.
CREATE OR REPLACE FUNCTION public.hedgebook_seal() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    versioned text;
BEGIN
    FOR versioned IN
        SELECT DISTINCT t.tgrelid::regclass::text FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
        WHERE p.proname IN ('hedgebook_version', 'hedgebook_approval', 'hedgebook_policy_band', 'hedgebook_allocation')
           OR t.tgrelid IN ('public.treasury_marketquote'::regclass, 'public.treasury_rulepack'::regclass,
                            'public.hedges_assessmentdecision'::regclass)
        ORDER BY 1
    LOOP
        EXECUTE format('LOCK TABLE %s IN SHARE MODE', versioned);
    END LOOP;
    RETURN public.hedgebook_now();
END
$$;

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
    IF NEW.reversal_of_id IS NOT NULL AND NOT public.hedgebook_has_role(
        (SELECT actor_id FROM public.treasury_auditevent WHERE id = public.hedgebook_current_event()), NEW.entity_id,
        'HEDGE_ACCOUNTANT', 'TREASURER') THEN
        RAISE EXCEPTION 'only a hedge accountant or treasurer of the entity takes an entry back'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT coalesce(max(number), 0) + 1 INTO NEW.number FROM public.hedges_journalentry WHERE entity_id = NEW.entity_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER journalentry_held BEFORE INSERT ON hedges_journalentry
    FOR EACH ROW EXECUTE FUNCTION hedgebook_journal_entry();

-- Who asks for a close, records the accounts and takes entries back prepares; who decides on the accounts is another one.
-- Only a close runs by itself, at the set time: then nobody has asked for it.
CREATE FUNCTION public.hedgebook_close_asked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.hedgebook_has_role(NEW.requested_by_id, (SELECT id FROM public.treasury_entity WHERE code = NEW.scope),
                                     'HEDGE_ACCOUNTANT', 'TREASURER') THEN
        RAISE EXCEPTION 'only a hedge accountant or treasurer of % asks for its close', NEW.scope
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER calculationrun_close_asked BEFORE INSERT ON treasury_calculationrun
    FOR EACH ROW WHEN (NEW.kind = 'CLOSE' AND NEW.requested_by_id IS NOT NULL) EXECUTE FUNCTION hedgebook_close_asked();

-- The names of both triggers sort after those that give author and decider.
CREATE FUNCTION public.hedgebook_account_map_author() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.hedgebook_has_role(NEW.author_id,
                                     (SELECT entity_id FROM public.hedges_accountmap WHERE id = NEW.account_map_id),
                                     'HEDGE_ACCOUNTANT', 'TREASURER') THEN
        RAISE EXCEPTION 'only a hedge accountant or treasurer of the entity records its account map'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER accountmapversion_zz_entitled BEFORE INSERT ON hedges_accountmapversion
    FOR EACH ROW EXECUTE FUNCTION hedgebook_account_map_author();

CREATE FUNCTION public.hedgebook_account_map_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.hedgebook_has_role(NEW.decided_by_id,
                                     (SELECT m.entity_id FROM public.hedges_accountmapversion v
                                      JOIN public.hedges_accountmap m ON m.id = v.account_map_id WHERE v.id = NEW.version_id),
                                     'APPROVER', 'HEDGE_ACCOUNTANT') THEN
        RAISE EXCEPTION 'only an approver or a hedge accountant of the entity decides on its account map'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER accountmapversionapproval_zz_entitled BEFORE INSERT ON hedges_accountmapversionapproval
    FOR EACH ROW EXECUTE FUNCTION hedgebook_account_map_decided();

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

-- The posting rules of a close as data: which measured amount, with which sign (debit +), goes to which role, and which
-- role of the rule takes the other side. `hedges/domain/posting_rules.py` says the same, with the paragraphs.
CREATE FUNCTION public.hedgebook_posting_legs()
RETURNS TABLE (rule text, hedge_types text[], role text, amount_name text, sign integer, applies text, balancing text)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    VALUES
        ('INSTRUMENT_DESIGNATED', ARRAY['CASH_FLOW', 'FAIR_VALUE', 'NET_INVESTMENT'], 'DERIVATIVE', 'opening_fair_value', 1, 'always', 'DERIVATIVE_NOT_DESIGNATED'),
        ('REMEASUREMENT', ARRAY['CASH_FLOW'], 'CASH_FLOW_HEDGE_RESERVE', 'cumulative_recognised', -1, 'always', 'DERIVATIVE'),
        ('REMEASUREMENT', ARRAY['CASH_FLOW', 'NET_INVESTMENT'], 'INEFFECTIVENESS', 'cumulative_ineffectiveness', -1, 'always', 'DERIVATIVE'),
        ('REMEASUREMENT', ARRAY['CASH_FLOW', 'NET_INVESTMENT', 'FAIR_VALUE'], 'COST_OF_HEDGING_RESERVE', 'cost_recognised', -1, 'always', 'DERIVATIVE'),
        ('REMEASUREMENT', ARRAY['CASH_FLOW', 'NET_INVESTMENT', 'FAIR_VALUE'], 'EXCLUDED_COMPONENT', 'excluded_in_profit_or_loss', -1, 'always', 'DERIVATIVE'),
        ('REMEASUREMENT', ARRAY['NET_INVESTMENT'], 'TRANSLATION_RESERVE', 'cumulative_recognised', -1, 'always', 'DERIVATIVE'),
        ('REMEASUREMENT', ARRAY['FAIR_VALUE'], 'FAIR_VALUE_HEDGE_RESULT', 'cumulative_ineffectiveness', -1, 'always', 'DERIVATIVE'),
        ('REMEASUREMENT', ARRAY['FAIR_VALUE'], 'FAIR_VALUE_HEDGE_RESULT', 'item_adjustment', 1, 'always', 'DERIVATIVE'),
        ('ITEM_ADJUSTMENT', ARRAY['FAIR_VALUE'], 'HEDGED_ITEM_CARRYING_AMOUNT', 'item_adjustment', 1, 'always', 'FAIR_VALUE_HEDGE_RESULT'),
        ('ITEM_ADJUSTMENT_AMORTISATION', ARRAY['FAIR_VALUE'], 'NON_FINANCIAL_ITEM', 'item_adjustment_amortised', 1, 'item_has_cost', 'HEDGED_ITEM_CARRYING_AMOUNT'),
        ('ITEM_ADJUSTMENT_AMORTISATION', ARRAY['FAIR_VALUE'], 'HEDGED_ITEM_RESULT', 'item_adjustment_amortised', 1, 'item_has_no_cost', 'HEDGED_ITEM_CARRYING_AMOUNT'),
        ('RECLASSIFICATION', ARRAY['CASH_FLOW'], 'CASH_FLOW_HEDGE_RESERVE', 'cumulative_reclassified', 1, 'always', 'HEDGED_ITEM_RESULT'),
        ('RECLASSIFICATION', ARRAY['NET_INVESTMENT'], 'TRANSLATION_RESERVE', 'cumulative_reclassified', 1, 'always', 'HEDGED_ITEM_RESULT'),
        ('BASIS_ADJUSTMENT', ARRAY['CASH_FLOW'], 'CASH_FLOW_HEDGE_RESERVE', 'cumulative_basis_adjusted', 1, 'always', 'NON_FINANCIAL_ITEM'),
        ('COST_AMORTISATION', ARRAY['CASH_FLOW', 'FAIR_VALUE', 'NET_INVESTMENT'], 'COST_OF_HEDGING_RESERVE', 'cost_amortised', -1, 'always', 'COST_OF_HEDGING'),
        ('COST_RELEASE', ARRAY['CASH_FLOW', 'FAIR_VALUE', 'NET_INVESTMENT'], 'NON_FINANCIAL_ITEM', 'cost_released', -1, 'cost_into_item', 'COST_OF_HEDGING_RESERVE'),
        ('COST_RELEASE', ARRAY['CASH_FLOW', 'FAIR_VALUE', 'NET_INVESTMENT'], 'HEDGED_ITEM_RESULT', 'cost_released', -1, 'cost_into_result', 'COST_OF_HEDGING_RESERVE'),
        ('INSTRUMENT_RELEASED', ARRAY['CASH_FLOW', 'FAIR_VALUE', 'NET_INVESTMENT'], 'SETTLEMENT', 'settled_amount', 1, 'always', 'DERIVATIVE'),
        ('INSTRUMENT_RELEASED', ARRAY['CASH_FLOW', 'FAIR_VALUE', 'NET_INVESTMENT'], 'DERIVATIVE_NOT_DESIGNATED', 'no_longer_designated_amount', 1, 'always', 'DERIVATIVE')
$$;

-- A period is closed with a ledger that is what its run has measured, to the minor unit, by relationship, rule and role:
-- whatever else was posted in the name of the close is refused with it.
CREATE FUNCTION public.hedgebook_journal_ties() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    differs text;
BEGIN
    WITH measured AS MATERIALIZED (
        SELECT m.*, coalesce(f.release_pattern, '') = 'BASIS_ADJUSTMENT' AS has_cost,
               coalesce(f.cost_relation, '') = 'TRANSACTION' AS of_transaction
        FROM public.hedges_measurementresult m
        JOIN public.hedges_hedgerelationshipversion v ON v.id = m.relationship_version_id
        LEFT JOIN public.hedges_inceptionfile f ON f.id = v.inception_file_id
        WHERE m.run_id = NEW.run_id
    ), legs AS (
        SELECT m.relationship_id, l.rule, l.role, l.balancing,
               l.sign * public.hedgebook_half_even(a.amount, public.hedgebook_minor_units(m.functional_currency)) AS amount
        FROM measured m
        CROSS JOIN LATERAL (VALUES
            ('opening_fair_value', m.opening_fair_value),
            ('cumulative_recognised', m.cumulative_recognised),
            ('cumulative_ineffectiveness', m.cumulative_ineffectiveness),
            ('cost_recognised', m.cost_recognised),
            ('excluded_in_profit_or_loss', m.excluded_in_profit_or_loss),
            ('item_adjustment', m.item_adjustment),
            ('item_adjustment_amortised', m.item_adjustment_amortised),
            ('cumulative_reclassified', m.cumulative_reclassified),
            ('cumulative_basis_adjusted', m.cumulative_basis_adjusted),
            ('cost_amortised', m.cost_amortised),
            ('cost_released', m.cost_released),
            ('settled_amount', m.settled_amount),
            ('no_longer_designated_amount', m.no_longer_designated_amount)
        ) AS a (name, amount)
        JOIN public.hedgebook_posting_legs() l ON l.amount_name = a.name AND m.hedge_type = ANY (l.hedge_types)
        WHERE a.amount <> 0 AND CASE l.applies
            WHEN 'always' THEN true
            WHEN 'item_has_cost' THEN m.has_cost
            WHEN 'item_has_no_cost' THEN NOT m.has_cost
            WHEN 'cost_into_item' THEN m.has_cost AND m.framework = 'IFRS9' AND m.of_transaction
            WHEN 'cost_into_result' THEN NOT (m.has_cost AND m.framework = 'IFRS9' AND m.of_transaction)
        END
    ), sums AS (
        SELECT relationship_id, rule, role, amount FROM legs
        UNION ALL
        SELECT relationship_id, rule, balancing, -amount FROM legs
        UNION ALL
        SELECT e.relationship_id, e.rule, l.account_role, l.credit_amount - l.debit_amount
        FROM public.hedges_journalentry e JOIN public.hedges_journalline l ON l.entry_id = e.id
        WHERE e.entity_id = NEW.entity_id
          AND (e.run_id = NEW.run_id OR e.relationship_id IN (SELECT relationship_id FROM measured))
    ), wrong AS (
        SELECT DISTINCT relationship_id FROM sums GROUP BY relationship_id, rule, role HAVING sum(amount) <> 0
    )
    SELECT string_agg(code, ', ' ORDER BY code) INTO differs FROM (
        SELECT r.code FROM wrong w JOIN public.hedges_hedgerelationship r ON r.id = w.relationship_id ORDER BY 1 LIMIT 5) named;
    IF differs IS NOT NULL THEN
        RAISE EXCEPTION 'the journal of % is not what the close has measured', differs USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER accountingperiod_ties AFTER UPDATE ON hedges_accountingperiod
    FOR EACH ROW WHEN (NEW.status = 'CLOSED' AND OLD.status <> 'CLOSED') EXECUTE FUNCTION hedgebook_journal_ties();

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

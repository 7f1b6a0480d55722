-- A loss in a cash flow hedge reserve that will not be recovered (IFRS 9 6.5.11(d)(iii), IAS 39.97-98, ASC 815-30-35-40):
-- stated by one person for a day of an open month, agreed to by another one, measured and posted by a rule of its own.

-- Statements and decisions pass the entity's gate together with its changes; a close passes it alone.
CREATE FUNCTION public.hedgebook_loss_gate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.treasury_entity e JOIN public.hedges_hedgerelationship r ON r.entity_id = e.id
        WHERE r.id = CASE TG_ARGV[0] WHEN 'version' THEN (to_jsonb(NEW) ->> 'relationship_id')::bigint
            ELSE (SELECT v.relationship_id FROM public.hedges_unrecoveredlossversion v
                  WHERE v.id = (to_jsonb(NEW) ->> 'version_id')::bigint) END FOR SHARE OF e;
    RETURN NEW;
END
$$;
CREATE TRIGGER unrecoveredlossversion_b_gate BEFORE INSERT ON public.hedges_unrecoveredlossversion
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_loss_gate('version');
CREATE TRIGGER unrecoveredlossversionapproval_ab_gate BEFORE INSERT ON public.hedges_unrecoveredlossversionapproval
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_loss_gate('approval');

-- A statement. The names of both triggers sort after those that give number, author and decider.
CREATE FUNCTION public.hedgebook_loss_stated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own record;
    begun record;
    refusal text;
BEGIN
    SELECT r.entity_id, r.code, e.functional_currency_id AS currency, e.time_zone INTO own
        FROM public.hedges_hedgerelationship r JOIN public.treasury_entity e ON e.id = r.entity_id
        WHERE r.id = NEW.relationship_id;
    IF NOT public.hedgebook_has_role(NEW.author_id, own.entity_id, 'HEDGE_ACCOUNTANT', 'TREASURER') THEN
        RAISE EXCEPTION 'only a hedge accountant or treasurer of the entity states that a loss will not be recovered'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT v.hedge_type, coalesce(v.accounting_from, v.designation_date) AS since INTO begun
        FROM public.hedges_hedgerelationshipversion v
        JOIN public.hedges_hedgerelationshipversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
        WHERE v.relationship_id = NEW.relationship_id AND v.version_number = 1;
    refusal := CASE
        WHEN begun IS NULL THEN own.code || ' is not approved: it has no reserve'
        WHEN begun.hedge_type <> 'CASH_FLOW'
            THEN own.code || ' is not a cash flow hedge: only its reserve holds a loss to recover (6.5.11(d)(iii))'
        WHEN NEW.valid_from < begun.since THEN format('hedge accounting had not begun on %s', NEW.valid_from)
        WHEN NEW.valid_from > (public.hedgebook_now() AT TIME ZONE own.time_zone)::date
            THEN 'a loss is stated for a day that has come'
        WHEN NEW.currency_id <> own.currency
            THEN format('the reserve is in %s, the functional currency of its entity', own.currency)
        WHEN EXISTS (SELECT FROM public.hedges_unrecoveredlossversion v WHERE v.relationship_id = NEW.relationship_id
                     AND NOT EXISTS (SELECT FROM public.hedges_unrecoveredlossversionapproval a WHERE a.version_id = v.id))
            THEN format('a loss of %s that will not be recovered waits already: another person agrees to it or rejects it', own.code)
    END;
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION '%', refusal USING ERRCODE = 'check_violation';
    END IF;
    PERFORM public.hedgebook_loss_in_open_month(own.entity_id, NEW.valid_from);
    RETURN NEW;
END
$$;

CREATE FUNCTION public.hedgebook_loss_in_open_month(entity bigint, day date) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF day < public.hedgebook_first_open_day(entity) THEN
        RAISE EXCEPTION 'the period of % is closed: the loss is stated for % or later', day,
            public.hedgebook_first_open_day(entity) USING ERRCODE = 'check_violation';
    END IF;
END
$$;
CREATE TRIGGER unrecoveredlossversion_zz_entitled BEFORE INSERT ON public.hedges_unrecoveredlossversion
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_loss_stated();

CREATE FUNCTION public.hedgebook_loss_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    stated record;
BEGIN
    SELECT r.entity_id, v.valid_from INTO stated FROM public.hedges_unrecoveredlossversion v
        JOIN public.hedges_hedgerelationship r ON r.id = v.relationship_id WHERE v.id = NEW.version_id;
    IF NOT public.hedgebook_has_role(NEW.decided_by_id, stated.entity_id, 'APPROVER', 'HEDGE_ACCOUNTANT') THEN
        RAISE EXCEPTION 'only an approver or a hedge accountant of the entity decides on a loss that will not be recovered'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.decision = 'APPROVED' THEN
        PERFORM public.hedgebook_loss_in_open_month(stated.entity_id, stated.valid_from);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER unrecoveredlossversionapproval_zz_entitled BEFORE INSERT ON public.hedges_unrecoveredlossversionapproval
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_loss_decided();

-- A close overlooks no statement about its time, and takes no loss out that nobody has stated, nor more than was stated.
CREATE FUNCTION public.hedgebook_period_takes_losses() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    past_end date := (NEW.period_start + interval '1 month')::date;
    known timestamptz := (SELECT known_at FROM public.treasury_calculationrun WHERE id = NEW.run_id);
    named text;
BEGIN
    PERFORM FROM public.treasury_entity WHERE id = NEW.entity_id FOR NO KEY UPDATE;
    SELECT string_agg(DISTINCT r.code, ', ' ORDER BY r.code) INTO named
        FROM public.hedges_unrecoveredlossversion v
        JOIN public.hedges_hedgerelationship r ON r.id = v.relationship_id AND r.entity_id = NEW.entity_id
        LEFT JOIN public.hedges_unrecoveredlossversionapproval a ON a.version_id = v.id
        WHERE v.valid_from < past_end AND (a.id IS NULL OR a.decision = 'APPROVED' AND a.recorded_at > known);
    IF named IS NOT NULL THEN
        RAISE EXCEPTION 'losses of % wait for a decision or were agreed to after the close had begun: decide, and close again',
            named USING ERRCODE = 'serialization_failure';
    END IF;
    SELECT string_agg(code, ', ' ORDER BY code) INTO named FROM (
        SELECT r.code FROM public.hedges_measurementresult m
        JOIN public.hedges_hedgerelationship r ON r.id = m.relationship_id
        CROSS JOIN LATERAL (
            SELECT CASE WHEN bool_or(v.loss_amount IS NULL) THEN 'Infinity'::numeric ELSE coalesce(sum(v.loss_amount), 0) END AS amount
            FROM public.hedges_unrecoveredlossversion v
            JOIN public.hedges_unrecoveredlossversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
                AND a.recorded_at <= known
            WHERE v.relationship_id = m.relationship_id AND v.valid_from < past_end) stated
        WHERE m.run_id = NEW.run_id AND -m.loss_not_recovered > stated.amount
        ORDER BY 1 LIMIT 5) wrong;
    IF named IS NOT NULL THEN
        RAISE EXCEPTION 'of % more loss is taken out of the reserve than was stated not to be recovered', named
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER accountingperiod_takes_losses BEFORE UPDATE ON public.hedges_accountingperiod
    FOR EACH ROW WHEN (NEW.status = 'CLOSED' AND OLD.status <> 'CLOSED')
    EXECUTE FUNCTION public.hedgebook_period_takes_losses();

-- The posting rules of a close as data: which measured amount, with which sign (debit +), goes to which role, and which
-- role of the rule takes the other side. `hedges/domain/posting_rules.py` says the same, with the paragraphs.
CREATE OR REPLACE FUNCTION public.hedgebook_posting_legs()
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
        ('LOSS_NOT_RECOVERED', ARRAY['CASH_FLOW'], 'CASH_FLOW_HEDGE_RESERVE', 'loss_not_recovered', 1, 'always', 'HEDGED_ITEM_RESULT'),
        ('BASIS_ADJUSTMENT', ARRAY['CASH_FLOW'], 'CASH_FLOW_HEDGE_RESERVE', 'cumulative_basis_adjusted', 1, 'always', 'NON_FINANCIAL_ITEM'),
        ('COST_AMORTISATION', ARRAY['CASH_FLOW', 'FAIR_VALUE', 'NET_INVESTMENT'], 'COST_OF_HEDGING_RESERVE', 'cost_amortised', -1, 'always', 'COST_OF_HEDGING'),
        ('COST_RELEASE', ARRAY['CASH_FLOW', 'FAIR_VALUE', 'NET_INVESTMENT'], 'NON_FINANCIAL_ITEM', 'cost_released', -1, 'cost_into_item', 'COST_OF_HEDGING_RESERVE'),
        ('COST_RELEASE', ARRAY['CASH_FLOW', 'FAIR_VALUE', 'NET_INVESTMENT'], 'HEDGED_ITEM_RESULT', 'cost_released', -1, 'cost_into_result', 'COST_OF_HEDGING_RESERVE'),
        ('COST_LOST', ARRAY['CASH_FLOW', 'FAIR_VALUE', 'NET_INVESTMENT'], 'HEDGED_ITEM_RESULT', 'cost_lost', -1, 'always', 'COST_OF_HEDGING_RESERVE'),
        ('INSTRUMENT_RELEASED', ARRAY['CASH_FLOW', 'FAIR_VALUE', 'NET_INVESTMENT'], 'SETTLEMENT', 'settled_amount', 1, 'always', 'DERIVATIVE'),
        ('INSTRUMENT_RELEASED', ARRAY['CASH_FLOW', 'FAIR_VALUE', 'NET_INVESTMENT'], 'DERIVATIVE_NOT_DESIGNATED', 'no_longer_designated_amount', 1, 'always', 'DERIVATIVE')
$$;

-- A period is closed with a ledger that is what its run has measured, to the minor unit, by relationship, rule and role:
-- whatever else was posted in the name of the close is refused with it.
CREATE OR REPLACE FUNCTION public.hedgebook_journal_ties() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
            ('loss_not_recovered', m.loss_not_recovered),
            ('cost_amortised', m.cost_amortised),
            ('cost_released', m.cost_released),
            ('cost_lost', m.cost_lost),
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

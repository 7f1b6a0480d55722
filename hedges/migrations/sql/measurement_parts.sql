-- Cost of hedging that is lost leaves the reserve for profit or loss by a rule of its own (IFRS 9 6.5.15(b)(iii)).

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

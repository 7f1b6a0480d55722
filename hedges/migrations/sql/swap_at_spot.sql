-- The forward element enters the cost of hedging as the forward points that remain, N(K - S0) and the element (IFRS 9 6.5.16,
-- B6.5.34): a cross-currency swap has none, so that nothing of one that is designated at spot is deferred.

-- Why an instrument may not be a hedging instrument of a version, or nothing.
CREATE OR REPLACE FUNCTION public.hedgebook_instrument_refusal(designated public.hedges_hedgerelationshipversion,
                                                    file public.hedges_inceptionfile,
                                                    instrument public.hedges_instrumentversion, since date)
RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN instrument.status <> 'LIVE' THEN 'an instrument that is settled, unwound or cancelled cannot be designated'
        WHEN instrument.settlement_date < since THEN 'an instrument that has matured cannot be designated'
        WHEN designated.hedge_type = 'ECONOMIC' THEN NULL
        WHEN instrument.kind = 'NATURAL_OFFSET' AND hedged.kind <> 'CURRENCY_PAIR'
            THEN 'a natural offset is a hedging instrument for currency risk only (6.2.2)'
        WHEN file.reporting_scope = 'CONSOLIDATED' AND EXISTS (
            SELECT FROM public.treasury_entity e JOIN public.treasury_counterparty c ON c.lei = e.lei
            WHERE c.id = instrument.counterparty_id)
            THEN 'a deal within the group is no hedging instrument in consolidated statements (6.3.5)'
        WHEN file.basis_excluded AND own.kind <> 'CURRENCY_PAIR' THEN 'only currency instruments have a basis to exclude (6.5.16)'
        WHEN (designated.designated_component = 'INTRINSIC' AND instrument.kind <> 'OPTION')
             OR (designated.designated_component = 'SPOT' AND instrument.kind IN ('OPTION', 'INTEREST_RATE_SWAP'))
            THEN 'intrinsic value is an option''s, a spot element a forward''s (6.2.4)'
        WHEN designated.designated_component = 'SPOT' AND instrument.kind = 'CROSS_CURRENCY_SWAP'
             AND file.excluded_treatment = 'DEFERRED'
            THEN 'the interest of a cross-currency swap has no forward points that could be deferred (6.5.16)'
    END FROM public.treasury_risk hedged, public.treasury_risk own
    WHERE hedged.id = designated.risk_id AND own.id = instrument.risk_id
$$;

-- The terms of a swap's legs came later: a version without them has the digest that it would have had before there were
-- such columns. See later_terms.sql.
DROP TRIGGER instrumentversion_versioned ON public.hedges_instrumentversion;
CREATE TRIGGER instrumentversion_versioned BEFORE INSERT ON public.hedges_instrumentversion
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_version(
        'hedges_instrument', 'instrument_id', 'resets_notional', 'day_count', 'floating_payment_months',
        'floating_flow_days', 'floating_flow_accruals', 'floating_day_count');

-- Allocations: made with their relationship version, from the newest approved version, released once and now.
CREATE FUNCTION public.hedgebook_allocation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    is_item boolean := TG_ARGV[0] = 'item';
    subject bigint := (to_jsonb(NEW) ->> CASE WHEN is_item THEN 'exposure_id' ELSE 'instrument_id' END)::bigint;
    version bigint := (to_jsonb(NEW) ->> CASE WHEN is_item THEN 'exposure_version_id' ELSE 'instrument_version_id' END)::bigint;
    designated record;
    newest bigint;
    amount numeric;
    unit text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.released_at IS NOT NULL OR NEW.period_to >= OLD.period_to OR NEW.period_to < OLD.period_from THEN
            RAISE EXCEPTION 'an allocation is released once, to an earlier date' USING ERRCODE = 'check_violation';
        END IF;
        NEW.released_at := public.hedgebook_now();
        RETURN NEW;
    END IF;
    SELECT event_id, designation_date, hedge_end_date INTO designated
        FROM public.hedges_hedgerelationshipversion WHERE id = NEW.relationship_version_id;
    IF designated.event_id IS DISTINCT FROM public.hedgebook_current_event() THEN
        RAISE EXCEPTION 'allocations are recorded together with their relationship version'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.period_to <= NEW.period_from OR NEW.period_from < designated.designation_date
       OR NEW.period_to > designated.hedge_end_date + 1 THEN
        RAISE EXCEPTION 'an allocation lies within the hedged period' USING ERRCODE = 'check_violation';
    END IF;
    NEW.planned_to := NEW.period_to;
    NEW.released_at := NULL;
    IF is_item THEN
        -- The exposure's row is locked, so that it does not become a natural offset meanwhile.
        PERFORM FROM public.exposures_exposure WHERE id = subject FOR NO KEY UPDATE;
        SELECT v.id INTO newest FROM public.exposures_exposureversion v
            JOIN public.exposures_exposureversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
            WHERE v.exposure_id = subject ORDER BY v.version_number DESC LIMIT 1;
        SELECT exposure_amount, exposure_currency_id INTO amount, unit FROM public.exposures_exposureversion WHERE id = version;
        IF EXISTS (SELECT FROM public.hedges_instrument WHERE offset_exposure_id = subject) THEN
            RAISE EXCEPTION 'this exposure is a natural offset: it is cover, and no hedged item as well'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSE
        SELECT v.id INTO newest FROM public.hedges_instrumentversion v
            JOIN public.hedges_instrumentversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
            WHERE v.instrument_id = subject ORDER BY v.version_number DESC LIMIT 1;
        SELECT notional_amount, notional_currency_id INTO amount, unit FROM public.hedges_instrumentversion WHERE id = version;
    END IF;
    IF newest IS DISTINCT FROM version THEN
        RAISE EXCEPTION 'only the newest approved version can be designated' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.designated_amount = 'NaN' OR sign(NEW.designated_amount) <> sign(amount)
       OR public.hedgebook_amount_units(NEW.designated_amount, unit) <> NEW.unit_to - NEW.unit_from THEN
        RAISE EXCEPTION 'the designated amount is that of the units, with the sign of what it is part of'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER itemallocation_held BEFORE INSERT OR UPDATE ON hedges_itemallocation
    FOR EACH ROW EXECUTE FUNCTION hedgebook_allocation('item');
CREATE TRIGGER instrumentallocation_held BEFORE INSERT OR UPDATE ON hedges_instrumentallocation
    FOR EACH ROW EXECUTE FUNCTION hedgebook_allocation('instrument');

-- A natural offset is its item: the same risk and side, no more than its size, and not a hedged item as well.
CREATE FUNCTION public.hedgebook_natural_offset() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    item bigint := (SELECT offset_exposure_id FROM public.hedges_instrument WHERE id = NEW.instrument_id);
    found record;
BEGIN
    PERFORM FROM public.exposures_exposure WHERE id = item FOR NO KEY UPDATE;
    SELECT risk_id, exposure_amount INTO found FROM public.exposures_exposureversion
        WHERE exposure_id = item ORDER BY version_number DESC LIMIT 1;
    IF found.risk_id IS DISTINCT FROM NEW.risk_id OR sign(found.exposure_amount) <> sign(NEW.notional_amount)
       OR abs(NEW.notional_amount) > abs(found.exposure_amount) THEN
        RAISE EXCEPTION 'a natural offset has the risk and the side of its item, and no more than its amount'
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM public.hedges_itemallocation WHERE exposure_id = item AND period_to > period_from) THEN
        RAISE EXCEPTION 'this exposure is a hedged item: it cannot be cover as well' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER instrumentversion_natural_offset BEFORE INSERT ON hedges_instrumentversion
    FOR EACH ROW WHEN (NEW.kind = 'NATURAL_OFFSET') EXECUTE FUNCTION hedgebook_natural_offset();

-- The application ends a period; when that became known is the database's to say.
REVOKE UPDATE ON hedges_itemallocation, hedges_instrumentallocation FROM hedgebook_app;
REVOKE UPDATE (period_to, released_at) ON hedges_itemallocation, hedges_instrumentallocation FROM hedgebook_app;
GRANT UPDATE (period_to) ON hedges_itemallocation, hedges_instrumentallocation TO hedgebook_app;

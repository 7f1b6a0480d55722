-- Facts about the credit of counterparties: none is dated ahead.

CREATE FUNCTION public.hedgebook_credit_fact() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- A day has begun everywhere once it has begun in the earliest time zone.
    IF NEW.fact_date > (public.hedgebook_now() AT TIME ZONE 'Pacific/Kiritimati')::date THEN
        RAISE EXCEPTION 'the fact is dated %, a day that is still to come; record it when it has happened', NEW.fact_date
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER creditfact_has_happened BEFORE INSERT ON public.treasury_creditfact
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_credit_fact();

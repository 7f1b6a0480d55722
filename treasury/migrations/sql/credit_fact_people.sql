-- Who records facts about the credit of counterparties, and who may clear what fails the credit criterion by them.

-- A rating's place on the scale, 1 for AAA; `treasury/kernel/ratings.py` says the same.
CREATE FUNCTION public.hedgebook_rating_notch(rating text) RETURNS integer LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT array_position(ARRAY['AAA', 'AA+', 'AA', 'AA-', 'A+', 'A', 'A-', 'BBB+', 'BBB', 'BBB-', 'BB+', 'BB', 'BB-',
                                'B+', 'B', 'B-', 'CCC+', 'CCC', 'CCC-', 'CC', 'C', 'D'], rating)
$$;

-- A counterparty belongs to no entity: a preparer of any entity records its facts. Whoever recorded the fact that stands
-- on the day and triggers, a default, collateral not posted or a rating below a rule pack's limit, does not clear it.
CREATE FUNCTION public.hedgebook_credit_fact_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    person bigint := (SELECT actor_id FROM public.treasury_auditevent WHERE id = public.hedgebook_current_event());
    stands record;
BEGIN
    IF NOT EXISTS (SELECT FROM public.treasury_membership
                   WHERE user_id = person AND role IN ('HEDGE_ACCOUNTANT', 'TREASURER')) THEN
        RAISE EXCEPTION 'a fact about a counterparty''s credit is recorded by a hedge accountant or treasurer'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- Facts of a counterparty come one after the other, so that none is cleared beside the one that stands.
    PERFORM FROM public.treasury_counterparty WHERE id = NEW.counterparty_id FOR NO KEY UPDATE;
    SELECT f.value, e.actor_id INTO stands FROM public.treasury_creditfact f
        JOIN public.treasury_auditevent e ON e.id = f.event_id
        WHERE f.counterparty_id = NEW.counterparty_id AND f.kind = NEW.kind AND f.fact_date <= NEW.fact_date
        ORDER BY f.fact_date DESC, f.id DESC LIMIT 1;
    IF stands.actor_id IS NOT DISTINCT FROM person AND (CASE NEW.kind
        WHEN 'DEFAULT' THEN stands.value = 'DEFAULTED' AND NEW.value <> 'DEFAULTED'
        WHEN 'COLLATERAL' THEN stands.value = 'NOT_POSTED' AND NEW.value <> 'NOT_POSTED'
        ELSE EXISTS (SELECT FROM public.treasury_rulepack
                     WHERE public.hedgebook_rating_notch(stands.value) > public.hedgebook_rating_notch(credit_rating_minimum)
                       AND public.hedgebook_rating_notch(NEW.value) <= public.hedgebook_rating_notch(credit_rating_minimum))
        END) THEN
        RAISE EXCEPTION 'who recorded % does not clear it: another hedge accountant or treasurer records %', stands.value, NEW.value
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
-- The name sorts after the ones that refuse a day to come and give the event.
CREATE TRIGGER creditfact_z_by_who_may BEFORE INSERT ON public.treasury_creditfact
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_credit_fact_people();

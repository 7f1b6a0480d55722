-- A period is closed over everything: the month is over, both steps are done, every hedge that hedge accounting has begun
-- for is measured as what it is, and what is measured adds up. Whoever writes past the domain is refused here.

-- The path of a measurement: arrays of one length, whose last values are the amounts of the date.
ALTER TABLE public.hedges_measurementresult ADD CONSTRAINT measurement_path CHECK (
    cardinality(knot_instrument_changes) = cardinality(knot_dates)
    AND cardinality(knot_hypothetical_changes) = cardinality(knot_dates)
    AND cardinality(knot_recognised) = cardinality(knot_dates)
    AND cardinality(knot_qualifying) = cardinality(knot_dates)
    AND (cardinality(knot_dates) = 0 OR (
        knot_instrument_changes[cardinality(knot_dates)] = cumulative_change_instrument
        AND knot_hypothetical_changes[cardinality(knot_dates)] = cumulative_change_hypothetical
        AND knot_recognised[cardinality(knot_dates)] = cumulative_recognised)));

CREATE FUNCTION public.hedgebook_close_is_whole() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    closing record;
    last_day date := (NEW.period_start + interval '1 month - 1 day')::date;
    named text;
BEGIN
    SELECT r.known_at, e.time_zone, e.functional_currency_id INTO closing
        FROM public.treasury_calculationrun r, public.treasury_entity e
        WHERE r.id = NEW.run_id AND e.id = NEW.entity_id;
    IF (least(closing.known_at, public.hedgebook_now()) AT TIME ZONE closing.time_zone)::date <= last_day THEN
        RAISE EXCEPTION 'the month lasts until %: it is measured and closed when it is over', last_day
            USING ERRCODE = 'check_violation';
    END IF;

    SELECT string_agg(step, ', ' ORDER BY step) INTO named FROM unnest(ARRAY['EFFECTIVENESS', 'MEASUREMENT']) AS needed (step)
        WHERE NOT EXISTS (
            SELECT FROM public.treasury_runshard s WHERE s.run_id = NEW.run_id AND s.step = needed.step
            HAVING count(*) > 0 AND count(*) FILTER (WHERE s.status = 'DONE') = max(s.shard_count));
    IF named IS NOT NULL THEN
        RAISE EXCEPTION 'the close has not done its step %', named USING ERRCODE = 'check_violation';
    END IF;

    -- The set of `hedges.queries.measurement_columns`: those that have ended too, since their reserve may still wait.
    WITH in_force AS (
        SELECT DISTINCT ON (v.relationship_id) v.relationship_id, v.framework, v.hedge_type
        FROM public.hedges_hedgerelationshipversion v
        JOIN public.hedges_hedgerelationshipversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
            AND a.recorded_at <= closing.known_at
        WHERE v.entity_id = NEW.entity_id AND v.valid_from <= last_day AND (v.valid_to IS NULL OR v.valid_to > last_day)
        ORDER BY v.relationship_id, v.version_number DESC
    )
    SELECT string_agg(code, ', ' ORDER BY code) INTO named FROM (
        SELECT r.code FROM in_force v
        JOIN public.hedges_hedgerelationship r ON r.id = v.relationship_id
        JOIN public.hedges_hedgerelationshipversion f ON f.relationship_id = v.relationship_id AND f.version_number = 1
        WHERE v.hedge_type <> 'ECONOMIC' AND coalesce(f.accounting_from, f.designation_date) <= last_day
          AND NOT EXISTS (
            SELECT FROM public.hedges_measurementresult m
            WHERE m.run_id = NEW.run_id AND m.relationship_id = v.relationship_id AND m.status = 'OK'
              AND (m.entity_id, m.framework, m.functional_currency)
                  = (NEW.entity_id, v.framework, closing.functional_currency_id))
        ORDER BY 1 LIMIT 5) missing;
    IF named IS NOT NULL THEN
        RAISE EXCEPTION 'the close has not measured %', named USING ERRCODE = 'check_violation';
    END IF;

    SELECT string_agg(code, ', ' ORDER BY code) INTO named FROM (
        SELECT r.code FROM public.hedges_measurementresult m
        JOIN public.hedges_hedgerelationship r ON r.id = m.relationship_id
        CROSS JOIN LATERAL (SELECT CASE WHEN m.hedge_type = 'FAIR_VALUE' THEN m.item_adjustment ELSE 0 END AS on_item) i
        WHERE m.run_id = NEW.run_id AND (
            m.opening_fair_value + m.fair_value_change
                IS DISTINCT FROM m.carrying_amount + m.settled_amount + m.no_longer_designated_amount
            OR m.fair_value_change IS DISTINCT FROM m.cumulative_recognised + m.cumulative_ineffectiveness
                + m.cost_recognised + m.excluded_in_profit_or_loss - i.on_item
            OR m.cumulative_change_instrument
                IS DISTINCT FROM m.cumulative_recognised + m.cumulative_ineffectiveness - i.on_item)
        ORDER BY 1 LIMIT 5) wrong;
    IF named IS NOT NULL THEN
        RAISE EXCEPTION 'the measured amounts of % do not add up', named USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER accountingperiod_a_whole AFTER UPDATE ON public.hedges_accountingperiod
    FOR EACH ROW WHEN (NEW.status = 'CLOSED' AND OLD.status <> 'CLOSED') EXECUTE FUNCTION public.hedgebook_close_is_whole();

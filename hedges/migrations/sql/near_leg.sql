-- The near leg of a roll: the opposite of the old trade to its settlement, recorded, decided and taken back with the roll,
-- so that the two cover nothing from the deal on and pay what the event says.

CREATE OR REPLACE FUNCTION public.hedgebook_instrument_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    trade public.hedges_instrument;
    made public.hedges_instrumentversion;
    stands public.hedges_instrumentversion;
    last_version record;
    near public.hedges_instrumentversion;
    refusal text;
BEGIN
    -- Two persons at one trade take turns; margin days of many trades are held to one a day by their key.
    IF NEW.kind = 'MARGIN' THEN
        SELECT * INTO trade FROM public.hedges_instrument WHERE id = NEW.instrument_id;
    ELSE
        SELECT * INTO trade FROM public.hedges_instrument WHERE id = NEW.instrument_id FOR UPDATE;
    END IF;
    SELECT v.* INTO stands FROM public.hedges_instrumentversion v
        JOIN public.hedges_instrumentversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
        WHERE v.instrument_id = NEW.instrument_id ORDER BY v.version_number DESC LIMIT 1;
    SELECT * INTO made FROM public.hedges_instrumentversion WHERE id = NEW.version_id;
    SELECT v.version_number, a.decision INTO last_version FROM public.hedges_instrumentversion v
        LEFT JOIN public.hedges_instrumentversionapproval a ON a.version_id = v.id
        WHERE v.instrument_id = NEW.instrument_id AND v.id IS DISTINCT FROM NEW.version_id
        ORDER BY v.version_number DESC LIMIT 1;
    IF NEW.near_leg_id IS NOT NULL THEN
        SELECT v.* INTO near FROM public.hedges_instrumentversion v WHERE v.instrument_id = NEW.near_leg_id
            AND v.version_number = 1 AND v.event_id = public.hedgebook_current_event();
    END IF;
    refusal := CASE
        WHEN trade.entity_id IS DISTINCT FROM NEW.entity_id THEN 'an event is of the entity whose trade it is'
        WHEN stands.id IS NULL THEN format('%s is not approved yet: have it approved, then record what happened to it',
                                           trade.external_reference)
        WHEN NEW.event_date < stands.trade_date
            THEN format('%s was dealt on %s: nothing happens to it before', trade.external_reference, stands.trade_date)
        WHEN NEW.kind = 'FIXING' AND trade.kind <> 'NON_DELIVERABLE_FORWARD'
             OR NEW.kind = 'MARGIN' AND trade.kind <> 'FUTURE'
             OR NEW.kind IN ('EXERCISE', 'LAPSE') AND trade.kind <> 'OPTION'
             OR NEW.kind = 'ROLL' AND trade.kind NOT IN ('FORWARD', 'FX_SWAP')
            THEN format('this is not what happens to %s, which is of kind %s', trade.external_reference, trade.kind)
        WHEN NEW.kind IN ('EXERCISE', 'LAPSE') AND NEW.event_date <> stands.expiry_date
            THEN format('%s is a European option: it is exercised or lapses on its expiry date %s',
                        trade.external_reference, stands.expiry_date)
        WHEN NEW.kind <> 'REVERSAL' AND NEW.event_date > stands.settlement_date
            THEN format('%s ended on %s: nothing happens to it after that', trade.external_reference, stands.settlement_date)
        WHEN NEW.kind = 'MARGIN' THEN NULL
        WHEN EXISTS (SELECT FROM public.hedges_instrumentevent e WHERE e.near_leg_id = NEW.instrument_id)
            THEN format('%s is the near leg of a roll and settles with the trade that it closes: take the roll back instead',
                        trade.external_reference)
        WHEN made.event_id IS DISTINCT FROM public.hedgebook_current_event() OR made.version_number < 2
            THEN 'an event and the version that it makes are recorded together'
        WHEN last_version.decision IS NULL
            THEN format('version %s of %s waits for a decision: have it approved or rejected first',
                        last_version.version_number, trade.external_reference)
        WHEN NEW.kind <> 'REVERSAL' AND stands.status <> 'LIVE'
            THEN format('%s has ended already (%s): it takes no more events, but the last one can be taken back',
                        trade.external_reference, lower(stands.status))
        WHEN NEW.successor_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.hedges_instrument i JOIN public.hedges_instrumentversion v ON v.instrument_id = i.id
            WHERE i.id = NEW.successor_id AND i.entity_id = NEW.entity_id AND i.id <> NEW.instrument_id
              AND v.version_number = 1 AND v.event_id = public.hedgebook_current_event())
            THEN 'the trade that follows is recorded with the event, for the same entity'
        WHEN NEW.kind = 'ROLL' AND NEW.near_leg_id IS NULL AND NEW.event_date < stands.settlement_date
            THEN 'a roll that is dealt before the settlement is recorded with its near leg'
        WHEN NEW.near_leg_id IS NOT NULL AND (near.entity_id, near.kind, near.status, near.risk_id, near.counterparty_id,
                                              near.trade_date, near.valid_from, near.valid_to, near.settlement_date,
                                              near.notional_amount, near.counter_amount, near.counter_currency_id)
            IS DISTINCT FROM (NEW.entity_id, 'FORWARD'::varchar, 'LIVE'::varchar, stands.risk_id, stands.counterparty_id,
                              NEW.event_date, NEW.event_date, stands.settlement_date, stands.settlement_date,
                              -stands.notional_amount, coalesce(NEW.cash_amount, 0) - stands.counter_amount,
                              stands.counter_currency_id)
            THEN 'the near leg is the opposite of the old trade to its settlement, and the two pay what the event says'
        WHEN NEW.kind = 'REVERSAL' THEN public.hedgebook_event_reversal_refusal(NEW, made, stands)
    END;
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION '%', refusal USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

-- An event is taken back once, while its version is the one that stands, and its trade is then what it was before.
CREATE OR REPLACE FUNCTION public.hedgebook_event_reversal_refusal(
    taking public.hedges_instrumentevent, made public.hedges_instrumentversion, stands public.hedges_instrumentversion
) RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    taken public.hedges_instrumentevent;
    earlier public.hedges_instrumentversion;
    meta CONSTANT text[] := ARRAY['id', 'event_id', 'recorded_at', 'content_digest', 'version_number', 'valid_from',
                                  'valid_to', 'author_id', 'change_reason'];
BEGIN
    SELECT * INTO taken FROM public.hedges_instrumentevent WHERE id = taking.reverses_id;
    SELECT v.* INTO earlier FROM public.hedges_instrumentversion v
        JOIN public.hedges_instrumentversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
        WHERE v.instrument_id = taking.instrument_id AND v.version_number < stands.version_number
        ORDER BY v.version_number DESC LIMIT 1;
    RETURN CASE
        WHEN taken.instrument_id IS DISTINCT FROM taking.instrument_id THEN 'an event is taken back on its own trade'
        WHEN taken.kind IN ('REVERSAL', 'MARGIN') THEN 'this is not taken back: record what is right instead'
        WHEN EXISTS (SELECT FROM public.hedges_instrumentevent o
                     LEFT JOIN public.hedges_instrumentversionapproval a ON a.version_id = o.version_id
                     WHERE o.reverses_id = taken.id AND a.decision IS DISTINCT FROM 'REJECTED')
            THEN 'this event is taken back already'
        WHEN taken.version_id IS DISTINCT FROM stands.id
            THEN 'only the last thing that happened can be taken back: take back or amend what came after it first'
        WHEN (to_jsonb(made) - meta) IS DISTINCT FROM (to_jsonb(earlier) - meta)
            THEN 'taking an event back restores the terms of before'
        WHEN made.valid_from > stands.valid_from THEN 'the terms of before count from the day of the event again'
        WHEN taken.successor_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.hedges_instrumentversion v WHERE v.instrument_id = taken.successor_id
              AND v.status = 'CANCELLED' AND v.event_id = public.hedgebook_current_event())
            THEN 'the trade that followed is cancelled with it'
        WHEN taken.near_leg_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.hedges_instrumentversion v WHERE v.instrument_id = taken.near_leg_id
              AND v.status = 'CANCELLED' AND v.event_id = public.hedgebook_current_event())
            THEN 'the near leg is cancelled with it'
    END;
END
$$;

-- What follows from an event counts after it; a near leg has no life of its own, and goes with the roll alone.
CREATE OR REPLACE FUNCTION public.hedgebook_successor_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    made_by public.hedges_instrumentevent;
    decided public.hedges_instrumentversion;
BEGIN
    SELECT v.* INTO decided FROM public.hedges_instrumentversion v WHERE v.id = NEW.version_id;
    IF decided.status = 'LIVE' THEN
        SELECT e.* INTO made_by FROM public.hedges_instrumentevent e
            WHERE e.successor_id = decided.instrument_id ORDER BY e.id LIMIT 1;
    END IF;
    IF made_by.version_id IS NULL THEN
        SELECT e.* INTO made_by FROM public.hedges_instrumentevent e
            WHERE e.near_leg_id = decided.instrument_id ORDER BY e.id LIMIT 1;
        IF made_by.version_id IS NOT NULL AND decided.version_number > 1 THEN
            SELECT e.* INTO made_by FROM public.hedges_instrumentevent e
                WHERE e.reverses_id = made_by.id AND e.event_id = decided.event_id ORDER BY e.id LIMIT 1;
            IF made_by.version_id IS NULL OR decided.status <> 'CANCELLED' THEN
                RAISE EXCEPTION 'the near leg of a roll stays as it was dealt: take the roll back instead'
                    USING ERRCODE = 'check_violation';
            END IF;
        END IF;
    END IF;
    IF made_by.version_id IS NOT NULL
       AND (SELECT a.decision FROM public.hedges_instrumentversionapproval a WHERE a.version_id = made_by.version_id)
           IS DISTINCT FROM 'APPROVED' THEN
        RAISE EXCEPTION 'this trade follows from %: approve what happens to that one first',
            (SELECT i.external_reference FROM public.hedges_instrument i WHERE i.id = made_by.instrument_id)
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

-- Why an instrument may not be a hedging instrument of a version, or nothing.
CREATE OR REPLACE FUNCTION public.hedgebook_instrument_refusal(designated public.hedges_hedgerelationshipversion,
                                                    file public.hedges_inceptionfile,
                                                    instrument public.hedges_instrumentversion, since date)
RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN instrument.status <> 'LIVE' THEN 'an instrument that is settled, unwound or cancelled cannot be designated'
        WHEN instrument.settlement_date < since THEN 'an instrument that has matured cannot be designated'
        WHEN EXISTS (SELECT FROM public.hedges_instrumentevent e WHERE e.near_leg_id = instrument.instrument_id)
            THEN 'the near leg of a roll closes a trade and hedges nothing'
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

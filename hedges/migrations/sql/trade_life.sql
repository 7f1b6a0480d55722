-- The life of a trade, further: non-deliverable forwards and futures are rolled, natural offsets end, and a trade that was
-- recorded or approved by mistake is cancelled (cancellation.sql).

-- Whether old trade and near leg pay together what the event says: what they exchange less each other or, of a
-- non-deliverable forward that settles in its base unit, that at the near rate, each amount rounded once.
CREATE FUNCTION public.hedgebook_near_leg_pays(
    rolled public.hedges_instrumentevent, near public.hedges_instrumentversion, stands public.hedges_instrumentversion
) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(CASE
        WHEN rolled.cash_amount IS NULL THEN near.counter_amount = -stands.counter_amount
        WHEN coalesce(stands.settlement_currency_id, stands.counter_currency_id) = stands.counter_currency_id
            THEN near.counter_amount = rolled.cash_amount - stands.counter_amount
        ELSE abs(near.counter_amount - stands.notional_amount * rolled.rate)
                 <= 0.5 * 10::numeric ^ -public.hedgebook_minor_units(stands.counter_currency_id)
             AND rolled.cash_currency_id = stands.settlement_currency_id
             AND abs(rolled.cash_amount - (near.counter_amount + stands.counter_amount) / rolled.rate)
                 <= 10::numeric ^ -public.hedgebook_minor_units(stands.settlement_currency_id)
                    + 10::numeric ^ -public.hedgebook_minor_units(stands.counter_currency_id) / rolled.rate
    END, false)
$$;

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
             OR NEW.kind = 'ROLL' AND trade.kind NOT IN ('FORWARD', 'FX_SWAP', 'NON_DELIVERABLE_FORWARD', 'FUTURE')
             OR NEW.kind = 'ENDING' AND trade.kind <> 'NATURAL_OFFSET'
             OR NEW.kind IN ('PARTIAL_SETTLEMENT', 'UNWINDING', 'NOVATION') AND trade.kind = 'NATURAL_OFFSET'
            THEN format('this is not what happens to %s, which is of kind %s', trade.external_reference, trade.kind)
        WHEN NEW.kind IN ('EXERCISE', 'LAPSE') AND NEW.event_date <> stands.expiry_date
            THEN format('%s is a European option: it is exercised or lapses on its expiry date %s',
                        trade.external_reference, stands.expiry_date)
        WHEN NEW.kind NOT IN ('REVERSAL', 'CANCELLATION') AND NEW.event_date > stands.settlement_date
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
        WHEN NEW.kind NOT IN ('CANCELLATION', 'REVERSAL') AND made.status = 'CANCELLED'
            THEN 'a trade is cancelled by a cancellation, not by what happens to it'
        WHEN NEW.kind = 'CANCELLATION' THEN public.hedgebook_cancellation_wrong(made, stands)
        WHEN NEW.kind = 'ENDING' AND (made.status, made.valid_from, made.valid_to)
            IS DISTINCT FROM ('UNWOUND'::varchar, NEW.event_date, NULL::date)
            THEN 'a natural offset ends on the day of the event'
        WHEN NEW.kind = 'ROLL' AND trade.kind = 'NON_DELIVERABLE_FORWARD' AND NEW.event_date > stands.fixing_date
            THEN format('%s was to be fixed on %s: fix it, and deal the next one', trade.external_reference, stands.fixing_date)
        WHEN NEW.kind = 'ROLL' AND NEW.near_leg_id IS NULL AND trade.kind <> 'FUTURE'
             AND NEW.event_date < stands.settlement_date
            THEN 'a roll that is dealt before the settlement is recorded with its near leg'
        WHEN NEW.kind = 'ROLL' AND trade.kind = 'FUTURE' AND NEW.near_leg_id IS NOT NULL
            THEN 'a future is closed at its exchange: its roll has no near leg'
        WHEN NEW.kind = 'ROLL' AND (made.status, made.valid_from) IS DISTINCT FROM (
            CASE trade.kind WHEN 'FUTURE' THEN 'UNWOUND' ELSE 'SETTLED' END::varchar,
            CASE trade.kind WHEN 'FUTURE' THEN NEW.event_date ELSE stands.settlement_date END)
            THEN 'a roll ends the old trade: a future on the day of the roll, any other on its settlement date'
        WHEN NEW.kind = 'ROLL' AND NOT EXISTS (
            SELECT FROM public.hedges_instrumentversion v WHERE v.instrument_id = NEW.successor_id AND v.version_number = 1
              AND v.kind = CASE trade.kind WHEN 'FX_SWAP' THEN 'FORWARD' ELSE trade.kind END AND v.status = 'LIVE'
              AND v.risk_id = stands.risk_id AND sign(v.notional_amount) = sign(stands.notional_amount)
              AND v.trade_date = NEW.event_date AND v.valid_from = NEW.event_date AND v.settlement_date > stands.settlement_date)
            THEN 'a roll is followed by a later trade of its kind, risk and side, dealt on the day of the roll'
        WHEN NEW.near_leg_id IS NOT NULL AND (
            (near.entity_id, near.kind, near.status, near.risk_id, near.counterparty_id, near.trade_date, near.valid_from,
             near.valid_to, near.settlement_date, near.notional_amount, near.counter_currency_id, near.fixing_date,
             near.settlement_currency_id)
            IS DISTINCT FROM (NEW.entity_id, CASE trade.kind WHEN 'FX_SWAP' THEN 'FORWARD' ELSE trade.kind END, 'LIVE'::varchar,
                              stands.risk_id, stands.counterparty_id, NEW.event_date, NEW.event_date, stands.settlement_date,
                              stands.settlement_date, -stands.notional_amount, stands.counter_currency_id,
                              stands.fixing_date, stands.settlement_currency_id)
            OR NOT public.hedgebook_near_leg_pays(NEW, near, stands))
            THEN 'the near leg is the opposite of the old trade to its settlement, and the two pay what the event says'
        WHEN NEW.kind = 'REVERSAL' THEN public.hedgebook_event_reversal_refusal(NEW, made, stands)
    END;
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION '%', refusal USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

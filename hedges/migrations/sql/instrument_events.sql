-- The life of a trade: what may follow what. An event and the version that it makes are recorded in one action, so that a
-- decision on the version is one on the event too; variation margin makes no version.

CREATE FUNCTION public.hedgebook_instrument_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    trade public.hedges_instrument;
    made public.hedges_instrumentversion;
    stands public.hedges_instrumentversion;
    last_version record;
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
        WHEN NEW.kind = 'REVERSAL' THEN public.hedgebook_event_reversal_refusal(NEW, made, stands)
    END;
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION '%', refusal USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

-- An event is taken back once, while its version is the one that stands, and its trade is then what it was before.
CREATE FUNCTION public.hedgebook_event_reversal_refusal(
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
    END;
END
$$;

-- The name sorts after the triggers that stamp the row.
CREATE TRIGGER instrumentevent_with_life BEFORE INSERT ON public.hedges_instrumentevent
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_instrument_event();

-- The trade that follows counts after the event that made it.
CREATE FUNCTION public.hedgebook_successor_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made_by record;
BEGIN
    SELECT i.external_reference, e.version_id, a.decision INTO made_by
        FROM public.hedges_instrumentversion v
        JOIN public.hedges_instrumentevent e ON e.successor_id = v.instrument_id
        JOIN public.hedges_instrument i ON i.id = e.instrument_id
        LEFT JOIN public.hedges_instrumentversionapproval a ON a.version_id = e.version_id
        WHERE v.id = NEW.version_id AND v.status = 'LIVE';
    IF made_by.version_id IS NOT NULL AND made_by.decision IS DISTINCT FROM 'APPROVED' THEN
        RAISE EXCEPTION 'this trade follows from %: approve what happens to that one first', made_by.external_reference
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER instrumentversionapproval_zz_follows BEFORE INSERT ON public.hedges_instrumentversionapproval
    FOR EACH ROW WHEN (NEW.decision = 'APPROVED') EXECUTE FUNCTION public.hedgebook_successor_decided();

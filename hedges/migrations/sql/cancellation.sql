-- Cancelling a trade that was recorded or approved by mistake: it counts from no day on. Nothing else may hang on it: no hedge
-- that was designated, no event that stands, no margin; looked at when it is recorded and again when it is decided on.

-- Why a trade is not cancelled, or nothing.
CREATE FUNCTION public.hedgebook_cancellation_refusal(trade bigint) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM public.hedges_instrumentevent e WHERE e.instrument_id = i.id AND e.kind = 'MARGIN')
            THEN format('variation margin of %s is on record: unwind it instead', i.external_reference)
        WHEN EXISTS (SELECT FROM public.hedges_instrumentallocation a WHERE a.instrument_id = i.id AND a.period_to > a.period_from)
            THEN format('%s is or was designated in a hedge relationship: what has hedged is unwound, not cancelled',
                        i.external_reference)
        WHEN EXISTS (
            SELECT FROM public.hedges_instrumentevent e
            LEFT JOIN public.hedges_instrumentversionapproval a ON a.version_id = e.version_id
            WHERE e.instrument_id = i.id AND e.kind NOT IN ('MARGIN', 'REVERSAL', 'CANCELLATION')
              AND a.decision IS DISTINCT FROM 'REJECTED'
              AND NOT EXISTS (SELECT FROM public.hedges_instrumentevent t
                              JOIN public.hedges_instrumentversionapproval d ON d.version_id = t.version_id
                                   AND d.decision = 'APPROVED' WHERE t.reverses_id = e.id))
            THEN format('something has happened to %s: take that back first', i.external_reference)
        WHEN EXISTS (SELECT FROM public.hedges_instrumentevent e WHERE e.successor_id = i.id)
            THEN format('%s follows from another trade: take that event back instead', i.external_reference)
    END FROM public.hedges_instrument i WHERE i.id = trade
$$;

-- Why a version is not that of a cancellation, or nothing: it keeps the terms, and counts from the first day on for good.
CREATE FUNCTION public.hedgebook_cancellation_wrong(
    made public.hedges_instrumentversion, stands public.hedges_instrumentversion
) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN made.status <> 'CANCELLED' THEN 'a cancellation cancels its trade'
        WHEN (to_jsonb(made) - own.names) IS DISTINCT FROM (to_jsonb(stands) - own.names)
            THEN 'a cancellation keeps the terms of the trade'
        WHEN made.valid_to IS NOT NULL OR made.valid_from > (
            SELECT min(v.valid_from) FROM public.hedges_instrumentversion v
            JOIN public.hedges_instrumentversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
            WHERE v.instrument_id = made.instrument_id)
            THEN 'a trade that is cancelled counts from no day on: the version begins with the first one'
        ELSE public.hedgebook_cancellation_refusal(made.instrument_id)
    END FROM (SELECT ARRAY['id', 'event_id', 'recorded_at', 'content_digest', 'version_number', 'valid_from', 'valid_to',
                           'author_id', 'change_reason', 'status'] AS names) own
$$;

-- What follows from an event counts after it; a near leg has no life of its own, and goes with the roll alone.
CREATE OR REPLACE FUNCTION public.hedgebook_successor_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    made_by public.hedges_instrumentevent;
    decided public.hedges_instrumentversion;
    refusal text;
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
    IF decided.status = 'CANCELLED' THEN
        -- Held until the decision is recorded: what would designate the trade, or happen to it, waits for it.
        PERFORM FROM public.hedges_instrument i WHERE i.id = decided.instrument_id FOR UPDATE;
        IF EXISTS (SELECT FROM public.hedges_instrumentevent e WHERE e.version_id = decided.id AND e.kind = 'CANCELLATION') THEN
            refusal := public.hedgebook_cancellation_refusal(decided.instrument_id);
        ELSIF NOT EXISTS (
            SELECT FROM public.hedges_instrumentevent e JOIN public.hedges_instrumentevent taken ON taken.id = e.reverses_id
            WHERE e.event_id = decided.event_id AND decided.instrument_id IN (taken.successor_id, taken.near_leg_id)) THEN
            refusal := 'a trade is cancelled by a cancellation, or with the event that it follows from';
        END IF;
        IF refusal IS NOT NULL THEN
            RAISE EXCEPTION '%', refusal USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;

-- A natural offset that was cancelled, or has ended by the day: its item may be a hedged item again.
CREATE FUNCTION public.hedgebook_offset_is_over(natural_offset bigint, since date) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((
        SELECT v.status <> 'LIVE' AND v.valid_from <= since
               AND NOT EXISTS (SELECT FROM public.hedges_instrumentversion w
                               LEFT JOIN public.hedges_instrumentversionapproval d ON d.version_id = w.id
                               WHERE w.instrument_id = v.instrument_id AND w.version_number > v.version_number AND d.id IS NULL)
        FROM public.hedges_instrumentversion v
        JOIN public.hedges_instrumentversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
        WHERE v.instrument_id = natural_offset ORDER BY v.version_number DESC LIMIT 1), false)
$$;

-- As it was, but for a natural offset that is over, and for a trade that is cancelled at the same time.
CREATE OR REPLACE FUNCTION public.hedgebook_allocation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    is_item boolean := TG_ARGV[0] = 'item';
    subject bigint := (to_jsonb(NEW) ->> CASE WHEN is_item THEN 'exposure_id' ELSE 'instrument_id' END)::bigint;
    version bigint := (to_jsonb(NEW) ->> CASE WHEN is_item THEN 'exposure_version_id' ELSE 'instrument_version_id' END)::bigint;
    designated public.hedges_hedgerelationshipversion;
    file public.hedges_inceptionfile;
    item public.exposures_exposureversion;
    instrument public.hedges_instrumentversion;
    is_first boolean;
    stays boolean := false;
    begins date;
    newest bigint;
    amount numeric;
    unit text;
    refusal text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.released_at IS NOT NULL OR NEW.period_to >= OLD.period_to OR NEW.period_to < OLD.period_from THEN
            RAISE EXCEPTION 'an allocation is released once, to an earlier date' USING ERRCODE = 'check_violation';
        END IF;
        IF NOT EXISTS (
            SELECT FROM public.hedges_hedgerelationshipversion own
            JOIN public.hedges_hedgerelationshipversion v ON v.relationship_id = own.relationship_id
            JOIN public.hedges_hedgerelationshipversionapproval a ON a.version_id = v.id
            WHERE own.id = OLD.relationship_version_id AND a.event_id = public.hedgebook_current_event()
              AND CASE WHEN a.decision = 'APPROVED'
                       THEN v.version_number > 1 AND NEW.period_to = greatest(OLD.period_from, v.valid_from)
                       ELSE v.id = own.id AND NEW.period_to = OLD.period_from END) THEN
            RAISE EXCEPTION 'an allocation is released by the decision on its relationship: an approved change, from its date, or a rejection'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.released_at := public.hedgebook_now();
        RETURN NEW;
    END IF;
    SELECT * INTO designated FROM public.hedges_hedgerelationshipversion WHERE id = NEW.relationship_version_id;
    SELECT * INTO file FROM public.hedges_inceptionfile WHERE id = designated.inception_file_id;
    is_first := designated.version_number = 1;
    IF (CASE WHEN is_first THEN designated.event_id
             ELSE (SELECT a.event_id FROM public.hedges_hedgerelationshipversionapproval a
                   WHERE a.version_id = designated.id AND a.decision = 'APPROVED') END)
       IS DISTINCT FROM public.hedgebook_current_event() THEN
        RAISE EXCEPTION 'allocations are recorded together with their relationship version, those of a change with its approval'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    begins := CASE WHEN is_first THEN coalesce(designated.accounting_from, designated.designation_date)
                   ELSE designated.valid_from END;
    IF NEW.period_to <= NEW.period_from OR NEW.period_from < begins OR NEW.period_to > designated.hedge_end_date + 1 THEN
        RAISE EXCEPTION 'an allocation lies within the hedged period, which begins with the documentation'
            USING ERRCODE = 'check_violation';
    END IF;
    NEW.struck_on := coalesce(NEW.struck_on, NEW.period_from);
    IF NOT is_first THEN
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM public.%1$I a JOIN public.hedges_hedgerelationshipversion v
                 ON v.id = a.relationship_version_id
             WHERE v.relationship_id = $1 AND a.%2$I = $2 AND a.struck_on = $3 AND a.released_at IS NOT NULL
               AND a.unit_from <= $4 AND a.unit_to >= $5 AND a.planned_to = $6
               AND a.period_to = greatest($7, a.period_from) AND greatest($7, a.period_from) = $8)',
            TG_TABLE_NAME, CASE WHEN is_item THEN 'exposure_version_id' ELSE 'instrument_version_id' END)
            INTO stays USING designated.relationship_id, version, NEW.struck_on, NEW.unit_from, NEW.unit_to,
                             NEW.period_to, designated.valid_from, NEW.period_from;
    END IF;
    IF NEW.struck_on <> NEW.period_from AND NOT stays THEN
        RAISE EXCEPTION 'what is designated is struck when its period begins' USING ERRCODE = 'check_violation';
    END IF;
    NEW.planned_to := NEW.period_to;
    NEW.released_at := NULL;
    IF is_item THEN
        -- The exposure's row is locked, so that it does not become a natural offset meanwhile.
        PERFORM FROM public.exposures_exposure WHERE id = subject FOR NO KEY UPDATE;
        SELECT v.id INTO newest FROM public.exposures_exposureversion v
            JOIN public.exposures_exposureversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
            WHERE v.exposure_id = subject ORDER BY v.version_number DESC LIMIT 1;
        SELECT * INTO item FROM public.exposures_exposureversion WHERE id = version;
        amount := item.exposure_amount;
        unit := item.exposure_currency_id;
        IF EXISTS (SELECT FROM public.hedges_instrument i WHERE i.offset_exposure_id = subject
                   AND NOT public.hedgebook_offset_is_over(i.id, NEW.period_from)) THEN
            RAISE EXCEPTION 'this exposure is a natural offset: it is cover, and no hedged item as well'
                USING ERRCODE = 'check_violation';
        END IF;
        refusal := public.hedgebook_item_refusal(designated.hedge_type, file.release_pattern, item, NEW.period_from);
    ELSE
        -- The trade's row is held, so that it is not cancelled meanwhile.
        PERFORM FROM public.hedges_instrument WHERE id = subject FOR KEY SHARE;
        SELECT v.id INTO newest FROM public.hedges_instrumentversion v
            JOIN public.hedges_instrumentversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
            WHERE v.instrument_id = subject ORDER BY v.version_number DESC LIMIT 1;
        SELECT * INTO instrument FROM public.hedges_instrumentversion WHERE id = version;
        amount := instrument.notional_amount;
        unit := instrument.notional_currency_id;
        refusal := public.hedgebook_instrument_refusal(designated, file, instrument, NEW.period_from);
    END IF;
    IF newest IS DISTINCT FROM version AND NOT stays THEN
        RAISE EXCEPTION 'only the newest approved version can be designated' USING ERRCODE = 'check_violation';
    END IF;
    -- What stays after a change of volume was eligible when it was struck.
    IF refusal IS NOT NULL AND NOT stays THEN
        RAISE EXCEPTION '%', refusal USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.designated_amount = 'NaN' OR sign(NEW.designated_amount) <> sign(amount)
       OR public.hedgebook_amount_units(NEW.designated_amount, unit) <> NEW.unit_to - NEW.unit_from THEN
        RAISE EXCEPTION 'the designated amount is that of the units, with the sign of what it is part of'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

-- An end or a cancellation says nothing of the item, which may have changed meanwhile.
DROP TRIGGER instrumentversion_natural_offset ON public.hedges_instrumentversion;
CREATE TRIGGER instrumentversion_natural_offset BEFORE INSERT ON public.hedges_instrumentversion
    FOR EACH ROW WHEN (NEW.kind = 'NATURAL_OFFSET' AND NEW.status = 'LIVE') EXECUTE FUNCTION public.hedgebook_natural_offset();

-- Changes of relationships: what may follow a designation, the layers that an approval puts in force, and the closed
-- period as the limit of both. An entity's row is the gate between its changes and its closes: changes pass it together,
-- a close passes it alone.

-- The first day of an entity's book that is not closed, or nothing where no period is.
CREATE FUNCTION public.hedgebook_first_open_day(entity bigint) RETURNS date LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT (max(period_start) + interval '1 month')::date FROM public.hedges_accountingperiod p
    WHERE p.entity_id = entity AND p.status = 'CLOSED'
$$;

CREATE FUNCTION public.hedgebook_in_open_period(entity bigint, day date) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF day < public.hedgebook_first_open_day(entity) THEN
        RAISE EXCEPTION 'the period of % is closed: a change can begin on % at the earliest', day,
            public.hedgebook_first_open_day(entity) USING ERRCODE = 'check_violation';
    END IF;
END
$$;

-- Changes and decisions pass the gate first, then lock their relationship; a close passes it, then writes about them.
CREATE FUNCTION public.hedgebook_gate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_ARGV[0] = 'version' THEN
        PERFORM FROM public.treasury_entity WHERE id = (to_jsonb(NEW) ->> 'entity_id')::bigint FOR SHARE;
    ELSE
        PERFORM FROM public.treasury_entity e JOIN public.hedges_hedgerelationshipversion v ON v.entity_id = e.id
            WHERE v.id = (to_jsonb(NEW) ->> 'version_id')::bigint FOR SHARE OF e;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER hedgerelationshipversion_b_gate BEFORE INSERT ON public.hedges_hedgerelationshipversion
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_gate('version');
CREATE TRIGGER hedgerelationshipversionapproval_ab_gate BEFORE INSERT ON public.hedges_hedgerelationshipversionapproval
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_gate('approval');

-- A later version of a relationship. The trigger's name sorts after the one that gives the number and locks.
CREATE FUNCTION public.hedgebook_relationship_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    stands public.hedges_hedgerelationshipversion;
    is_empty boolean;
    refusal text;
BEGIN
    SELECT v.* INTO stands FROM public.hedges_hedgerelationshipversion v
        JOIN public.hedges_hedgerelationshipversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
        WHERE v.relationship_id = NEW.relationship_id ORDER BY v.version_number DESC LIMIT 1;
    is_empty := coalesce(jsonb_array_length(NEW.volumes -> 'items'), 0) = 0
                OR coalesce(jsonb_array_length(NEW.volumes -> 'instruments'), 0) = 0;
    refusal := CASE
        WHEN stands.id IS NULL THEN 'a designation that is not approved cannot be changed'
        WHEN EXISTS (SELECT FROM public.hedges_hedgerelationshipversion v WHERE v.relationship_id = NEW.relationship_id
                     AND NOT EXISTS (SELECT FROM public.hedges_hedgerelationshipversionapproval a WHERE a.version_id = v.id))
            THEN 'a change of this relationship waits for approval: approve or reject it first'
        WHEN stands.status <> 'DESIGNATED' THEN 'a relationship that was stopped does not change any more: designate anew'
        WHEN (NEW.entity_id, NEW.hedge_type, NEW.framework, NEW.risk_id, NEW.designated_component, NEW.designation_date,
              NEW.hedge_end_date, NEW.assessment_method, NEW.inception_file_id)
             IS DISTINCT FROM (stands.entity_id, stands.hedge_type, stands.framework, stands.risk_id,
                               stands.designated_component, stands.designation_date, stands.hedge_end_date,
                               stands.assessment_method, stands.inception_file_id)
            THEN 'a change keeps what was designated; another type, framework, risk, component, term, method or file is a new designation'
        WHEN NEW.valid_from < stands.accounting_from OR NEW.valid_from > stands.hedge_end_date
            THEN 'a change begins within the hedged period'
        WHEN NEW.valid_from < stands.valid_from AND stands.version_number > 1
            THEN 'a change does not begin before the one that is in force'
        WHEN NEW.valid_to IS NOT NULL THEN 'a change has no end: another change follows it'
        WHEN NEW.volumes IS NULL OR NEW.effect IS NULL THEN 'a change says its volumes and its effect'
        WHEN (NEW.status = 'DISCONTINUED') <> is_empty OR NEW.status = 'MATURED'
            THEN 'a relationship is discontinued where nothing stays of its items or its instruments'
        WHEN NEW.change_kind = 'REBALANCING' AND (NEW.framework <> 'IFRS9' OR is_empty
             OR NEW.change_cause <> 'RELATIONSHIP_SHIFTED' OR NEW.hedge_type = 'ECONOMIC')
            THEN 'only IFRS 9 rebalances, where the relationship shifted and the objective stands (6.5.5)'
        WHEN NEW.change_kind = 'DE_DESIGNATION' AND (NEW.change_cause <> 'VOLUNTARY'
             OR NEW.framework = 'IFRS9' AND NEW.hedge_type <> 'ECONOMIC')
            THEN 'IFRS 9 knows no voluntary end of hedge accounting (6.5.6)'
        WHEN NEW.change_kind IN ('DISCONTINUATION', 'PARTIAL_DISCONTINUATION')
             AND (NEW.change_cause IN ('VOLUNTARY', 'RELATIONSHIP_SHIFTED') OR is_empty <> (NEW.change_kind = 'DISCONTINUATION'))
            THEN 'a discontinuation has a cause that the standard knows, and is whole or in part as its volumes are'
        WHEN NEW.change_kind IS NULL OR NEW.change_kind = 'DESIGNATION' OR NEW.change_cause IS NULL
            THEN 'a version that follows a designation is a change with its cause'
    END;
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION '%', refusal USING ERRCODE = 'check_violation';
    END IF;
    PERFORM public.hedgebook_in_open_period(NEW.entity_id, NEW.valid_from);
    RETURN NEW;
END
$$;
CREATE TRIGGER hedgerelationshipversion_with_change BEFORE INSERT ON public.hedges_hedgerelationshipversion
    FOR EACH ROW WHEN (NEW.version_number > 1) EXECUTE FUNCTION public.hedgebook_relationship_change();

-- The layers of a change as its version plans them.
CREATE FUNCTION public.hedgebook_planned_layers(version bigint)
RETURNS TABLE (is_item boolean, subject_id bigint, subject_version_id bigint, amount numeric, unit_from bigint,
               unit_to bigint, period_from date, period_to date, struck_on date)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.exposure IS NOT NULL, coalesce(l.exposure, l.instrument), coalesce(l.exposure_version, l.instrument_version),
           l.amount, l.unit_from, l.unit_to, l.period_from, l.period_to, l.struck_on
    FROM public.hedges_hedgerelationshipversion v,
         jsonb_to_recordset(coalesce(v.volumes -> 'items', '[]') || coalesce(v.volumes -> 'instruments', '[]')) AS l (
             exposure bigint, exposure_version bigint, instrument bigint, instrument_version bigint, amount numeric,
             unit_from bigint, unit_to bigint, period_from date, period_to date, struck_on date)
    WHERE v.id = version
$$;

-- What is approved begins in an open period; when the transaction ends the layers in force are those of a change's plan.
CREATE FUNCTION public.hedgebook_change_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    change public.hedges_hedgerelationshipversion;
BEGIN
    SELECT * INTO change FROM public.hedges_hedgerelationshipversion WHERE id = NEW.version_id;
    IF change.version_number > 1 THEN
        PERFORM public.hedgebook_in_open_period(change.entity_id, change.valid_from);
    ELSIF change.hedge_type <> 'ECONOMIC' AND change.accounting_from < public.hedgebook_first_open_day(change.entity_id) THEN
        RAISE EXCEPTION 'the period of % is closed: a designation cannot begin there; reject it and designate anew',
            change.accounting_from USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER hedgerelationshipversionapproval_in_open_period BEFORE INSERT ON public.hedges_hedgerelationshipversionapproval
    FOR EACH ROW WHEN (NEW.decision = 'APPROVED') EXECUTE FUNCTION public.hedgebook_change_decided();

CREATE FUNCTION public.hedgebook_change_in_force() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    change public.hedges_hedgerelationshipversion;
    refusal text;
    differs boolean;
BEGIN
    SELECT * INTO change FROM public.hedges_hedgerelationshipversion WHERE id = NEW.version_id;
    IF change.version_number = 1 THEN
        RETURN NULL;
    END IF;
    WITH actual AS (
        SELECT true, a.exposure_id, a.exposure_version_id, a.designated_amount, a.unit_from, a.unit_to,
               greatest(a.period_from, change.valid_from), a.period_to, a.struck_on, a.relationship_version_id = change.id
        FROM public.hedges_itemallocation a
        JOIN public.hedges_hedgerelationshipversion v ON v.id = a.relationship_version_id
        WHERE v.relationship_id = change.relationship_id AND a.period_to > greatest(a.period_from, change.valid_from)
        UNION ALL
        SELECT false, a.instrument_id, a.instrument_version_id, a.designated_amount, a.unit_from, a.unit_to,
               greatest(a.period_from, change.valid_from), a.period_to, a.struck_on, a.relationship_version_id = change.id
        FROM public.hedges_instrumentallocation a
        JOIN public.hedges_hedgerelationshipversion v ON v.id = a.relationship_version_id
        WHERE v.relationship_id = change.relationship_id AND a.period_to > greatest(a.period_from, change.valid_from)
    ), planned AS (
        SELECT *, true FROM public.hedgebook_planned_layers(change.id)
    )
    SELECT EXISTS ((SELECT * FROM actual EXCEPT ALL SELECT * FROM planned)
                   UNION ALL (SELECT * FROM planned EXCEPT ALL SELECT * FROM actual)) INTO differs;
    IF differs THEN
        RAISE EXCEPTION 'the layers in force from % are not those of the approved change', change.valid_from
            USING ERRCODE = 'check_violation';
    END IF;
    IF change.status = 'DESIGNATED' THEN
        refusal := public.hedgebook_parts_refusal(change);
        -- A relationship under a second framework may change on its own: rebalancing exists in one of them only.
        IF refusal NOT LIKE 'a parallel relationship%' THEN
            RAISE EXCEPTION '%', refusal USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER hedgebook_change_in_force AFTER INSERT ON public.hedges_hedgerelationshipversionapproval
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.decision = 'APPROVED') EXECUTE FUNCTION public.hedgebook_change_in_force();

-- Allocations: those of a change are made when it is approved. What stays over it keeps its version, its terms and the
-- date it was struck on; what is new is eligible and taken from the newest approved version.
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
        IF EXISTS (SELECT FROM public.hedges_instrument WHERE offset_exposure_id = subject) THEN
            RAISE EXCEPTION 'this exposure is a natural offset: it is cover, and no hedged item as well'
                USING ERRCODE = 'check_violation';
        END IF;
        refusal := public.hedgebook_item_refusal(designated.hedge_type, file.release_pattern, item, NEW.period_from);
    ELSE
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

-- A period is closed with every change of it decided, and measured with what was decided.
CREATE FUNCTION public.hedgebook_period_takes_changes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    past_end date := (NEW.period_start + interval '1 month')::date;
    known timestamptz := (SELECT known_at FROM public.treasury_calculationrun WHERE id = NEW.run_id);
    overlooked text;
BEGIN
    PERFORM FROM public.treasury_entity WHERE id = NEW.entity_id FOR NO KEY UPDATE;
    SELECT string_agg(DISTINCT r.code, ', ' ORDER BY r.code) INTO overlooked
        FROM public.hedges_hedgerelationshipversion v
        JOIN public.hedges_hedgerelationship r ON r.id = v.relationship_id
        LEFT JOIN public.hedges_hedgerelationshipversionapproval a ON a.version_id = v.id
        WHERE v.entity_id = NEW.entity_id
          AND CASE WHEN v.version_number > 1 THEN v.valid_from
                   WHEN v.hedge_type <> 'ECONOMIC' THEN v.accounting_from END < past_end
          AND (a.id IS NULL OR a.decision = 'APPROVED' AND a.recorded_at > known);
    IF overlooked IS NOT NULL THEN
        RAISE EXCEPTION 'versions of % wait for a decision or were approved after the close had begun: decide, and close again',
            overlooked USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER accountingperiod_takes_changes BEFORE UPDATE ON public.hedges_accountingperiod
    FOR EACH ROW WHEN (NEW.status = 'CLOSED' AND OLD.status <> 'CLOSED')
    EXECUTE FUNCTION public.hedgebook_period_takes_changes();

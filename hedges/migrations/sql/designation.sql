-- Designation: complete, in time, eligible, and approved by a second person who is entitled to; units free again after
-- a rejection. Economic hedges have no hedge accounting, so that they need no documentation.

-- Whether a person has one of these roles at an entity, or at every entity.
CREATE FUNCTION public.hedgebook_has_role(person bigint, entity bigint, VARIADIC wanted text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.treasury_membership m
                   WHERE m.user_id = person AND (m.entity_id IS NULL OR m.entity_id = entity) AND m.role = ANY (wanted))
$$;

-- A version of a relationship. The trigger's name sorts after those that give the number and the beginning.
CREATE FUNCTION public.hedgebook_designation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_relationship record;
    file public.hedges_inceptionfile;
    first public.hedges_hedgerelationshipversion;
    pack record;
    today date;
    missing text[];
    excludes boolean;
    refusal text;
BEGIN
    SELECT r.parallel_of_id, r.entity_id, e.accounting_framework, e.time_zone, p.entity_id AS first_entity_id,
           p.parallel_of_id AS first_of_all_id INTO of_relationship
        FROM public.hedges_hedgerelationship r JOIN public.treasury_entity e ON e.id = r.entity_id
        LEFT JOIN public.hedges_hedgerelationship p ON p.id = r.parallel_of_id
        WHERE r.id = NEW.relationship_id;
    IF of_relationship.parallel_of_id IS NULL THEN
        IF NEW.framework <> of_relationship.accounting_framework THEN
            RAISE EXCEPTION 'the framework is the entity''s, %; another one needs a relationship that it is parallel to',
                of_relationship.accounting_framework USING ERRCODE = 'check_violation';
        END IF;
    ELSIF of_relationship.first_entity_id <> of_relationship.entity_id OR of_relationship.first_of_all_id IS NOT NULL
          OR EXISTS (SELECT FROM public.hedges_hedgerelationshipversion
                     WHERE relationship_id = of_relationship.parallel_of_id AND framework = NEW.framework) THEN
        RAISE EXCEPTION 'a parallel relationship has the entity of its first one and another framework'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.version_number > 1 THEN
        SELECT * INTO first FROM public.hedges_hedgerelationshipversion
            WHERE relationship_id = NEW.relationship_id AND version_number = 1;
        IF (NEW.hedge_type, NEW.framework, NEW.risk_id, NEW.designated_component, NEW.designation_date, NEW.inception_file_id)
           IS DISTINCT FROM (first.hedge_type, first.framework, first.risk_id, first.designated_component,
                             first.designation_date, first.inception_file_id) THEN
            RAISE EXCEPTION 'a change keeps what was designated: type, framework, risk, component, date and file'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM public.hedges_hedgerelationshipversionapproval
                       WHERE version_id = first.id AND decision = 'APPROVED') THEN
            RAISE EXCEPTION 'a designation that is not approved cannot be changed' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NOT public.hedgebook_has_role(NEW.author_id, NEW.entity_id, 'HEDGE_ACCOUNTANT', 'TREASURER') THEN
        RAISE EXCEPTION 'the preparer of a % is a hedge accountant or treasurer of the entity',
            CASE WHEN NEW.version_number = 1 THEN 'designation' ELSE 'change' END
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.version_number = 1 AND (NEW.valid_from <> NEW.designation_date OR NEW.valid_to IS NOT NULL
                                   OR NEW.status <> 'DESIGNATED') THEN
        RAISE EXCEPTION 'a designation is valid from its designation date, without an end, in the status DESIGNATED'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.hedge_type = 'ECONOMIC' THEN
        RETURN NEW;
    END IF;
    missing := array_remove(ARRAY[
        CASE WHEN NEW.inception_file_id IS NULL THEN 'inception_file' END,
        CASE WHEN NEW.objective !~ '\S' THEN 'objective' END,
        CASE WHEN NEW.rationale !~ '\S' THEN 'rationale' END,
        CASE WHEN NEW.ineffectiveness_sources !~ '\S' THEN 'ineffectiveness_sources' END,
        CASE WHEN NEW.change_kind IS NULL THEN 'change_kind' END], NULL);
    IF missing <> '{}' THEN
        RAISE EXCEPTION 'the documentation lacks %', array_to_string(missing, ', ') USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.change_kind = 'DESIGNATION') <> (NEW.version_number = 1) THEN
        RAISE EXCEPTION 'the first version is the designation, each later one another change' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.version_number > 1 THEN
        RETURN NEW;
    END IF;
    today := (public.hedgebook_now() AT TIME ZONE of_relationship.time_zone)::date;
    IF NEW.designation_date < today AND NEW.late_reason IS NULL THEN
        RAISE EXCEPTION 'the designation date is before the day of the documentation, %, and no reason is given', today
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO file FROM public.hedges_inceptionfile WHERE id = NEW.inception_file_id;
    SELECT framework, valid_from, valid_to INTO pack FROM public.treasury_rulepack WHERE id = file.rule_pack_id;
    excludes := NEW.designated_component IN ('SPOT', 'INTRINSIC') OR file.basis_excluded;
    refusal := CASE
        WHEN file.relationship_id <> NEW.relationship_id THEN 'the inception file is of another relationship'
        WHEN pack.framework <> NEW.framework OR pack.valid_from > NEW.accounting_from OR pack.valid_to <= NEW.accounting_from
            THEN 'the rule pack is of another framework or not in force when hedge accounting begins'
        WHEN NEW.designated_component IN ('FORWARD', 'TIME_VALUE')
            THEN 'a forward element or time value can be excluded, not designated (6.2.4)'
        WHEN excludes <> (file.excluded_treatment IS NOT NULL)
            THEN 'excluded_treatment says what becomes of an excluded part, and is empty where there is none'
        WHEN NEW.framework = 'IAS39' AND file.basis_excluded
            THEN 'IAS 39 excludes a forward element or time value, not the currency basis alone (39.74)'
        WHEN NEW.framework = 'IAS39' AND file.excluded_treatment = 'DEFERRED'
            THEN 'under IAS 39 what is excluded goes to profit or loss (39.96)'
        WHEN NEW.framework = 'IFRS9' AND NEW.designated_component = 'INTRINSIC' AND file.excluded_treatment <> 'DEFERRED'
            THEN 'under IFRS 9 an excluded time value is deferred (6.5.15)'
        WHEN (file.excluded_treatment IS NOT DISTINCT FROM 'DEFERRED') <> (file.cost_relation IS NOT NULL)
            THEN 'a deferred cost of hedging has its cost_relation, and nothing else has (B6.5.29)'
        WHEN file.spot_is_discounted AND NEW.designated_component <> 'SPOT'
            THEN 'only a designated spot element is discounted or not'
        WHEN (file.release_pattern = 'ON_DISPOSAL') <> (NEW.hedge_type = 'NET_INVESTMENT')
            THEN 'ON_DISPOSAL is for net investments, and they have no other release (6.5.14)'
        WHEN NEW.hedge_type = 'FAIR_VALUE' AND file.release_pattern <> 'WITH_ITEM'
            THEN 'a fair value hedge has no reserve: WITH_ITEM'
        WHEN file.keeps_basis_in_reserve AND (file.release_pattern <> 'BASIS_ADJUSTMENT' OR NEW.framework = 'IFRS9')
            THEN 'keeps_basis_in_reserve is for a BASIS_ADJUSTMENT under IAS 39 or ASC 815; IFRS 9 adjusts the item (6.5.11(d)(i))'
        WHEN NEW.framework = 'ASC815' AND file.release_pattern = 'BASIS_ADJUSTMENT' AND NOT file.keeps_basis_in_reserve
            THEN 'ASC 815 has no basis adjustment: keeps_basis_in_reserve (815-30-35-38)'
        WHEN file.earnings_lag_days > 0 AND NOT file.keeps_basis_in_reserve
            THEN 'earnings_lag_days is for a reserve that is kept after the item''s date'
    END;
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION '%', refusal USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER hedgerelationshipversion_whole BEFORE INSERT ON public.hedges_hedgerelationshipversion
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_designation();

-- The file comes before the designation that refers to it, one for each relationship. The relationship is locked, so
-- that two files have one order.
CREATE FUNCTION public.hedgebook_one_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.hedges_hedgerelationship WHERE id = NEW.relationship_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM public.hedges_inceptionfile WHERE relationship_id = NEW.relationship_id)
       OR EXISTS (SELECT FROM public.hedges_hedgerelationshipversion WHERE relationship_id = NEW.relationship_id) THEN
        RAISE EXCEPTION 'a relationship has one inception file, that of its designation; another one is a new designation'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER inceptionfile_one BEFORE INSERT ON public.hedges_inceptionfile
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_one_file();

-- Why an exposure may not be a hedged item of a version, or nothing.
CREATE FUNCTION public.hedgebook_item_refusal(hedge_type text, release_pattern text, item public.exposures_exposureversion,
                                              since date) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN item.status <> 'OPEN' THEN 'an item that is settled, cancelled or no longer expected cannot be designated'
        WHEN item.expected_date < since THEN 'an item whose date has passed cannot be designated'
        WHEN hedge_type = 'ECONOMIC' THEN NULL
        WHEN (hedge_type = 'NET_INVESTMENT') <> (item.kind = 'NET_INVESTMENT')
            THEN 'a net investment, and nothing else, is hedged by a net investment hedge (6.5.2)'
        WHEN item.kind = 'FORECAST' THEN 'a forecast is a hedged item only if it is highly probable (6.3.3)'
        WHEN hedge_type = 'FAIR_VALUE' AND item.kind = 'HIGHLY_PROBABLE_FORECAST'
            THEN 'a forecast has no fair value to hedge: recognised items and firm commitments have (6.5.2)'
        WHEN hedge_type = 'CASH_FLOW' AND item.kind = 'FIRM_COMMITMENT' AND risk.kind <> 'CURRENCY_PAIR'
            THEN 'of a firm commitment only the currency risk can be a cash flow hedge (6.5.4)'
        WHEN hedge_type = 'CASH_FLOW' AND item.kind IN ('RECOGNISED_ASSET', 'RECOGNISED_LIABILITY')
             AND risk.kind <> 'CURRENCY_PAIR' AND (risk.kind <> 'RATE_INDEX' OR item.payment_months IS NULL)
            THEN 'a recognised item has cash flows at risk in currency or variable interest (6.5.2)'
        WHEN release_pattern = 'AS_REMEASURED' AND item.kind NOT IN ('RECOGNISED_ASSET', 'RECOGNISED_LIABILITY')
            THEN 'AS_REMEASURED is for recognised items'
        WHEN release_pattern = 'BASIS_ADJUSTMENT' AND item.kind NOT IN ('HIGHLY_PROBABLE_FORECAST', 'FIRM_COMMITMENT')
            THEN 'BASIS_ADJUSTMENT is for items that are still to be recognised (6.5.11(d)(i))'
    END FROM public.treasury_risk risk WHERE risk.id = item.risk_id
$$;

-- Why an instrument may not be a hedging instrument of a version, or nothing.
CREATE FUNCTION public.hedgebook_instrument_refusal(designated public.hedges_hedgerelationshipversion,
                                                    file public.hedges_inceptionfile,
                                                    instrument public.hedges_instrumentversion, since date)
RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN instrument.status <> 'LIVE' THEN 'an instrument that is settled, unwound or cancelled cannot be designated'
        WHEN instrument.settlement_date < since THEN 'an instrument that has matured cannot be designated'
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
    END FROM public.treasury_risk hedged, public.treasury_risk own
    WHERE hedged.id = designated.risk_id AND own.id = instrument.risk_id
$$;

-- What a relationship has designated from a day on, by subject and period: the runs of units, however they are cut.
CREATE FUNCTION public.hedgebook_units_from(relationship bigint, since date)
RETURNS TABLE (exposure_id bigint, instrument_id bigint, period_from date, period_to date, units int8multirange)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.exposure_id, NULL::bigint, greatest(a.period_from, since), a.period_to,
           range_agg(int8range(a.unit_from, a.unit_to))
    FROM public.hedges_itemallocation a JOIN public.hedges_hedgerelationshipversion v ON v.id = a.relationship_version_id
    WHERE v.relationship_id = relationship AND a.released_at IS NULL AND a.period_to > since GROUP BY 1, 3, 4
    UNION ALL
    SELECT NULL, a.instrument_id, greatest(a.period_from, since), a.period_to, range_agg(int8range(a.unit_from, a.unit_to))
    FROM public.hedges_instrumentallocation a JOIN public.hedges_hedgerelationshipversion v ON v.id = a.relationship_version_id
    WHERE v.relationship_id = relationship AND a.released_at IS NULL AND a.period_to > since GROUP BY 2, 3, 4
$$;

-- Why a designation is not the same hedge as its first one, or nothing. What the frameworks may elect on their own is in
-- the file: the treatment of what is excluded, the currency basis, the release, the rule pack.
CREATE FUNCTION public.hedgebook_parallel_refusal(designated public.hedges_hedgerelationshipversion) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    first_id bigint := (SELECT parallel_of_id FROM public.hedges_hedgerelationship WHERE id = designated.relationship_id);
    first public.hedges_hedgerelationshipversion;
BEGIN
    IF first_id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT v.* INTO first FROM public.hedges_hedgerelationshipversion v
        LEFT JOIN public.hedges_hedgerelationshipversionapproval a ON a.version_id = v.id
        WHERE v.relationship_id = first_id AND (v.version_number = 1 OR a.decision = 'APPROVED')
        ORDER BY v.version_number DESC LIMIT 1;
    RETURN CASE
        WHEN (first.hedge_type, first.risk_id, first.designated_component, first.hedge_end_date, first.designated_hedge_ratio)
             IS DISTINCT FROM (designated.hedge_type, designated.risk_id, designated.designated_component,
                               designated.hedge_end_date, designated.designated_hedge_ratio)
            THEN 'a parallel relationship has the type, risk, component, end and hedge ratio of its first one'
        WHEN EXISTS ((SELECT * FROM public.hedgebook_units_from(first_id, designated.accounting_from)
                      EXCEPT ALL
                      SELECT * FROM public.hedgebook_units_from(designated.relationship_id, designated.accounting_from))
                     UNION ALL
                     (SELECT * FROM public.hedgebook_units_from(designated.relationship_id, designated.accounting_from)
                      EXCEPT ALL
                      SELECT * FROM public.hedgebook_units_from(first_id, designated.accounting_from)))
            THEN 'a parallel relationship has the items and instruments of its first one, in the same units and periods'
    END;
END
$$;

-- Why the parts of a designation do not go together, or nothing.
CREATE FUNCTION public.hedgebook_parts_refusal(designated public.hedges_hedgerelationshipversion) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    WITH options AS (
        SELECT v.risk_id, v.option_side, v.expiry_date, v.premium_currency_id, a.unit_to - a.unit_from AS units,
               v.premium_amount * (a.unit_to - a.unit_from) / a.capacity_units AS premium
        FROM public.hedges_instrumentallocation a JOIN public.hedges_instrumentversion v ON v.id = a.instrument_version_id
        WHERE a.relationship_version_id = designated.id AND v.option_side <> ''
    ), parts AS NOT MATERIALIZED (
        SELECT exposure_id, NULL::bigint AS instrument_id, relationship_version_id AS version_id, designated_amount AS amount
        FROM public.hedges_itemallocation WHERE released_at IS NULL
        UNION ALL
        SELECT NULL, instrument_id, relationship_version_id, designated_amount
        FROM public.hedges_instrumentallocation WHERE released_at IS NULL
    ), own AS (
        SELECT exposure_id, instrument_id, sum(amount) AS amount FROM parts WHERE version_id = designated.id GROUP BY 1, 2
    )
    SELECT CASE
        WHEN (SELECT count(exposure_id) = 0 OR count(instrument_id) = 0 FROM own)
            THEN 'a designation has hedged items and hedging instruments'
        WHEN (SELECT min(sign(amount)) <> max(sign(amount)) FROM own WHERE exposure_id IS NOT NULL)
            THEN 'a group of items with flows in and out is a net position: designate the gross positions (6.6)'
        WHEN EXISTS (SELECT FROM options sold WHERE option_side = 'SOLD' AND
                     (SELECT coalesce(sum(CASE option_side WHEN 'SOLD' THEN units ELSE -units END), 0) FROM options o
                      WHERE o.risk_id = sold.risk_id AND o.expiry_date >= sold.expiry_date) > 0)
             OR (SELECT bool_or(option_side = 'SOLD') AND (sum(premium) > 0 OR count(DISTINCT premium_currency_id) > 1) FROM options)
            THEN 'a written option is a hedging instrument only within a net purchased combination (6.2.4, B6.2.4)'
        WHEN designated.version_number = 1 AND designated.hedge_end_date > greatest(
                (SELECT max(greatest(v.expected_date, v.window_end)) FROM public.hedges_itemallocation a
                 JOIN public.exposures_exposureversion v ON v.id = a.exposure_version_id
                 WHERE a.relationship_version_id = designated.id),
                (SELECT max(v.settlement_date) FROM public.hedges_instrumentallocation a
                 JOIN public.hedges_instrumentversion v ON v.id = a.instrument_version_id
                 WHERE a.relationship_version_id = designated.id))
            THEN 'the hedged period ends with the last of its items and instruments'
        ELSE public.hedgebook_parallel_refusal(designated)
    END
$$;

-- A decision on a relationship: by a person who is entitled to it, on a designation that is whole. The trigger's name
-- sorts after the one that gives the person and locks the relationship.
CREATE FUNCTION public.hedgebook_designation_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    designated public.hedges_hedgerelationshipversion;
    refusal text;
BEGIN
    SELECT * INTO designated FROM public.hedges_hedgerelationshipversion WHERE id = NEW.version_id;
    IF NOT public.hedgebook_has_role(NEW.decided_by_id, designated.entity_id, 'APPROVER', 'HEDGE_ACCOUNTANT') THEN
        RAISE EXCEPTION 'only an approver or a hedge accountant of the entity decides on its hedge relationships'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM public.hedges_hedgerelationshipversionapproval WHERE version_id = NEW.version_id) THEN
        RAISE EXCEPTION 'this version has been decided already' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.decision <> 'APPROVED' OR designated.version_number > 1 OR designated.hedge_type = 'ECONOMIC' THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM public.hedges_assessmentrecord WHERE version_id = designated.id AND occasion = 'INCEPTION') THEN
        RAISE EXCEPTION 'a designation without its test at inception cannot be approved (6.4.1(c))'
            USING ERRCODE = 'check_violation';
    END IF;
    IF designated.late_reason IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.hedges_lateacceptance l
        WHERE l.version_id = designated.id AND l.accepted_by_id <> NEW.decided_by_id) THEN
        RAISE EXCEPTION 'a late designation is accepted by another person before it is approved' USING ERRCODE = 'check_violation';
    END IF;
    refusal := public.hedgebook_parts_refusal(designated);
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION '%', refusal USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER hedgerelationshipversionapproval_entitled BEFORE INSERT ON public.hedges_hedgerelationshipversionapproval
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_designation_decided();

-- A rejection gives the units back; one statement for all that were decided together.
CREATE FUNCTION public.hedgebook_rejected() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.hedges_itemallocation a SET period_to = a.period_from FROM decided d
        WHERE d.decision = 'REJECTED' AND a.relationship_version_id = d.version_id AND a.period_to > a.period_from;
    UPDATE public.hedges_instrumentallocation a SET period_to = a.period_from FROM decided d
        WHERE d.decision = 'REJECTED' AND a.relationship_version_id = d.version_id AND a.period_to > a.period_from;
    RETURN NULL;
END
$$;
CREATE TRIGGER hedgerelationshipversionapproval_rejected AFTER INSERT ON public.hedges_hedgerelationshipversionapproval
    REFERENCING NEW TABLE AS decided FOR EACH STATEMENT EXECUTE FUNCTION public.hedgebook_rejected();

-- The third person. The relationship is locked, so that this and the approval have one order.
CREATE FUNCTION public.hedgebook_late_acceptance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    designated public.hedges_hedgerelationshipversion;
BEGIN
    SELECT * INTO designated FROM public.hedges_hedgerelationshipversion WHERE id = NEW.version_id;
    PERFORM FROM public.hedges_hedgerelationship WHERE id = designated.relationship_id FOR UPDATE;
    SELECT actor_id INTO NEW.accepted_by_id FROM public.treasury_auditevent WHERE id = NEW.event_id;
    IF designated.late_reason IS NULL THEN
        RAISE EXCEPTION 'this designation was documented in time' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.content_digest IS DISTINCT FROM designated.content_digest THEN
        RAISE EXCEPTION 'the acceptance names another content than the version has' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.accepted_by_id IS NULL OR NEW.accepted_by_id = designated.author_id THEN
        RAISE EXCEPTION 'nobody accepts the lateness of their own designation' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT public.hedgebook_has_role(NEW.accepted_by_id, designated.entity_id, 'APPROVER', 'HEDGE_ACCOUNTANT') THEN
        RAISE EXCEPTION 'only an approver or a hedge accountant of the entity accepts a late designation'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM public.hedges_hedgerelationshipversionapproval WHERE version_id = NEW.version_id) THEN
        RAISE EXCEPTION 'this designation has been decided already' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER lateacceptance_third_person BEFORE INSERT ON public.hedges_lateacceptance
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_late_acceptance();

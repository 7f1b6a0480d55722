-- As in designation.sql, but for the release of a fair value hedge: the adjustment of a firm commitment goes into the cost
-- of what is bought (IFRS 9 6.5.9, IAS 39.94, ASC 815-25-35-13), whatever becomes of the reserve of other hedges.
CREATE OR REPLACE FUNCTION public.hedgebook_designation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
        WHEN NEW.hedge_type = 'FAIR_VALUE' AND (file.release_pattern NOT IN ('WITH_ITEM', 'BASIS_ADJUSTMENT')
                                                OR file.keeps_basis_in_reserve)
            THEN 'a fair value hedge has no reserve: WITH_ITEM, or BASIS_ADJUSTMENT into the cost of what is bought (6.5.9)'
        WHEN file.keeps_basis_in_reserve AND (file.release_pattern <> 'BASIS_ADJUSTMENT' OR NEW.framework = 'IFRS9')
            THEN 'keeps_basis_in_reserve is for a BASIS_ADJUSTMENT under IAS 39 or ASC 815; IFRS 9 adjusts the item (6.5.11(d)(i))'
        WHEN NEW.framework = 'ASC815' AND NEW.hedge_type <> 'FAIR_VALUE' AND file.release_pattern = 'BASIS_ADJUSTMENT'
             AND NOT file.keeps_basis_in_reserve
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

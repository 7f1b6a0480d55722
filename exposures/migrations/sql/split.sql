-- `split_of_id` came later: a version without it has the digest that it would have had before there was such a column.
DROP TRIGGER exposureversion_versioned ON public.exposures_exposureversion;
CREATE TRIGGER exposureversion_versioned BEFORE INSERT ON public.exposures_exposureversion
    FOR EACH ROW EXECUTE FUNCTION public.hedgebook_version('exposures_exposure', 'exposure_id', 'split_of_id');

-- Units are counted from zero: what is split off is the top of the amount, so units up to the highest one that a hedge
-- relationship or a natural offset uses from that day on have to stay. The tables of the hedges stand above this app
-- and are there by the time that anything is recorded.
CREATE FUNCTION public.hedgebook_split_keeps_hedged(item bigint, reference text, from_date date, units_left bigint)
RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    used record;
BEGIN
    SELECT r.code, max(a.unit_to) AS units INTO used FROM public.hedges_itemallocation a
        JOIN public.hedges_hedgerelationshipversion v ON v.id = a.relationship_version_id
        JOIN public.hedges_hedgerelationship r ON r.id = v.relationship_id
        WHERE a.exposure_id = item AND a.unit_to > units_left AND a.period_to > greatest(a.period_from, from_date)
        GROUP BY r.code ORDER BY 2 DESC, 1 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the hedge relationship % has hedged items in the part of % that is taken away: take less, or reduce the relationship first',
            used.code, reference USING ERRCODE = 'check_violation';
    END IF;
    SELECT i.external_reference AS code INTO used FROM public.hedges_instrument i
        JOIN LATERAL (SELECT v.capacity_units, v.status FROM public.hedges_instrumentversion v
            JOIN public.hedges_instrumentversionapproval p ON p.version_id = v.id AND p.decision = 'APPROVED'
            WHERE v.instrument_id = i.id ORDER BY v.version_number DESC LIMIT 1) n ON true
        WHERE i.offset_exposure_id = item AND n.status = 'LIVE' AND n.capacity_units > units_left LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the natural offset % uses the part of % that is taken away: take less, or reduce the natural offset first',
            used.code, reference USING ERRCODE = 'check_violation';
    END IF;
END
$$;

-- A split is recorded in one statement: its original and the parts, with the same risk and side, whose amounts add up.
-- Its plans are made once a session, perhaps while the tables are small, and then meet ten thousand rows of an import:
-- what is asked of every row is asked by a key, in a subquery that cannot become a join, and never by a sequential scan.
CREATE FUNCTION public.hedgebook_split() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    stray bigint;
    split record;
    taken record;
BEGIN
    SELECT l.exposure_id INTO stray FROM (
            SELECT m.exposure_id, m.version_number, m.split_of_id,
                   (SELECT e.split_from_id FROM public.exposures_exposure e WHERE e.id = m.exposure_id) AS split_from_id
            FROM made m) l
        WHERE (l.split_of_id <> l.exposure_id AND l.split_of_id IS DISTINCT FROM l.split_from_id)
           OR (l.version_number = 1 AND l.split_from_id IS NOT NULL AND l.split_of_id IS DISTINCT FROM l.split_from_id)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '% is recorded as a part of an exposure that it was not split off from',
            (SELECT e.external_reference FROM public.exposures_exposure e WHERE e.id = stray)
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM made WHERE split_of_id IS NOT NULL) THEN
        RETURN NULL;  -- as with the thousands of an import; what follows joins, and is for the few versions of a split
    END IF;
    FOR split IN
        SELECT o.external_reference AS reference, count(*) FILTER (WHERE m.exposure_id = m.split_of_id) AS originals,
               count(*) AS versions, count(DISTINCT m.risk_id) AS risks, count(DISTINCT sign(m.exposure_amount)) AS sides,
               sum(CASE WHEN m.status = 'CANCELLED' THEN 0 ELSE m.exposure_amount END - coalesce(b.amount, 0)) AS change
        FROM made m JOIN public.exposures_exposure o ON o.id = m.split_of_id
        LEFT JOIN LATERAL (
            SELECT CASE WHEN v.status = 'CANCELLED' THEN 0 ELSE v.exposure_amount END AS amount
            FROM public.exposures_exposureversion v
            JOIN public.exposures_exposureversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
            WHERE v.exposure_id = m.exposure_id AND v.version_number < m.version_number
            ORDER BY v.version_number DESC LIMIT 1) b ON true
        GROUP BY o.id, o.external_reference
    LOOP
        IF split.originals <> 1 OR split.versions < 2 OR split.risks <> 1 OR split.sides <> 1 THEN
            RAISE EXCEPTION 'a split of % is recorded with the exposure and its parts together, all of one risk and one side',
                split.reference USING ERRCODE = 'check_violation';
        END IF;
        IF split.change <> 0 THEN
            RAISE EXCEPTION 'the parts of % do not add up to it: % too much', split.reference, trim_scale(split.change)
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    FOR taken IN
        SELECT m.exposure_id, e.external_reference AS reference, m.valid_from,
               CASE WHEN m.status = 'CANCELLED' THEN 0 ELSE m.capacity_units END AS units_left
        FROM made m JOIN public.exposures_exposure e ON e.id = m.exposure_id
        WHERE m.split_of_id IS NOT NULL AND m.version_number > 1
    LOOP
        PERFORM public.hedgebook_split_keeps_hedged(taken.exposure_id, taken.reference, taken.valid_from, taken.units_left);
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER exposureversion_split AFTER INSERT ON public.exposures_exposureversion
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.hedgebook_split();

-- A split is decided as a whole. Whatever was designated between its record and its approval is looked at again: the
-- approval holds the exposure's row, and so does a designation. Its plans are kept as those of hedgebook_split.
CREATE FUNCTION public.hedgebook_split_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    split record;
BEGIN
    IF NOT EXISTS (SELECT FROM decided d WHERE
                   (SELECT v.split_of_id FROM public.exposures_exposureversion v WHERE v.id = d.version_id) IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    SELECT o.external_reference AS reference INTO split
        FROM decided d JOIN public.exposures_exposureversion v ON v.id = d.version_id AND v.split_of_id IS NOT NULL
        JOIN public.exposures_exposure o ON o.id = v.split_of_id
        JOIN public.exposures_exposureversion s ON s.event_id = v.event_id AND s.split_of_id = v.split_of_id
        LEFT JOIN public.exposures_exposureversionapproval a ON a.version_id = s.id
        WHERE a.decision IS DISTINCT FROM d.decision LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the split of % is decided as a whole: the exposure and all of its parts', split.reference
            USING ERRCODE = 'check_violation';
    END IF;
    FOR split IN
        SELECT v.exposure_id, e.external_reference AS reference, v.valid_from,
               CASE WHEN v.status = 'CANCELLED' THEN 0 ELSE v.capacity_units END AS units_left
        FROM decided d JOIN public.exposures_exposureversion v ON v.id = d.version_id
        JOIN public.exposures_exposure e ON e.id = v.exposure_id
        WHERE d.decision = 'APPROVED' AND v.split_of_id IS NOT NULL AND v.version_number > 1
    LOOP
        PERFORM public.hedgebook_split_keeps_hedged(split.exposure_id, split.reference, split.valid_from, split.units_left);
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER exposureversionapproval_split AFTER INSERT ON public.exposures_exposureversionapproval
    REFERENCING NEW TABLE AS decided FOR EACH STATEMENT EXECUTE FUNCTION public.hedgebook_split_decided();

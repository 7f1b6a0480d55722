-- Curves and smiles: what a stored curve has to be, and what a correction of a volatility replaces.

-- One rate for each day; the days positive and rising, the rates finite, nothing null.
CREATE FUNCTION public.hedgebook_is_curve(days integer[], rates double precision[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT cardinality(days) = cardinality(rates)
       AND (cardinality(days) = 0 OR (array_ndims(days) = 1 AND array_ndims(rates) = 1 AND array_lower(days, 1) = 1))
       AND array_position(days, NULL) IS NULL AND array_position(rates, NULL) IS NULL
       AND 'NaN'::float8 <> ALL (rates) AND 'Infinity'::float8 <> ALL (rates) AND '-Infinity'::float8 <> ALL (rates)
       AND NOT EXISTS (SELECT FROM generate_subscripts(days, 1) AS i WHERE days[i] <= CASE i WHEN 1 THEN 0 ELSE days[i - 1] END)
$$;

CREATE OR REPLACE FUNCTION public.hedgebook_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.treasury_marketquote q WHERE q.id = NEW.corrects_id
        AND (q.kind, q.symbol, q.tenor, q.quote_date) = (NEW.kind, NEW.symbol, NEW.tenor, NEW.quote_date)
        AND q.moneyness IS NOT DISTINCT FROM NEW.moneyness) THEN
        RAISE EXCEPTION 'a correction is of the same kind, symbol, tenor and date as the quote that it replaces'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

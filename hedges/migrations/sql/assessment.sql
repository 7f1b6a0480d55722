-- Tests outside the night: which quotes they saw, and who may decide what.

-- A snapshot that a test points at has to be read again later: no quote that is stamped before this moment may still be
-- uncommitted after it. SHARE lets other such tests and the seal through; it waits for whoever records quotes.
CREATE FUNCTION public.hedgebook_hold_quotes() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    LOCK TABLE public.treasury_marketquote IN SHARE MODE;
    RETURN public.hedgebook_now();
END
$$;
REVOKE ALL ON FUNCTION public.hedgebook_hold_quotes() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.hedgebook_hold_quotes() TO hedgebook_app;

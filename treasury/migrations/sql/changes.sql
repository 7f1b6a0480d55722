-- The feed of changes: every committed action gets a number, in the order in which the commits became visible.
--
-- Three steps, because of what happens at a commit. An action's row is made as the transaction ends (round one of the
-- deferred triggers). Making it queues its numbering behind everything that is deferred by then, the foreign keys of
-- 50,000 rows among it (round two), so that the lock, under which all commits stand in line, is held for the moment of
-- the commit alone and nothing is waited for under it: no deadlock.

CREATE SEQUENCE public.treasury_commit_order AS bigint NO CYCLE;

CREATE FUNCTION public.hedgebook_follow_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.treasury_commit (event_id, recorded_at) VALUES (NEW.id, NEW.recorded_at);
    RETURN NULL;
END
$$;

-- A run's steps need no named action (a night that waits for its rates, one that fails), so they are followed by row.
CREATE FUNCTION public.hedgebook_follow_run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.treasury_commit (run_id, run_event_id, recorded_at) VALUES (NEW.id, (
        SELECT max(id) FROM public.treasury_auditevent WHERE subject_kind = 'calculationrun' AND subject_id = NEW.id
        AND transaction_id = pg_current_xact_id()::text::bigint), public.hedgebook_now());
    RETURN NULL;
END
$$;

CREATE FUNCTION public.hedgebook_number_commit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- Released by the server after the commit is visible: the next one's number is of a later commit.
    PERFORM pg_advisory_xact_lock(4607182418800017408);
    UPDATE public.treasury_commit SET number = nextval('public.treasury_commit_order') WHERE id = NEW.id;
    RETURN NULL;
END
$$;

-- What was recorded before there was a feed, in the order of its events; then each run once, as it stands.
INSERT INTO public.treasury_commit (number, event_id, recorded_at)
    SELECT nextval('public.treasury_commit_order'), id, recorded_at
    FROM (SELECT id, recorded_at FROM public.treasury_auditevent ORDER BY id) AS events;
INSERT INTO public.treasury_commit (number, run_id, recorded_at)
    SELECT nextval('public.treasury_commit_order'), id, coalesce(finished_at, recorded_at)
    FROM (SELECT id, finished_at, recorded_at FROM public.treasury_calculationrun ORDER BY id) AS runs;

CREATE CONSTRAINT TRIGGER auditevent_followed AFTER INSERT ON treasury_auditevent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hedgebook_follow_event();
CREATE CONSTRAINT TRIGGER calculationrun_followed AFTER UPDATE OF status ON treasury_calculationrun
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION hedgebook_follow_run();
CREATE CONSTRAINT TRIGGER commit_numbered AFTER INSERT ON treasury_commit
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hedgebook_number_commit();
CREATE TRIGGER commit_stays BEFORE UPDATE ON treasury_commit
    FOR EACH ROW WHEN (OLD.number IS NOT NULL OR NEW.number IS NULL) EXECUTE FUNCTION hedgebook_refuse_change();

REVOKE ALL ON FUNCTION hedgebook_follow_event, hedgebook_follow_run, hedgebook_number_commit FROM PUBLIC;

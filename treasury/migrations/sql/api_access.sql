-- Keys to the API and the machines that hold them.

-- What is decided is decided by a person: whatever the action's name, a service account approves nothing. Once a
-- statement, since a transaction has one actor.
CREATE FUNCTION public.hedgebook_by_a_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.treasury_auditevent e JOIN public.treasury_user u ON u.id = e.actor_id
               WHERE e.id = public.hedgebook_current_event() AND u.is_service) THEN
        RAISE EXCEPTION 'a service account never decides: a person does' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
$$;

-- Every table of approvals that there is; later ones get it where they are made (treasury.models.operations.versioned).
DO $$
DECLARE
    decided text;
BEGIN
    FOR decided IN
        SELECT DISTINCT c.relname FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
        JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
        WHERE p.proname = 'hedgebook_approval'
           OR c.oid IN (to_regclass('public.hedges_lateacceptance'), to_regclass('public.hedges_assessmentdecision'))
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON public.%I FOR EACH STATEMENT'
                       ' EXECUTE FUNCTION public.hedgebook_by_a_person()',
                       split_part(decided, '_', 2) || '_by_a_person', decided);
    END LOOP;
END
$$;

-- A person does not become a machine, nor a machine a person.
CREATE FUNCTION public.hedgebook_user_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.is_service <> OLD.is_service THEN
        RAISE EXCEPTION 'an account is a person''s or a machine''s from the start' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER user_kind BEFORE UPDATE ON treasury_user FOR EACH ROW EXECUTE FUNCTION hedgebook_user_kind();

-- A key is bound to entities that there are, an asked-for token to no more than its client; a revoked one stays revoked.
CREATE FUNCTION public.hedgebook_api_key() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    client public.treasury_apiclient%ROWTYPE;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at THEN
            RAISE EXCEPTION 'what is revoked stays revoked' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM unnest(NEW.entity_ids) AS bound(id)
               WHERE NOT EXISTS (SELECT FROM public.treasury_entity e WHERE e.id = bound.id)) THEN
        RAISE EXCEPTION 'a key is bound to entities that there are' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME = 'treasury_apiclient' THEN
        IF NOT EXISTS (SELECT FROM public.treasury_user u WHERE u.id = NEW.owner_id AND u.is_service) THEN
            RAISE EXCEPTION 'a client belongs to a service account' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.client_id IS NOT NULL THEN
        SELECT * INTO client FROM public.treasury_apiclient c WHERE c.id = NEW.client_id FOR SHARE;
        IF client.revoked_at IS NOT NULL OR client.owner_id <> NEW.owner_id OR NOT NEW.scopes <@ client.scopes
           OR (client.entity_ids IS NOT NULL
               AND (NEW.entity_ids IS NULL OR NOT NEW.entity_ids <@ client.entity_ids)) THEN
            RAISE EXCEPTION 'a token does no more than the client that asked for it' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER apitoken_key BEFORE INSERT OR UPDATE ON treasury_apitoken
    FOR EACH ROW EXECUTE FUNCTION hedgebook_api_key();
CREATE TRIGGER apiclient_key BEFORE INSERT OR UPDATE ON treasury_apiclient
    FOR EACH ROW EXECUTE FUNCTION hedgebook_api_key();

-- What was asked and answered: when, and in the name of an event of the same transaction.
CREATE FUNCTION public.hedgebook_request_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.event_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.treasury_auditevent
        WHERE id = NEW.event_id AND transaction_id = pg_current_xact_id()::text::bigint) THEN
        RAISE EXCEPTION 'an answer is kept in the transaction of its write' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.recorded_at := public.hedgebook_now();
    RETURN NEW;
END
$$;
CREATE TRIGGER requestkey_stamped BEFORE INSERT ON treasury_requestkey
    FOR EACH ROW EXECUTE FUNCTION hedgebook_request_key();

-- How often what people decide on in a row was changed: what moves by itself (a cursor, a lease) counts for nothing, and
-- a writer who means a change that no column shows says so by another revision. The columns are the trigger's arguments.
CREATE FUNCTION public.hedgebook_revise() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    name text;
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
    is_changed boolean := NEW.revision IS DISTINCT FROM OLD.revision;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        is_changed := is_changed OR before -> name IS DISTINCT FROM after -> name;
    END LOOP;
    NEW.revision := OLD.revision + is_changed::int;
    RETURN NEW;
END
$$;
CREATE TRIGGER webhook_revised BEFORE UPDATE ON public.treasury_webhook FOR EACH ROW EXECUTE FUNCTION
    public.hedgebook_revise('name', 'url', 'resources', 'entity_ids', 'has_bodies', 'secret_ciphertext', 'status',
                            'status_reason');
CREATE TRIGGER draft_revised BEFORE UPDATE ON public.treasury_draft FOR EACH ROW EXECUTE FUNCTION
    public.hedgebook_revise('title', 'address', 'fields', 'updated_at');
CREATE TRIGGER savedview_revised BEFORE UPDATE ON public.treasury_savedview FOR EACH ROW EXECUTE FUNCTION
    public.hedgebook_revise('name', 'path', 'query', 'shared_with_id');

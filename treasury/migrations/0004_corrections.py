"""A correction replaces a quote of its own series and date."""

from django.db import migrations

GUARD = """
CREATE FUNCTION public.hedgebook_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.treasury_marketquote q WHERE q.id = NEW.corrects_id
        AND (q.kind, q.symbol, q.tenor, q.quote_date) = (NEW.kind, NEW.symbol, NEW.tenor, NEW.quote_date)) THEN
        RAISE EXCEPTION 'a correction is of the same kind, symbol, tenor and date as the quote that it replaces'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER marketquote_correction BEFORE INSERT ON treasury_marketquote
    FOR EACH ROW WHEN (NEW.corrects_id IS NOT NULL) EXECUTE FUNCTION hedgebook_correction();
"""


class Migration(migrations.Migration):
    dependencies = [("treasury", "0003_rule_packs")]

    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]

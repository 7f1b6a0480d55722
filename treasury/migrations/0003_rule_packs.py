"""The rule packs that come with the program: usual practice per framework, as data with dates (rules, section 4)."""

from django.db import migrations

#: IAS 39 AG105 states 80-125 %; every other limit is usual practice and stands in no standard.
INSTALL = """
SELECT audit_begin('treasury.rule_packs.installed', NULL, '', NULL, 'The packs that come with the program');
INSERT INTO treasury_rulepack (
    code, framework, valid_from, dollar_offset_lower, dollar_offset_upper, slope_lower, slope_upper, r_squared_minimum,
    observation_minimum, observation_count, confidence_level, noise_threshold_bp, credit_watch_ratio, credit_fail_ratio,
    hedge_ratio_tolerance, counted_as_hedged_from, count_amount_margin, stale_after_days)
SELECT code, framework, valid_from::date, 0.8, 1.25, 0.8, 1.25, 0.8, 30, 60, 0.95, 2, 0.25, 0.5, 0.05, 0.5, 0.2, 10
FROM (VALUES ('IAS39-2005', 'IAS39', '2005-01-01'), ('IFRS9-2018', 'IFRS9', '2018-01-01'), ('ASC815-2019', 'ASC815', '2019-01-01'))
    AS pack (code, framework, valid_from);
"""


class Migration(migrations.Migration):
    dependencies = [("treasury", "0002_guards")]

    operations = [migrations.RunSQL(INSTALL, migrations.RunSQL.noop)]

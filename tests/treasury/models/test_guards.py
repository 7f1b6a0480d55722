"""The database refuses by itself: as the application's role, past every line of Python."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tests.factories import book
from treasury.domain import audit, market_quotes
from treasury.models import AuditChange, Entity, MarketQuote, Membership, PolicyBand, RunResult, VersionRecord

pytestmark = pytest.mark.django_db

BOOK_TABLES = [
    model._meta.db_table
    for app in ("treasury", "exposures", "hedges", "reports")
    for model in apps.get_app_config(app).get_models()
]
#: People, keys, saved views and drafts are no book: rows of these may be removed or changed.
ADMINISTRATION = {"treasury_user", "treasury_membership", "treasury_savedview", "treasury_draft"}


def refused(sql: str, code: str = "42501") -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert refusal.value.__cause__.sqlstate == code
    return str(refusal.value)


def test_a_row_without_a_named_action_is_refused():
    with pytest.raises(DatabaseError, match="needs a named action"), transaction.atomic():
        Entity.objects.create(
            code="NONE",
            name="n",
            functional_currency_id="EUR",
            accounting_framework="IFRS9",
            time_zone="UTC",
            lei=book.lei(),
        )


def test_a_name_ends_with_its_block_and_cannot_be_made_up():
    with audit.action("test.first", actor=None) as event, connection.cursor() as cursor:
        cursor.execute("SELECT hedgebook_current_event()")
        assert cursor.fetchone()[0] == event
        assert "has its name already" in refused("SELECT audit_begin('second', NULL, '', NULL, '')")
    refused("SELECT hedgebook_current_event()")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hedgebook.audit_event', %s, true)", [str(event + 1)])
    refused("SELECT hedgebook_current_event()")


def test_an_auditor_names_nothing():
    auditor = book.user("AUDITOR")
    with pytest.raises(DatabaseError, match="changes nothing"), audit.action("test.audited", actor=auditor):
        pass


def test_bands_are_recorded_together_with_their_version():
    version = book.policy(of=book.entity(), risk=book.risk(), bands=[(0, 12, "0.5", "0.6", "0.7")])
    with (
        pytest.raises(DatabaseError, match="together with their policy version"),
        transaction.atomic(),
        audit.action("test.band_added", actor=None),
    ):
        PolicyBand.objects.create(
            policy_version=version, month_from=12, month_to=24, lower_ratio=0, target_ratio=0, upper_ratio=1
        )


def test_giving_and_taking_a_role_is_on_the_record():
    person = book.user("TREASURER")
    membership = Membership.objects.get(user=person)
    refused(f"UPDATE treasury_membership SET role = 'ADMINISTRATOR' WHERE id = {membership.pk}")
    with audit.action("test.role_taken", actor=None) as event:
        membership.delete()
    assert AuditChange.objects.get(event=event).old_values["role"] == "TREASURER"


def test_actions_do_not_nest():
    with (
        pytest.raises(RuntimeError, match="one name"),
        audit.action("test.outer", actor=None),
        audit.action("test.inner", actor=None),
    ):
        pass


@pytest.mark.parametrize("table", sorted(set(BOOK_TABLES) - ADMINISTRATION))
def test_the_application_cannot_delete_or_truncate(table):
    assert "permission denied" in refused(f"DELETE FROM {table}")
    assert "permission denied" in refused(f"TRUNCATE {table} CASCADE")


def test_the_application_updates_only_state_columns():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.column_privileges"
            " WHERE grantee = 'hedgebook_app' AND privilege_type = 'UPDATE' AND table_name = ANY (%s)",
            [sorted(set(BOOK_TABLES) - ADMINISTRATION)],
        )
        granted = {f"{table}.{column}" for table, column in cursor.fetchall()}
    assert {name.split(".")[0] for name in granted} == {
        "exposures_bulkjob",
        "exposures_import",
        "hedges_accountingperiod",
        "hedges_instrumentallocation",
        "hedges_itemallocation",
        "treasury_apiclient",
        "treasury_apitoken",
        "treasury_calculationrun",
        "treasury_counterparty",
        "treasury_entity",
        "treasury_risk",
        "treasury_runshard",
        "treasury_webhook",
        "treasury_webhookdelivery",
    }
    assert {n for n in granted if "allocation" in n} == {
        f"hedges_{kind}allocation.{column}" for kind in ("item", "instrument") for column in ("period_to",)
    }


def test_every_version_table_and_result_family_is_append_only_for_its_owner_too():
    """The trigger, not only the missing right: the owner's UPDATE, DELETE and TRUNCATE are refused as well."""
    tables = [
        model._meta.db_table for model in apps.get_models() if issubclass(model, VersionRecord | RunResult)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE p.proname = 'hedgebook_refuse_change' GROUP BY c.relname HAVING count(*) >= 2"
        )
        guarded = {row[0] for row in cursor.fetchall()}
    assert set(tables) <= guarded
    assert len(tables) >= 9


def test_audit_events_can_be_made_only_by_naming_an_action():
    refused("INSERT INTO treasury_auditevent (action) VALUES ('forged')")
    refused("UPDATE treasury_auditevent SET action = 'forged'")


def test_the_application_marks_no_database():
    """Only in a marked one could it give another time than the clock's; see test_clock for what follows."""
    assert refused("INSERT INTO treasury_databasemark (kind) VALUES ('DEMO')")


@pytest.mark.parametrize("value", ["NaN", "0", "-1"])
def test_a_price_is_a_positive_number(value):
    with pytest.raises(Exception, match="market_quote_"):
        market_quotes.record(
            quotes=[("FX_SPOT", "EURUSD", "SPOT", date(2026, 1, 2), Decimal(value), "TEST", False)],
            actor=None,
        )
    assert not MarketQuote.objects.exists()


def test_a_state_change_is_logged_with_old_and_new():
    entity = book.entity(name="Before")
    with audit.action("test.entity.renamed", actor=None) as event:
        Entity.objects.filter(pk=entity.pk).update(name="After")
    change = AuditChange.objects.get(event=event)
    assert (change.table_name, change.row_id) == ("treasury_entity", entity.pk)
    assert (change.old_values["name"], change.new_values["name"]) == ("Before", "After")


def test_minor_units_are_one_table():
    from treasury.kernel import money
    from treasury.models import Unit

    for unit in Unit.objects.all():
        assert unit.minor_units == money.exponent(unit.code), unit.code
    with connection.cursor() as cursor:
        for code, decimals in money.EXPONENTS.items():
            cursor.execute("SELECT hedgebook_minor_units(%s)", [code])
            assert cursor.fetchone()[0] == decimals, code


CURVE = "INSERT INTO treasury_ratecurve (symbol, quote_date, quotes_digest, node_days, zero_rates, problem) VALUES "
DIGEST = "a" * 64


@pytest.mark.parametrize(
    ("row", "constraint"),
    [
        (f"('EUR', '2026-01-02', '{DIGEST}', '{{30,60}}', '{{0.02}}', '')", "rate_curve_nodes"),
        (f"('EUR', '2026-01-02', '{DIGEST}', '{{0,60}}', '{{0.02,0.02}}', '')", "rate_curve_nodes"),
        (f"('EUR', '2026-01-02', '{DIGEST}', '{{60,30}}', '{{0.02,0.02}}', '')", "rate_curve_nodes"),
        (f"('EUR', '2026-01-02', '{DIGEST}', '{{30,30}}', '{{0.02,0.02}}', '')", "rate_curve_nodes"),
        (f"('EUR', '2026-01-02', '{DIGEST}', '{{30,NULL}}', '{{0.02,0.02}}', '')", "rate_curve_nodes"),
        (f"('EUR', '2026-01-02', '{DIGEST}', '{{30}}', '{{NaN}}', '')", "rate_curve_nodes"),
        (f"('EUR', '2026-01-02', '{DIGEST}', '{{30}}', '{{-Infinity}}', '')", "rate_curve_nodes"),
        (f"('EUR', '2026-01-02', '{DIGEST}', '[0:0]={{30}}', '{{0.02}}', '')", "rate_curve_nodes"),
        (f"('EUR', '2026-01-02', '{DIGEST}', '{{}}', '{{}}', '')", "rate_curve_or_its_problem"),
        (f"('EUR', '2026-01-02', '{DIGEST}', '{{30}}', '{{0.02}}', 'none')", "rate_curve_or_its_problem"),
        ("('EUR', '2026-01-02', 'a', '{30}', '{0.02}', '')", "rate_curve_digest"),
    ],
)
def test_a_stored_curve_has_a_rate_for_each_rising_day_or_a_problem(row, constraint):
    with audit.action("test.curve", actor=None):
        assert constraint in refused(CURVE + row, "23514")


def test_a_stored_curve_stays_as_it_is_and_stands_once():
    row = f"('EUR', '2026-01-02', '{DIGEST}', '{{30,60}}', '{{0.02,-0.02}}', '')"
    assert "needs a named action" in refused(CURVE + row)
    with audit.action("test.curve", actor=None), connection.cursor() as cursor:
        cursor.execute(CURVE + row)
        refused(CURVE + row, "23505")
    refused("UPDATE treasury_ratecurve SET zero_rates = '{0.03,0.03}'")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE p.proname = 'hedgebook_refuse_change' AND t.tgrelid = 'treasury_ratecurve'::regclass"
        )
        assert cursor.fetchone()[0] == 2

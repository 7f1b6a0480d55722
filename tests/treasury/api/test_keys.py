"""A key does no more than its owner, for its scopes, at its entities, and a machine never decides."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from tests.factories import api, book, clock
from tests.hedges.api.workflow.office import DECIDED, DESIGNATED, Office, decision, seen
from treasury.api import token_scopes
from treasury.domain import access, api_tokens, keys, service_accounts
from treasury.domain.refusals import Refusal
from treasury.enums import Role, TokenScope
from treasury.launcher.paths import PROJECT
from treasury.models import ApiClient, ApiToken, AuditChange, AuditEvent, User
from treasury.queries import access as seen_by

pytestmark = pytest.mark.django_db


def caller(owner: User, **told: Any) -> api.Caller:
    return api.Caller(Client(headers={"Authorization": f"Bearer {api.token_of(owner, **told)}"}))


def machine(role: str = "HEDGE_ACCOUNTANT", entity: Any = None) -> User:
    owner = service_accounts.create(username=f"machine{book.number()}", actor=None)
    access.give_role(user=owner, role=role, entity=entity, actor=None)
    return owner


def test_a_key_is_for_its_scopes() -> None:
    office = Office()
    person = office.people["preparer"]
    reader = caller(person, scopes=["read"])
    assert reader.get("entities/").status_code == 200
    with clock.at(DESIGNATED):
        refused = reader.post("hedge-relationships/designate/", office.designation())
        assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
        assert "scope accounting" in refused.json()["detail"]
        writer = caller(person, scopes=["accounting"])
        assert writer.post("hedge-relationships/designate/", office.designation()).status_code == 201
    assert "scope read" in writer.refused("entities/")["detail"]
    assert reader.send("PUT", "entities/").status_code == 405


def test_deciding_is_a_scope_of_its_own() -> None:
    office = Office()
    version = office.designated()
    for scopes, status in ((["exposures", "read"], 403), (["decide"], 200)):
        with clock.at(DECIDED):
            by = caller(office.people["approver"], scopes=scopes)
            assert by.post(decision(version, "approve"), seen(version)).status_code == status


def test_a_key_is_for_its_entities_in_lists_addresses_bodies_and_filters() -> None:
    office, group = Office(), book.user("HEDGE_ACCOUNTANT")
    other = office.other
    both = caller(group)
    bound = caller(group, entities=[other])
    assert {row["code"] for row in both.rows("entities/")} >= {office.entity.code, other.code}
    assert {row["code"] for row in bound.rows("entities/")} == {other.code}
    assert bound.rows("exposures/") == [] == bound.rows("exposures/", entity=office.entity.code)
    assert bound.get(f"exposures/{office.item.exposure_id}/").status_code == 404
    with clock.at(DESIGNATED):
        told = bound.post("hedge-relationships/designate/", office.designation())
        assert told.status_code == 404
        made = both.post("hedge-relationships/designate/", office.designation())
    assert made.status_code == 201
    path = f"hedge-relationships/{made.json()['relationship_id']}/test/"
    assert bound.post(path, {"as_of_date": "2026-07-15"}).status_code == 404
    assert bound.rows("audit-events/") != both.rows("audit-events/")
    actions = {row["action"] for row in bound.rows("audit-events/")}
    assert "hedges.relationship.designated" not in actions  # though it is the owner's own


def test_a_bound_key_has_the_roles_of_its_entities_only() -> None:
    one, two = book.entity(), book.entity()
    person = book.user("TREASURER", entity=one)
    access.give_role(user=person, role="AUDITOR", entity=two, actor=None)
    bound = seen_by.bound(User.objects.get(pk=person.pk), [two.pk])
    assert seen_by.roles(person) == {"TREASURER", "AUDITOR"}
    assert seen_by.roles(bound) == {"AUDITOR"}
    assert not seen_by.has_role_at(bound, one.pk, ["TREASURER"])
    assert list(seen_by.visible_entities(bound)) == [two]
    group = seen_by.bound(book.user("TREASURER"), [two.pk])
    assert not seen_by.sees_all(group)
    assert seen_by.has_role_at(group, two.pk, ["TREASURER"])
    assert not seen_by.has_role_at(group, one.pk, ["TREASURER"])


def test_nobody_asks_for_memberships_but_in_the_one_place() -> None:
    """What reads them elsewhere would not know of the key's entities."""
    elsewhere = {
        path.relative_to(PROJECT).as_posix()
        for package in ("treasury", "exposures", "hedges", "reports")
        for path in (PROJECT / package).rglob("*.py")
        if "Membership.objects" in (text := path.read_text()) or ".memberships." in text
    }
    allowed = {
        "treasury/queries/access.py",
        "treasury/queries/people.py",  # who else has a role: everybody at one's entities
        "hedges/queries/ticket.py",  # who else may be the second person
        "treasury/domain/access.py",  # gives one
    }
    assert {path for path in elsewhere if "/demo/" not in path and "/migrations/" not in path} <= allowed


def test_no_more_than_the_owner_at_the_time_of_use() -> None:
    one, two = book.entity(), book.entity()
    person = book.user("TREASURER", entity=one)
    with pytest.raises(Refusal, match="no more than its owner"):
        api.token_of(person, entities=[two])
    by = caller(person, entities=[one])
    assert by.rows("entities/")
    person.is_active = False
    person.save()
    assert by.get("entities/").status_code == 401


@pytest.mark.parametrize(
    ("role", "scopes"),
    [
        ("AUDITOR", {"read"}),
        ("TREASURER", {"read", "exposures", "runs", "trades", "market", "policies", "accounting"}),
        ("APPROVER", {"read", "exposures", "runs", "decide"}),
        ("HEDGE_ACCOUNTANT", set(TokenScope.values) - {"administer"}),
        ("ADMINISTRATOR", {"read", "exposures", "runs", "administer"}),
    ],
)
def test_a_key_is_made_for_what_the_owners_roles_allow(role: str, scopes: set[str]) -> None:
    owner = book.user(role)
    assert set(keys.allowed(owner)) == scopes
    for scope in TokenScope.values:
        if scope in scopes:
            assert api.token_of(owner, scopes=[scope])
        else:
            with pytest.raises(Refusal, match=f"do not allow {scope}; .* than its owner"):
                api.token_of(owner, scopes=["read", scope])
    account = machine(role)
    for scope in scopes - {"decide"}:
        assert service_accounts.register(owner=account, name="x", actor=None, scopes=[scope])
    for scope in set(TokenScope.values) - scopes:
        with pytest.raises(Refusal):
            service_accounts.register(owner=account, name="x", actor=None, scopes=[scope])


def test_the_roles_that_count_are_those_at_the_keys_entities() -> None:
    one, two = book.entity(), book.entity()
    person = book.user("TREASURER", entity=one)
    access.give_role(user=person, role="AUDITOR", entity=two, actor=None)
    assert api.token_of(person, scopes=["trades"], entities=[one])
    with pytest.raises(Refusal, match="do not allow trades"):
        api.token_of(person, scopes=["trades"], entities=[two])


def test_without_scopes_a_key_only_reads() -> None:
    entity = book.entity()
    token, _ = api_tokens.issue(
        owner=book.user("HEDGE_ACCOUNTANT", entity=entity), name="x", actor=None,
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    client, _ = service_accounts.register(owner=machine("TREASURER"), name="x", actor=None)
    assert token.scopes == client.scopes == ["read"]


def test_no_role_makes_a_scope_do_more_than_for_those_whom_it_is_given_to() -> None:
    """Who is given a scope may do all that it is for: a role that comes later adds nothing to a key."""
    from tests.treasury.api.test_every_route import ROUTES
    from treasury.api.writing import Action

    for address, callback in ROUTES:
        if not issubclass(callback.cls, Action):
            continue
        scope = TokenScope(token_scopes.of_write(callback.cls))
        given = set(keys.ROLES_FOR.get(scope, Role))
        assert given <= set(callback.cls.roles), (address, scope)


def test_a_promotion_does_not_widen_a_key() -> None:
    office = Office()
    version = office.designated()
    person = book.user("TREASURER", entity=office.entity)
    by = caller(person, scopes=keys.allowed(person))
    for role in ("APPROVER", "HEDGE_ACCOUNTANT", "ADMINISTRATOR"):
        access.give_role(user=person, role=role, entity=office.entity, actor=None)
    with clock.at(DECIDED):
        refused = by.post(decision(version, "approve"), seen(version))
        assert (refused.status_code, "scope decide" in refused.json()["detail"]) == (403, True)
        assert (
            caller(person, scopes=["decide"]).post(decision(version, "approve"), seen(version)).status_code
            == 200
        )


def test_who_loses_a_role_loses_it_at_once_with_every_key() -> None:
    office, other = Office(), book.entity()
    person = book.user("HEDGE_ACCOUNTANT", entity=office.entity)
    access.give_role(user=person, role="AUDITOR", entity=other, actor=None)
    keyed, signed_in = caller(person, scopes=["read", "accounting"]), api.by_session(user=person)
    path = f"exposures/{office.item.exposure_id}/"
    with clock.at(DESIGNATED):
        made = keyed.post("hedge-relationships/designate/", office.designation())
        assert made.status_code == 201, made.content
        before = [one.get(path).status_code for one in (keyed, signed_in)]
        access.take_role(
            user=person, role="HEDGE_ACCOUNTANT", entity=office.entity, actor=None, reason="Has moved."
        )
        after = [one.get(path).status_code for one in (keyed, signed_in)]
        again = [
            one.post("hedge-relationships/designate/", office.designation()) for one in (keyed, signed_in)
        ]
    assert (before, after) == ([200, 200], [404, 404])
    assert [answer.status_code for answer in again] == [403, 403]
    assert [row["code"] for row in keyed.rows("entities/")] == [other.code]
    event = AuditEvent.objects.get(action="treasury.access.role_taken")
    assert (event.subject_id, event.reason) == (person.pk, "Has moved.")
    (change,) = AuditChange.objects.filter(event=event)
    assert (change.table_name, change.old_values["role"], change.new_values) == (
        "treasury_membership", "HEDGE_ACCOUNTANT", {},
    )  # fmt: skip


def test_a_role_that_is_not_there_is_not_taken() -> None:
    one, two = book.entity(), book.entity()
    person = book.user("TREASURER", entity=one)
    for role, at, words in (
        ("TREASURER", None, "at the whole group"), ("TREASURER", two, two.code), ("AUDITOR", one, one.code),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=words):
            access.take_role(user=person, role=role, entity=at, actor=None)
    assert seen_by.roles(person) == {"TREASURER"}
    assert not AuditEvent.objects.filter(action="treasury.access.role_taken").exists()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"scopes": []}, "what the key is for"), ({"scopes": ["all"]}, "no scope all"),
        ({"entities": []}, "Name the entities"),
    ],
)  # fmt: skip
def test_what_a_key_is_for_is_said(told: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        api.token_of(book.user("TREASURER"), **told)


def test_a_machine_never_decides() -> None:
    """Not by API, and not past it: the database holds it for every table of decisions."""
    office = Office()
    version = office.designated()
    account = machine(entity=office.entity)
    with clock.at(DECIDED):
        refused = caller(account).post(decision(version, "approve"), seen(version))
    assert refused.status_code == 403
    with pytest.raises(Refusal, match="scope decide"):
        api.token_of(account, scopes=["decide"])
    everything = ApiToken.objects.filter(owner=account).latest("pk")
    assert TokenScope.DECIDE not in everything.scopes
    from hedges.domain import relationship_approval
    from hedges.models import HedgeRelationshipVersion

    row = HedgeRelationshipVersion.objects.get(pk=version["id"])
    with clock.at(DECIDED), pytest.raises(Refusal, match="a service account never decides"):
        relationship_approval.approve(versions=[row], actor=account)
    assert AuditEvent.objects.filter(actor=account).count() == 0


def test_every_table_of_decisions_has_the_guard() -> None:
    from django.apps import apps
    from django.db import connection

    from treasury.models import ApprovalRecord

    tables = {model._meta.db_table for model in apps.get_models() if issubclass(model, ApprovalRecord)}
    tables |= {"hedges_lateacceptance", "hedges_assessmentdecision"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE p.proname = 'hedgebook_by_a_person'"
        )
        guarded = {row[0] for row in cursor.fetchall()}
    assert tables <= guarded


def test_a_machine_prepares_like_a_person() -> None:
    office = Office()
    account = machine(entity=office.entity)
    with clock.at(DESIGNATED):
        made = caller(account).post("hedge-relationships/designate/", office.designation())
    assert made.status_code == 201, made.content
    assert made.json()["author"] == account.username


def test_a_machine_has_no_password_and_stays_one() -> None:
    account = machine()
    answer = Client().post("/accounts/login/", {"login": account.username, "password": ""})
    assert answer.status_code == 200
    assert not answer.wsgi_request.user.is_authenticated
    account.set_password("a long enough password")
    with pytest.raises(DatabaseError, match="service_has_no_password"), transaction.atomic():
        account.save()
    for user, kind in ((account, False), (book.user("TREASURER"), True)):
        with pytest.raises(DatabaseError, match="from the start"), transaction.atomic():
            User.objects.filter(pk=user.pk).update(is_service=kind, password="!")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"entity_ids": [999_999]}, "entities that there are"), ({"scopes": ["all"]}, "apitoken_scopes"),
        ({"scopes": []}, "apitoken_scopes"), ({"entity_ids": []}, "apitoken_entities"),
    ],
)  # fmt: skip
def test_the_database_keeps_keys_in_their_bounds(change: dict[str, Any], words: str) -> None:
    told = {
        "owner": book.user("TREASURER"), "name": "x", "prefix": "hb1", "secret_digest": "0" * 64,
        "expires_at": timezone.now() + timedelta(days=1),
    }  # fmt: skip
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        ApiToken.objects.create(**told | change)


def test_what_is_revoked_stays_revoked_and_what_it_is_for_stays() -> None:
    token, text = api_tokens.issue(
        owner=book.user("TREASURER"), name="x", expires_at=timezone.now() + timedelta(days=1), actor=None
    )
    assert api_tokens.revoke(prefix=token.prefix, actor=None)
    assert api_tokens.used(text) is None
    rows = ApiToken.objects.filter(pk=token.pk)
    with pytest.raises(DatabaseError, match="stays revoked"), transaction.atomic():
        rows.update(revoked_at=None)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows.update(scopes=["read"])


def test_a_token_of_a_client_is_within_the_client_by_the_database_too() -> None:
    one, two = book.entity(), book.entity()
    account = machine("TREASURER")
    client, _ = service_accounts.register(
        owner=account, name="x", actor=None, scopes=["read"], entities=[one]
    )
    told = {
        "owner": account, "client": client, "name": "x", "secret_digest": "0" * 64,
        "expires_at": timezone.now() + timedelta(hours=1),
    }  # fmt: skip
    for number, wider in enumerate(
        (
            {"scopes": ["read", "market"], "entity_ids": [one.pk]}, {"scopes": ["read"], "entity_ids": None},
            {"scopes": ["read"], "entity_ids": [one.pk, two.pk]},
        )
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="no more than the client"), transaction.atomic():
            ApiToken.objects.create(**told | wider | {"prefix": f"hb{number}"})
    with pytest.raises(DatabaseError, match="belongs to a service account"), transaction.atomic():
        ApiClient.objects.create(
            owner=book.user("TREASURER"), name="x", client_id="hc1", secret_digest="0" * 64
        )


def test_each_write_says_what_a_key_has_to_be_for() -> None:
    from tests.treasury.api.test_every_route import ROUTES
    from treasury.api.writing import Action

    scopes = {
        address: token_scopes.of_write(callback.cls)
        for address, callback in ROUTES
        if issubclass(callback.cls, Action)
    }
    assert set(scopes.values()) <= set(TokenScope.values)
    # Only preferences of a person are written by who reads.
    assert {address.partition("/")[0] for address, scope in scopes.items() if scope == "read"} <= {
        "saved-views"
    }
    decided = {address for address in scopes if re.search("/(approve|reject|accept-late|decide)/$", address)}
    assert {address for address, scope in scopes.items() if scope == "decide"} == decided


def test_all_roles_can_be_given_to_a_machine_but_none_makes_it_decide() -> None:
    office = Office()
    version = office.designated()
    for role in Role.values:
        account = machine(role, office.entity)
        with clock.at(DECIDED):
            assert caller(account).post(decision(version, "reject"), seen(version)).status_code == 403

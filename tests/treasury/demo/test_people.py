"""The demo's five people and their passwords."""

from pathlib import Path
from typing import Any

from treasury.demo.seeding import people


def test_every_role_has_a_person_whose_printed_password_works(db: None, tmp_path: Path) -> None:
    from django.contrib.auth.hashers import check_password

    from treasury.enums import Role
    from treasury.models import Membership

    passwords = people.kept_passwords(tmp_path / "passwords.json")
    users = people.ensure_people(passwords)
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    for username, password in passwords.items():
        assert check_password(password, users[username].password)


def test_a_lost_file_gives_new_passwords_that_work(db: None, tmp_path: Path) -> None:
    from django.contrib.auth.hashers import check_password

    from treasury.models import User

    first = people.ensure_people(people.kept_passwords(tmp_path / "one.json"))
    again = people.kept_passwords(tmp_path / "other.json")
    people.ensure_people(again)
    assert User.objects.count() == len(first)
    assert check_password(again["auditor"], User.objects.get(username="auditor").password)


def test_passwords_are_kept_for_their_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "passwords.json"
    made = people.kept_passwords(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert people.kept_passwords(file) == made
    assert len(set(made.values())) == len(people.PEOPLE)


def test_passwords_are_made_anew_when_the_file_is_half_written(tmp_path: Path) -> None:
    file = tmp_path / "passwords.json"
    file.write_text('{"treasurer": "x')
    made: dict[str, Any] = people.kept_passwords(file)
    assert set(made) == {person.username for person in people.PEOPLE}

"""The demo's people: one a role, and a second hedge accountant where three persons are needed.

Their passwords are made at the first start and kept beside the other secrets.
"""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import check_password, make_password

from treasury.domain import access
from treasury.enums import Role
from treasury.models import User

PASSWORD_BYTES = 12


@dataclass(frozen=True)
class Person:
    username: str
    first_name: str
    last_name: str
    role: Role


PEOPLE = (
    Person("treasurer", "Marta", "Lindqvist", Role.TREASURER),
    Person("approver", "Jonas", "Adeyemi", Role.APPROVER),
    Person("accountant", "Priya", "Raman", Role.HEDGE_ACCOUNTANT),
    Person("controller", "Henrik", "Sorensen", Role.HEDGE_ACCOUNTANT),
    Person("auditor", "Claire", "Duval", Role.AUDITOR),
    Person("administrator", "Tom", "Becker", Role.ADMINISTRATOR),
)


def kept_passwords(file: Path) -> dict[str, str]:
    """Username and password of each person; made now where there is none yet, readable by their owner only."""
    known: dict[str, str] = {}
    try:
        known = json.loads(file.read_text())
        if set(known) == {person.username for person in PEOPLE}:
            return known
    except (OSError, ValueError):
        pass  # not there yet, or an earlier start was killed while it wrote
    made = {
        person.username: known.get(person.username) or secrets.token_urlsafe(PASSWORD_BYTES)
        for person in PEOPLE
    }
    half = file.with_suffix(".new")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        json.dump(made, opened, indent=1)
    half.replace(file)
    return made


def ensure_people(passwords: dict[str, str]) -> dict[str, User]:
    """The users by name, made where they are missing, with the passwords that are printed."""
    known = {user.username: user for user in User.objects.filter(username__in=passwords)}
    for person in PEOPLE:
        password = passwords[person.username]
        user = known.get(person.username)
        if user is None:
            user = User.objects.create(
                username=person.username,
                first_name=person.first_name,
                last_name=person.last_name,
                email=f"{person.username}@aldermoor.example",
                password=make_password(password),
                is_staff=person.role == Role.ADMINISTRATOR,
            )
            access.give_role(user=user, role=person.role, actor=None)
            known[person.username] = user
        elif not check_password(password, user.password):
            # The file was lost, or the person changed it: what is printed has to work.
            user.password = make_password(password)
            user.save(update_fields=["password"])
    return known

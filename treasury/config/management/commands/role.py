"""`manage.py role give USER ROLE [--at ENTITY]` and `role take USER ROLE [--at ENTITY] [--reason TEXT]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from treasury.domain import access
from treasury.domain.refusals import Refusal
from treasury.enums import Role
from treasury.models import Entity, User


class Command(BaseCommand):
    help = "Gives a person or a machine a role, or takes it; it counts at once, for keys too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name, words in (("give", "Gives a role."), ("take", "Takes a role that was given.")):
            action = actions.add_parser(name, help=words)
            action.add_argument("username")
            action.add_argument("role", choices=Role.values)
            action.add_argument("--at", help="Code of the entity. Default: the whole group.")
        action.add_argument("--reason", default="", help="Goes into the audit event.")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"username: expected somebody who has an account, got {options['username']!r}")
        code = options["at"]
        entity = Entity.objects.filter(code=code).first() if code else None
        if code and entity is None:
            raise CommandError(f"--at: expected the code of an entity, got {code!r}")
        told: dict[str, Any] = {"user": user, "role": options["role"], "entity": entity, "actor": None}
        try:
            if action == "give":
                access.give_role(**told)
            else:
                access.take_role(**told, reason=options["reason"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        at = entity.code if entity else "the whole group"
        verb = "has" if action == "give" else "no longer has"
        self.stderr.write(f"{user.username} {verb} the role {options['role']} at {at}.")

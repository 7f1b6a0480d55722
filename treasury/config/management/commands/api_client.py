"""`manage.py api_client register ACCOUNT --name NAME [--role ROLE [--at ENTITY]]` and `api_client revoke CLIENT`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from treasury.config.management.commands.api_token import add_extent, extent
from treasury.domain import service_accounts
from treasury.domain.refusals import Refusal
from treasury.enums import Role
from treasury.models import Entity


class Command(BaseCommand):
    help = (
        "Registers a client that asks for short-lived tokens by itself (OAuth 2), or revokes one. Its service account"
        " is made where there is none of the name; it has no password and never decides."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        register = actions.add_parser("register", help="Prints client id and secret, once.")
        register.add_argument("account", help="Name of the service account.")
        register.add_argument("--name", required=True, help="What will use it, for example: ERP")
        register.add_argument(
            "--role", choices=Role.values, help="Given to the account, if it has it not yet."
        )
        register.add_argument("--at", help="Code of the entity of the role. Default: the whole group.")
        add_extent(register)
        actions.add_parser("revoke", help="Ends a client and its tokens at once.").add_argument("client_id")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            if action == "register":
                self._register(options)
            elif not service_accounts.revoke(client_id=options["client_id"], actor=None):
                raise CommandError("client_id: expected that of a client which is not revoked yet")
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None

    def _register(self, options: dict[str, Any]) -> None:
        code, told = options["at"], extent(options)
        entity = Entity.objects.filter(code=code).first() if code else None
        if code and entity is None:
            raise CommandError(f"--at: expected the code of an entity, got {code!r}")
        client, secret = service_accounts.set_up(
            username=options["account"], role=options["role"], at=entity, name=options["name"][:80], actor=None, **told
        )  # fmt: skip
        self.stderr.write("Keep the secret now: it is shown this once.")
        self.stdout.write(f"{client.client_id} {secret}")

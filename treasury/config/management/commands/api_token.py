"""`manage.py api_token issue USER --name NAME [--days N] [--scope S] [--entity E]` and `api_token revoke PREFIX`."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from treasury.domain import api_tokens
from treasury.domain.refusals import Refusal
from treasury.enums import TokenScope
from treasury.models import Entity, User


class Command(BaseCommand):
    help = "Issues a token for the API, or revokes one. A token does no more than its owner may do."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        issue = actions.add_parser("issue", help="Prints a new token, once.")
        issue.add_argument("username")
        issue.add_argument("--name", required=True, help="What will use it, for example: ledger")
        issue.add_argument(
            "--days", type=int, default=90, help="Days until it expires (default 90, at most 366)."
        )
        add_extent(issue)
        actions.add_parser("revoke", help="Ends a token at once.").add_argument("prefix")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "issue":
            self._issue(options["username"], options["name"], options["days"], extent(options))
        else:
            self._revoke(options["prefix"])

    def _issue(self, username: str, name: str, days: int, told: dict[str, Any]) -> None:
        owner = User.objects.filter(username=username, is_active=True).first()
        if owner is None:
            raise CommandError(f"username: expected an active user, got {username!r}")
        if not 1 <= days <= api_tokens.LONGEST.days:
            raise CommandError(f"--days: expected 1 to {api_tokens.LONGEST.days}, got {days}")
        expires_at = timezone.now() + timedelta(days=days)
        try:
            _, text = api_tokens.issue(owner=owner, name=name[:80], expires_at=expires_at, actor=None, **told)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stderr.write(f"Expires {expires_at:%Y-%m-%d}. Keep it now: it is shown this once.")
        self.stdout.write(text)

    def _revoke(self, prefix: str) -> None:
        if not api_tokens.revoke(prefix=prefix.partition(".")[0], actor=None):
            raise CommandError("prefix: expected that of a token which is not revoked yet")
        self.stderr.write("Revoked.")


def add_extent(parser: ArgumentParser) -> None:
    """What a key is for; without an answer it reads what its owner sees."""
    parser.add_argument(
        "--scope",
        action="append",
        choices=TokenScope.values,
        help="What it is for, of what the owner's roles allow; repeat it. Default: read.",
    )
    parser.add_argument(
        "--entity", action="append", help="Code of an entity; repeat it. Default: the owner's."
    )


def extent(options: dict[str, Any]) -> dict[str, Any]:
    codes = options.get("entity")
    if not codes:
        return {"scopes": options.get("scope"), "entities": None}
    found = list(Entity.objects.filter(code__in=codes))
    if missing := set(codes) - {entity.code for entity in found}:
        raise CommandError(f"--entity: expected codes of entities, got {', '.join(sorted(missing))}")
    return {"scopes": options.get("scope"), "entities": found}

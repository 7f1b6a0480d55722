"""`manage.py api_token issue USER --name NAME [--days N]` and `manage.py api_token revoke PREFIX`."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from treasury.domain import api_tokens
from treasury.models import User


class Command(BaseCommand):
    help = "Issues a token for the API, or revokes one. A token reads what its owner may read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        issue = actions.add_parser("issue", help="Prints a new token, once.")
        issue.add_argument("username")
        issue.add_argument("--name", required=True, help="What will use it, for example: ledger")
        issue.add_argument(
            "--days", type=int, default=90, help="Days until it expires (default 90, at most 366)."
        )
        actions.add_parser("revoke", help="Ends a token at once.").add_argument("prefix")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "issue":
            self._issue(options["username"], options["name"], options["days"])
        else:
            self._revoke(options["prefix"])

    def _issue(self, username: str, name: str, days: int) -> None:
        owner = User.objects.filter(username=username, is_active=True).first()
        if owner is None:
            raise CommandError(f"username: expected an active user, got {username!r}")
        if not 1 <= days <= api_tokens.LONGEST.days:
            raise CommandError(f"--days: expected 1 to {api_tokens.LONGEST.days}, got {days}")
        expires_at = timezone.now() + timedelta(days=days)
        _, text = api_tokens.issue(owner=owner, name=name[:80], expires_at=expires_at, actor=None)
        self.stderr.write(f"Expires {expires_at:%Y-%m-%d}. Keep it now: it is shown this once.")
        self.stdout.write(text)

    def _revoke(self, prefix: str) -> None:
        if not api_tokens.revoke(prefix=prefix.partition(".")[0], actor=None):
            raise CommandError("prefix: expected that of a token which is not revoked yet")
        self.stderr.write("Revoked.")

"""Which test walks which page: every address that the resolver has is here, or says why it is none."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

SENT = "is sent to, never opened"
FILE = "is a file"
LEADS_ON = "leads on to another page at once"

PAGES = {
    "trades": {
        "instruments", "instrument-ladder", "instrument", "ticket", "ticket-drafts", "coming-days", "instrument-amend",
        "instrument-life",
        "instrument-life-take-back", "approvals", "book-decision", "propose", "proposals", "proposal",
        "proposal-line-dismiss", "policies", "policy", "policy-edit", "policy-decision", "strategy", "strategy-tool",
        "strategy-saved", "strategy-beside", "position", "position-cell", "why-moved", "horizon", "explanation",
    },
    "exposures": {
        "exposures", "exposure", "exposure-new", "exposure-change", "exposure-compare", "waterfall",
        "forecast-accuracy", "book-decision", "imports", "import-new", "import-layout", "import-columns", "import",
        "import-rows",
    },
    "frame": {
        "home", "people", "help", "keyboard", "search", "runs", "run", "market", "credit-facts", "credit-fact-record",
        "quote-new", "manual-quote", "market-needs", "calendar",
        "changes", "calculators", "calculator", "api-docs", "exposure-new", "keys", "key-new",
        "client-new", "key-revoke",
    },
    "account": {
        "account_login", "account_inactive", "account_logout", "account_signup", "account_change_password",
        "account_reauthenticate", "mfa_index", "mfa_activate_totp", "mfa_authenticate", "mfa_reauthenticate",
        "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    },
    "hedging": {
        "relationships", "relationship", "relationship-designate", "relationship-change", "assessment-decide",
        "relationship-decision", "unrecovered-loss", "unrecovered-loss-decision",
        "effectiveness", "effectiveness-of", "approvals", "accounting", "accounting-period",
        "account-map", "account-map-edit", "account-map-decision", "accounting-corrections", "journal-entry",
        "reversal-decision", "journal", "roll-forward", "disclosures", "reconciliation", "disclosed-instruments",
        "explanation",
    },
}  # fmt: skip

NO_PAGE = {
    **dict.fromkeys(
        (
            "scheme", "first-steps", "view-save", "view-delete", "run-cancel", "run-retry", "run-start", "import-cells",
            "import-check", "import-commit", "import-discard", "import-stop", "import-undo", "import-decide",
            "margin-record", "ticket-draft-discard", "assessment-test", "relationship-decide", "policy-decide",
            "account-map-decide", "reversal-decide", "unrecovered-loss-decide", "book-decide", "decide-many",
            "manual-quote-decide",
            "accounting-close", "strategy-save", "journal-entry-reverse",
            "accounting-corrections-measure",
        ),
        SENT,
    ),
    **dict.fromkeys(("import-mended", "import-file", "mfa_download_recovery_codes"), FILE),
    "run-progress": "is a part of the page of a run",
    "import-progress": "is a part of the page of an import",
    "accounting-corrections-progress": "is a part of the page of corrections",
    "account_set_password": LEADS_ON,
}  # fmt: skip


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every named address for people, and the page that shows the contract of the API."""
    for route, pattern in _of(get_resolver()):
        if not route.startswith("api/") or pattern.name == "api-docs":
            yield str(pattern.name), pattern


def _of(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in resolver.url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from _of(found, route)
        else:
            yield route, found

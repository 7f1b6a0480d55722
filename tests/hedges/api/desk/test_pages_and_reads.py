"""Everything that a page shows has an address: each page that is looked at is held to the resolver, by name."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.hedges.api.desk.test_pages_and_endpoints import KEY, pages
from tests.treasury.api.test_every_route import ROUTES
from treasury.api.writing import Action

_AUDIT = "audit-events/"
#: Page → what gives its content.
GIVEN = {
    "first-steps": "entities/ people/ market-quotes/ policies/ accounting-periods/", "people": "people/",
    "search": "search/", "runs": "runs/", "run": "runs/{key}/", "run-progress": "runs/{key}/",
    "calculators": "measures/",
    "calculator": "measures/{code}/", "market": "market-quotes/", "credit-facts": "credit-facts/ counterparties/",
    "policies": "policies/", "policy": f"policies/ policies/{{key}}/versions/ {_AUDIT}",
    "policy-decision": "policy-versions/{key}/", "changes": "changes/ audit-events/", "imports": "imports/",
    "import": "imports/{key}/ imports/{key}/problems/ imports/{key}/changes/ imports/{key}/effect/ "
    "imports/{key}/files/", "import-progress": "imports/{key}/ bulk-jobs/{key}/",
    "import-rows": "imports/{key}/rows/",
    "import-file": "imports/{key}/original/", "exposures": "exposures/", "waterfall": "exposure-waterfall/",
    "forecast-accuracy": "forecast-accuracy/", "exposure": "exposures/{key}/ exposures/{key}/versions/",
    "exposure-compare": "exposures/{key}/versions/", "position": "position/",
    "position-cell": "horizon-profiles/{key}/ horizon-profiles/{key}/content/ horizon-profiles/{key}/explain/",
    "why-moved": "entities/{key}/why-moved/", "horizon": "horizon-profiles/", "proposals": "proposals/",
    "proposal": "proposals/{key}/ proposal-lines/", "instruments": "instruments/",
    "instrument-ladder": "instruments/ valuations/", "coming-days": "coming-days/",
    "instrument": "instruments/{key}/ instruments/{key}/versions/ instrument-events/ valuations/{key}/ "
    "instruments/{key}/fpml/ instruments/{key}/mt300/",
    "ticket-drafts": "trade-drafts/", "relationships": "hedge-relationships/ effectiveness-results/",
    "relationship": "hedge-relationships/{key}/ hedge-relationships/{key}/versions/ hedge-relationships/{key}/life/",
    "approvals": "awaiting/", "relationship-decision": "hedge-relationship-versions/{key}/",
    "account-map-decision": "account-map-versions/{key}/", "reversal-decision": "journal-reversals/{key}/",
    "unrecovered-loss-decision": "unrecovered-losses/{key}/",
    "book-decision": "exposure-versions/{key}/ instrument-versions/{key}/", "accounting": "accounting-periods/",
    "account-map": "account-maps/{key}/ account-maps/{key}/versions/",
    "accounting-corrections": "entities/{key}/corrections/ entities/{key}/demanded-changes/",
    "accounting-corrections-progress": "entities/{key}/corrections/",
    "accounting-period": "entities/{key}/periods/{month}/", "strategy": "strategies/ strategies/saved/",
    "strategy-saved": "strategies/saved/{key}/", "strategy-beside": "strategies/saved/compare/",
    "strategy-tool": "strategies/",
    "effectiveness": "effectiveness-results/", "effectiveness-of": "effectiveness-results/{key}/ rule-packs/",
    "explanation": "valuations/{key}/explain/ hedge-ratios/{key}/explain/ horizon-profiles/{key}/explain/ "
    "effectiveness-results/{key}/explain/ measurements/{key}/explain/ costs-of-hedging/{key}/explain/",
    "journal": "journal-entries/", "journal-entry": "journal-entries/{key}/", "roll-forward": "roll-forwards/",
    "disclosures": "disclosures/{key}/", "disclosed-instruments": "disclosures/{key}/instruments/",
    "reconciliation": "reconciliations/", "manual-quote": "manual-quotes/{key}/",
    "market-needs": "market-needs/", "calendar": "calendars/",
}  # fmt: skip
#: Pages that show nothing of the book that has no address above.
ONLY_A_PAGE = {
    "scheme": "light or dark", "help": "the documents that come with the program", "keyboard": "the keys of the pages",
    "home": "a choice of what other pages show, by role", "keys": "one's own keys: a key does not look after keys",
}  # fmt: skip


def looked_at() -> Iterator[str]:
    """The named pages, without those of the sign-in and those that only take something in."""

    def walk(prefix: str, patterns: list[Any]) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            address = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(address, pattern.url_patterns)
            elif not address.startswith(("api/", "accounts/")):
                yield address, pattern

    for _, pattern in walk("", get_resolver().url_patterns):
        yield str(pattern.name)


READS = {
    KEY.sub(r"{\1}", address) for address, callback in ROUTES if not issubclass(callback.cls, Action)
}  # fmt: skip


def test_every_page_has_its_address_or_its_reason() -> None:
    named = set(looked_at())
    assert len(named) > 60, "the walk finds the pages"
    assert not set(GIVEN) & set(ONLY_A_PAGE)
    told = set(GIVEN) | set(ONLY_A_PAGE)
    assert told <= named, told - named
    assert named - told <= {name for name, _ in pages()}, "what is no form has an address"


def test_each_address_that_is_named_is_read() -> None:
    for page, addresses in GIVEN.items():
        assert set(addresses.split()) <= READS, (page, set(addresses.split()) - READS)


def test_what_is_only_on_a_page_has_a_reason() -> None:
    assert all(len(reason) > 10 for reason in ONLY_A_PAGE.values())

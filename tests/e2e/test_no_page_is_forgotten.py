"""Every address that the resolver has is walked by a test of its page, or is none and does not open."""

from http import HTTPStatus

from django.test import RequestFactory

from tests.e2e.every_page.routes import NO_PAGE, PAGES, SENT, routes


def test_every_address_is_walked_or_is_no_page() -> None:
    walked, known = set().union(*PAGES.values()), {name for name, _ in routes()}
    assert known - walked - set(NO_PAGE) == set(), "give each of them a visit in tests/e2e/every_page"
    assert (walked | set(NO_PAGE)) - known == set(), "there is no such address any more"
    assert walked & set(NO_PAGE) == set()


def test_what_is_only_sent_to_does_not_open() -> None:
    request = RequestFactory().get("/")
    opened = {
        name: answer.status_code
        for name, pattern in routes()
        if NO_PAGE.get(name) == SENT
        and (answer := pattern.callback(request)).status_code != HTTPStatus.METHOD_NOT_ALLOWED
    }
    assert opened == {}

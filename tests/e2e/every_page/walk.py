"""A walk over pages, each loaded once: axe in light, dark and narrow, width, console, what is dead without script,
and tables that cannot be had as a file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.urls import Resolver404, resolve
from playwright.sync_api import Error as PlaywrightError

from tests.e2e import axe, desk
from tests.e2e.every_page.without_script import dead
from tests.harness.browser import patient
from treasury.domain import access

#: Who walks: a person of every role sees every button; the others see what is shown to them alone.
ROLES = {
    "everybody": ("TREASURER", "HEDGE_ACCOUNTANT", "APPROVER", "ADMINISTRATOR"),
    "administrator": ("ADMINISTRATOR",),
    "auditor": ("AUDITOR",),
    "careful": ("TREASURER",),  # with a second factor
    "nobody": (),
}


@dataclass(frozen=True)
class Visit:
    """`then`: what is typed and pressed there before it is looked at; `status`: what the page is answered with;
    `drawn`: what the page's script has drawn by then, by its selector.
    """

    address: str
    then: Callable[[Any], None] | None = None
    who: str = "everybody"
    status: int = 200
    drawn: str = ""

    def is_asked_for(self, text: str) -> bool:
        """Whether the console only repeats the answer: the status of the page, or that a form is shown as refused."""
        answers = ({self.status} | {422 if self.then else self.status}) - {200}
        return any(f"status of {answer} " in text for answer in answers)

    @property
    def name(self) -> str:
        """That of its address; empty, where there is no such page."""
        try:
            return str(resolve(urlsplit(self.address).path).url_name)
        except Resolver404:
            return ""


def person(name: str) -> Any:
    """One of those who walk, made when first asked for."""
    found, new = get_user_model().objects.get_or_create(username=name)
    if new:
        found.set_password(desk.PASSWORD)
        found.save()
        for role in ROLES[name]:
            access.give_role(user=found, role=role, actor=None)
    return found


def walked(browser: Any, site: str, visits: Sequence[Visit]) -> dict[str, list[str]]:
    """What is wrong with which page; nothing, where all is well."""
    found: dict[str, list[str]] = {}
    for name in ROLES:
        own = [visit for visit in visits if visit.who == name]
        if own:
            context = patient(browser.new_context(base_url=site, viewport=axe.WIDE))
            page = context.new_page()
            said: list[str] = []
            page.on(
                "console", lambda told, said=said: said.append(told.text) if told.type == "error" else None
            )
            page.on("pageerror", lambda problem, said=said: said.append(str(problem)))
            if name != "nobody":
                person(name)
                desk.sign_in_as(page, name)
            for visit in own:
                said.clear()
                wrong = _looked(page, visit)
                wrong += [text for text in said if not visit.is_asked_for(text)]
                if wrong:
                    found[f"{visit.address} as {name}"] = wrong
            context.close()
    return found


def _looked(page: Any, visit: Visit) -> list[str]:
    page.set_viewport_size(axe.WIDE)
    answer = page.goto(visit.address)
    if answer.status != visit.status:
        return [f"answers {answer.status}"]
    if urlsplit(page.url).path != urlsplit(visit.address).path:
        return [f"leads to {page.url}"]
    html = answer.text()
    try:
        if visit.drawn:
            page.wait_for_selector(visit.drawn)
        if visit.then:
            visit.then(page)
            page.wait_for_load_state()  # a click waits for the answer to begin, not for the page
            html = page.content()
    except PlaywrightError as error:
        return [str(error)]
    return dead(page, html) + _without_files(page) + axe.everywhere(page)


#: Tables whose file is another one, by their caption.
OWN_FILES = {"The first rows of the file": "the file that was uploaded"}


def _without_files(page: Any) -> list[str]:
    """Tables of rows that cannot be had as a file; a table whose cells are fields is a form."""
    names = page.evaluate(
        """() => [...document.querySelectorAll("main table")]
            .filter((table) => !table.querySelector("input, select, textarea"))
            .filter((table) => !table.closest(".scroll")?.nextElementSibling?.querySelector("a[href*='format=csv']"))
            .map((table) => table.caption?.textContent ?? table.textContent.slice(0, 60))"""
    )
    return [f"no file of the table {name}" for name in names if name not in OWN_FILES]

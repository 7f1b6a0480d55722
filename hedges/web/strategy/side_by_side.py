"""Up to four strategies of any pages side by side: saved ones, each on its own run, and one that is not saved yet.

What all of them have in common is compared whatever page made them; strategies of one page number by number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from hedges.web.strategy.answer import Answer, Common, Unproven, asked
from hedges.web.strategy.saved import opened
from hedges.web.strategy.tools import TOOLS, label_of
from treasury.web.scope import Scope

MOST = 4


@dataclass
class Stood:
    """One of those that are compared; `answer` None where `why` says why there are no numbers.

    `word` is what the address has of it, `held` how its numbers stand to the saved ones.
    """

    word: str
    title: str
    tool: str
    href: str
    entity: str = ""
    day: Any = None
    run_id: int | None = None
    proposal_id: int | None = None
    author: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    market: str = ""
    book: str = ""
    answer: Answer | None = None
    held: str = ""
    differs: str = ""
    why: str = ""

    @property
    def tool_title(self) -> str:
        return TOOLS[self.tool].title if self.tool in TOOLS else self.tool

    @property
    def common(self) -> Common:
        names = ("hedge_ratio", "cost", "expected", "worst")
        return self.answer.common if self.answer else Common(why=dict.fromkeys(names, self.why))


def of_saved(scope: Scope, row: dict) -> Stood:
    told = row["assumptions"]
    answer, differs = opened(scope, row)
    return Stood(
        word=str(row["id"]), title=row["title"], tool=told.get("tool", ""), entity=row["entity_code"], day=row["day"],
        run_id=row["run_id"], proposal_id=row["id"], author=row["author_name"], inputs=dict(told.get("inputs", {})),
        market=told.get("market_digest", ""), book=told.get("book_digest", ""), answer=answer,
        differs=differs, held=differs or "the same as saved", why="" if answer else differs,
        href=scope.link(reverse("strategy-saved", args=[row["id"]])),
    )  # fmt: skip


def of_inputs(scope: Scope, word: str) -> Stood | None:
    """`word`: a page and its inputs, `programme?kind=static&ratio=60`; None where there is no such page."""
    name, _, inputs = word.partition("?")
    tool, address = TOOLS.get(name), QueryDict(inputs)
    if tool is None:
        return None
    href = f"{reverse('strategy-tool', args=[name])}?{inputs}"
    found = Stood(word=word, title="Not saved yet", tool=name, href=href, held="not saved")
    try:
        given = asked(scope, address)
    except Unproven as error:
        found.why = str(error)
        return found
    if given is None:
        found.why = "there is no published night with a position to work from"
        return found
    form = tool.form(given)
    found.answer, found.inputs = tool.work(given, form), form.asked
    owner, run = given.owner(form), scope.run
    found.entity = next((row["code"] for row in scope.entities if row["id"] == owner), "all")
    found.day, found.run_id = (run["as_of_date"], run["id"]) if run else (None, None)
    found.href = scope.link(reverse("strategy-tool", args=[name]), **form.asked)
    if found.answer is None:
        found.why = "an input is refused: open it and put it right"
    return found


@dataclass(frozen=True)
class Line:
    """One number in each of the strategies; `differs`: they do not all say the same.

    `where_asked`: only those count that have it, None being an input that a page does not ask for.
    """

    name: str
    values: tuple[object, ...]
    shown: tuple[object, ...]
    number: str = ""
    where_asked: bool = False

    @property
    def differs(self) -> bool:
        counted = [value for value in self.values if value is not None or not self.where_asked]
        return any(value != counted[0] for value in counted)


def assumptions(stood: Sequence[Stood]) -> list[Line]:
    """What each was worked out from: the night, its market and book, and every input by what its page calls it."""
    facts = [
        ("Page", [one.tool_title for one in stood]), ("Entity", [one.entity for one in stood]),
        ("Rates of", [one.day.isoformat() if one.day else None for one in stood]),
        ("Run", [str(one.run_id) if one.run_id else None for one in stood]),
        ("Market, SHA-256", [one.market[:12] or None for one in stood]),
        ("Book, SHA-256", [one.book[:12] or None for one in stood]),
    ]  # fmt: skip
    told = [
        {label_of(one.tool, name): value for name, value in one.inputs.items()} if one.tool in TOOLS else {}
        for one in stood
    ]
    labels = dict.fromkeys(label for inputs in told for label in inputs)
    inputs = [(label, [one.get(label) for one in told]) for label in labels]
    return [
        Line(
            name, tuple(values), tuple("–" if value is None else value for value in values), where_asked=True
        )
        for name, values in [*facts, *inputs]
    ]

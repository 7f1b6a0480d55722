"""Saved strategies in a list, and one opened again: worked out anew on its own run and held against what was saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import QueryDict
from django.urls import reverse

from hedges.web.strategy.answer import Answer, Unproven, asked, digest_of
from hedges.web.strategy.tools import TOOLS
from treasury.queries.access import PREPARERS
from treasury.web.scope import Scope
from treasury.web.tables import Choice, Column, Table

#: Entities that are offered to save for.
MOST_WAYS = 12


@dataclass(frozen=True)
class Saving:
    """The form that saves an answer; without its address `why` says why there is none, `ways` leads to where one is."""

    href: str = ""
    key: UUID | None = None
    title: str = ""
    inputs: str = ""
    why: str = ""
    ways: Sequence[tuple[str, str]] = ()


def saving_of(scope: Scope, tool: str, inputs: Mapping[str, str], title: str, owner: int | None) -> Saving:
    """`owner`: the entity whose strategy it is; None where the page is about several."""
    mine = [row for row in scope.entities if scope.person.has_role_at(row["id"], *PREPARERS)]
    if owner is None:
        if not mine:
            return Saving(why="A strategy is saved by a treasurer or hedge accountant of its entity.")
        path, kept = (
            reverse("strategy-tool", args=[tool]),
            [pair for pair in scope.kept if pair[0] != "entity"],
        )
        ways = [
            (f"{path}?{urlencode([('entity', row['code']), *kept, *inputs.items()])}", row["code"])
            for row in mine[:MOST_WAYS]
        ]
        return Saving(
            why="A strategy is saved for one entity. Choose an entity at the top to save", ways=ways
        )
    if owner not in {row["id"] for row in mine}:
        code = next((row["code"] for row in scope.entities if row["id"] == owner), "this entity")
        return Saving(why=f"Strategies of {code} are saved by its treasurers and hedge accountants.")
    href = scope.link(reverse("strategy-save", args=[tool]))
    return Saving(href, uuid4(), title, urlencode(inputs))


def saved_table(scope: Scope, rows: list[dict], ticked: Collection[str] = ()) -> Table:
    """Each with a box, that the form `beside` sends to the page where they stand side by side."""
    for row in rows:
        row["tool_title"] = TOOLS[row["tool"]].title if row["tool"] in TOOLS else ""
    columns = [
        Column(
            "title",
            "Strategy",
            link=lambda row: scope.link(reverse("strategy-saved", args=[row["id"]])),
            wrap=True,
        ),
        Column("tool_title", "Made with"),
        Column("entity_code", "Entity"),
        Column("day", "Rates of", "day"),
        Column("line_count", "Trades", "count"),
        Column("author_name", "By"),
        Column("recorded_at", "Saved (UTC)", "moment"),
    ]
    return Table(columns, rows, caption="Saved strategies", empty="No strategy has been saved yet.",
                 next_step="Open a programme or another page above, and save what it shows.",
                 choice=Choice("beside", lambda row: str(row["id"]), lambda value: value in ticked))  # fmt: skip


def opened(scope: Scope, row: dict) -> tuple[Answer | None, str]:
    """The answer on the run that it was saved from, and how its numbers stand to the saved ones in words."""
    told = row["assumptions"]
    tool, address = TOOLS.get(told.get("tool", "")), QueryDict(urlencode(told.get("inputs", {})))
    entity = next((one for one in scope.entities if one["id"] == row["entity_id"]), None)
    kept = [("entity", row["entity_code"]), ("run", str(row["run_id"]))]
    then = replace(scope, entity=entity, run_id=row["run_id"], known_at=None, as_of=None, kept=kept)
    try:
        found = asked(then, address) if tool else None
    except Unproven as error:
        return None, f"It cannot be worked out again: {error}"
    if tool is None or found is None:
        return None, "It cannot be worked out again: its run or its page is not there."
    form = tool.form(found)
    answer = tool.work(found, form)
    if answer is None:
        return None, "It cannot be worked out again: an input is refused now."
    before = told.get("numbers", {})
    # A table that the page has got since is no difference; one that is gone is.
    now = {name: answer.numbers.get(name) for name in before}
    if digest_of(now) == told.get("numbers_digest"):
        return answer, ""
    other = [name for name, rows in now.items() if before.get(name) != rows]
    return (
        answer,
        f"Worked out again it differs from what was saved in: {', '.join(other) or 'what it shows'}.",
    )


def addresses(row: dict) -> dict[str, str]:
    """The page with the same inputs, on its own run and on the newest one."""
    told = row["assumptions"]
    path, inputs = reverse("strategy-tool", args=[told["tool"]]), told.get("inputs", {})
    return {
        "then": f"{path}?{urlencode({**inputs, 'entity': row['entity_code'], 'run': row['run_id']})}",
        "now": f"{path}?{urlencode({**inputs, 'entity': row['entity_code']})}",
        "beside": f"{reverse('strategy-beside')}?{urlencode({'row': row['id']})}",
    }

"""Where each role begins its day, and the first steps of somebody who is new."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from treasury.enums import Role
from treasury.queries import people, run_pages
from treasury.web import run_tables
from treasury.web.menu import address
from treasury.web.page import page_of_now
from treasury.web.story import events_table
from treasury.web.tables import Column, Table

YEAR = 365 * 24 * 3600
#: Role, in the order in which one counts where somebody has several, and the page on which their day begins.
BEGINS_AT = (
    (Role.TREASURER, "position"),
    (Role.APPROVER, "approvals"),
    (Role.HEDGE_ACCOUNTANT, "accounting"),
)
REPORTS = ("roll-forward", "disclosures", "reconciliation", "journal")


@page_of_now
def home_page(request: HttpRequest) -> HttpResponse:
    """A treasurer's position, an approver's list, an accountant's month; for the others a page of its own."""
    scope = request.book  # type: ignore[attr-defined]
    for role, name in BEGINS_AT:
        if role in scope.person.roles and address(name):
            return HttpResponseRedirect(f"{address(name)}{scope.query}")
    runs = list(run_pages.runs(request.user).order_by("-as_of_date", "-revision")[:5])
    context = {
        "page_title": "Home",
        "runs": Table(
            run_tables.COLUMNS, runs, caption="The latest runs", short=True, empty="No night yet.",
            row_link=lambda row: f"{address('runs')}{row['id']}/",
        ),
        "reports": [address(name) and (address(name), name.replace("-", " ").capitalize()) for name in REPORTS],
        "administrates": Role.ADMINISTRATOR in scope.person.roles,
    }  # fmt: skip
    if context["administrates"]:
        context["people"] = people_table(people.everybody(scope.all_ids))
    return render(request, "treasury/home.html", context)


@page_of_now
def people_page(request: HttpRequest) -> HttpResponse:
    """Who may do what where; whoever sees an entity sees who works on it."""
    scope = request.book  # type: ignore[attr-defined]
    table = people_table(people.everybody(scope.entity_ids))
    log = people.role_changes(scope.entity_ids)
    context = {
        "page_title": "People and roles",
        "table": table,
        "events": events_table(log, about=Column("whom", "Whose role"), caption="Roles given and taken"),
    }
    return render(request, "treasury/list.html", context)


def people_table(rows: list[dict]) -> Table:
    columns = [
        Column("username", "Person", cell=lambda row: row["full_name"] or row["username"]),
        Column("account", "Signs in as"),
        Column("role", "Role", "label"),
        Column("at", "At", cell=lambda row: row["at"] or "every entity"),
        Column("active", "Account", cell=lambda row: "open" if row["active"] else "closed"),
        Column("last_login", "Last signed in (UTC)", "moment"),
    ]
    return Table(columns, rows, caption="People and their roles", empty="Nobody has a role.",
                 next_step="Give the first role from the command line.")  # fmt: skip


@require_POST
def first_steps(request: HttpRequest) -> HttpResponse:
    """Hides the panel of first steps in this browser, or brings it back."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if request.POST.get("show"):
        response.delete_cookie("first_steps")
    else:
        response.set_cookie(
            "first_steps", "hidden", max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    return response

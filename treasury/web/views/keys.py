"""Keys to the API: what there are and what they are for, a new one, its end; clients of machines."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from treasury.domain import api_tokens, service_accounts
from treasury.domain.keys import allowed
from treasury.enums import Role, TokenScope
from treasury.kernel.errors import HedgebookError
from treasury.queries import access, keys
from treasury.web.forms import DeskForm
from treasury.web.page import form_page, page_of_now
from treasury.web.story import events_table
from treasury.web.tables import Column, Table

NOTE = (
    "A key lets another system work in its owner's name, for what it is for and at its entities, never for more than"
    " the owner may do at that moment. Only a digest of it is kept."
)
COLUMNS = [
    Column("name", "Used by"),
    Column("key", "Key", cell=lambda row: f"{row['key']}…"),
    Column("kind", "Kind"),
    Column("owner__username", "In the name of"),
    Column("scopes", "For", cell=lambda row: ", ".join(row["scopes"]), wrap=True),
    Column(
        "entities",
        "At",
        cell=lambda row: ", ".join(row["entities"]) or "every entity of its owner",
        wrap=True,
    ),
    Column("state", "State"),
    Column("expires_at", "Expires (UTC)", "moment"),
    Column("last_used_at", "Last used (UTC)", "moment"),
]
SCOPES = [(scope.value, f"{scope.value}: {scope.label}") for scope in TokenScope]


class _Extent(DeskForm):
    """What a key is for."""

    name = forms.CharField(label="Used by", max_length=80, help_text="The system, such as ledger or ERP.")
    scopes = forms.MultipleChoiceField(
        label="For", choices=SCOPES, initial=["read"], widget=forms.SelectMultiple(attrs={"size": len(SCOPES)}),
        help_text="One or more; hold Ctrl to choose several.",
    )  # fmt: skip
    entities = forms.MultipleChoiceField(
        label="At", required=False, help_text="None chosen: every entity of the owner.",
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip

    def at(self, own: dict) -> list | None:
        return [own[code] for code in self.cleaned_data["entities"]] or None


class TokenForm(_Extent):
    days = forms.IntegerField(
        label="Days until it expires", initial=90, min_value=1, max_value=api_tokens.LONGEST.days
    )


class ClientForm(_Extent):
    account = forms.CharField(
        label="Service account", max_length=150,
        help_text="A machine, without a password; made where there is none of this name.",
    )  # fmt: skip
    role = forms.ChoiceField(
        label="Its role at the whole group", choices=[("", "as it is"), *Role.choices], required=False
    )


class RevokeForm(DeskForm):
    key = forms.ChoiceField(label="Key", help_text="It ends at once, a client with all its tokens.")


@page_of_now
def keys_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    table = Table(
        COLUMNS, keys.listed(request.user), caption="Keys to the API, those in force first", empty="There is no key.",
        next_step="Make one for the system that is to work in your name.",
    )  # fmt: skip
    context = {"page_title": "API keys", "note": NOTE, "table": table, "may_write": scope.may_write}
    context["events"] = events_table(keys.change_log(request.user))
    context["administers"] = keys.administers(request.user)
    return render(request, "treasury/keys.html", context)


@form_page
def key_new(request: HttpRequest) -> HttpResponse:
    form, own = TokenForm(request.POST or None), _own(request)
    form.fields["entities"].choices = [(code, f"{code} {one.name}") for code, one in own.items()]
    known = allowed(request.user)
    form.fields["scopes"].choices = [(scope, words) for scope, words in SCOPES if scope in known]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            token, text = api_tokens.issue(
                owner=request.user, name=told["name"], actor=request.user, scopes=told["scopes"], entities=form.at(own),
                expires_at=timezone.now() + timedelta(days=told["days"]),
            )  # fmt: skip
        except HedgebookError as error:
            form.refuse(error)
        else:
            return _shown_once(request, "Token", token.prefix, [("Token", text)])
    return _form(request, form, "New API key", "Make the key")


@form_page
def client_new(request: HttpRequest) -> HttpResponse:
    if not keys.administers(request.user):
        raise PermissionDenied("Machines are made by an administrator of the whole group.")
    form, own = ClientForm(request.POST or None), _own(request)
    form.fields["entities"].choices = [(code, f"{code} {one.name}") for code, one in own.items()]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            client, secret = service_accounts.set_up(
                username=told["account"], role=told["role"] or None, name=told["name"], scopes=told["scopes"],
                entities=form.at(own), actor=request.user,
            )  # fmt: skip
        except HedgebookError as error:
            form.refuse(error)
        else:
            return _shown_once(
                request, "Client", client.client_id, [("Client id", client.client_id), ("Secret", secret)]
            )
    return _form(request, form, "New client of a machine", "Register the client")


@form_page
def key_revoke(request: HttpRequest) -> HttpResponse:
    form = RevokeForm(request.POST or None)
    rows = {row["key"]: row for row in keys.listed(request.user) if row["state"] == "in force"}
    form.fields["key"].choices = [
        (key, f"{row['name']}, {row['kind']} {key}… of {row['owner__username']}") for key, row in rows.items()
    ]
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        if rows[key]["kind"] == "token":
            api_tokens.revoke(prefix=key, actor=request.user)
        else:
            service_accounts.revoke(client_id=key, actor=request.user)
        messages.success(request, f"{rows[key]['name']} {key}… has ended.")
        return HttpResponseRedirect(request.book.link(reverse("keys")))
    return _form(request, form, "End a key", "End it now")


def _own(request: HttpRequest) -> dict:
    return {one.code: one for one in access.visible_entities(request.user).order_by("code")}


def _form(request: HttpRequest, form: DeskForm, title: str, does: str) -> HttpResponse:
    context = {"page_title": title, "form": form, "note": NOTE, "does": does}
    return render(request, "treasury/key_form.html", context, status=422 if form.errors else 200)


def _shown_once(request: HttpRequest, what: str, key: str, shown: list[tuple[str, str]]) -> HttpResponse:
    context = {"page_title": f"{what} {key}…", "shown": shown}
    return render(request, "treasury/key_made.html", context)

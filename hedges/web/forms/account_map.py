"""Which account each role posts to."""

from __future__ import annotations

from django import forms

from hedges.enums import AccountRole
from treasury.web.forms import DayField, DeskForm


class AccountMapForm(DeskForm):
    """Two fields a role. A role without an account is left out; a close names it where it is needed."""

    valid_from = DayField(label="Counts from")
    change_reason = forms.CharField(label="Why", max_length=400, required=False)

    def __init__(self, *arguments: object, accounts: dict | None = None, **options: object) -> None:
        super().__init__(*arguments, **options)
        for role in AccountRole:
            known = (accounts or {}).get(role.value, {})
            self.fields[f"code_{role.value}"] = forms.CharField(
                label=f"Account of {role.label}", max_length=20, required=False, initial=known.get("code", "")
            )
            self.fields[f"name_{role.value}"] = forms.CharField(
                label=f"Name of the account of {role.label}",
                max_length=120,
                required=False,
                initial=known.get("name", ""),
            )

    @property
    def rows(self) -> list[dict]:
        return [
            {"role": role, "code": self[f"code_{role.value}"], "name": self[f"name_{role.value}"]}
            for role in AccountRole
        ]

    @property
    def accounts(self) -> dict[str, dict[str, str]]:
        told = self.cleaned_data
        return {
            role.value: {"code": told[f"code_{role.value}"], "name": told[f"name_{role.value}"]}
            for role in AccountRole
            if told.get(f"code_{role.value}")
        }

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        for role in AccountRole:
            if cleaned.get(f"name_{role.value}") and not cleaned.get(f"code_{role.value}"):
                self.add_error(f"code_{role.value}", "It has a name and no account: give the account.")
        return cleaned

"""Imports and foreign keys point down the house."""

import subprocess
import sys
from pathlib import Path

from django.apps import apps

from treasury.launcher.paths import PROJECT

ORDER = ["treasury", "exposures", "hedges", "reports", "nightly", "demo", "config"]


def test_the_import_contracts_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_foreign_keys_point_down_or_sideways() -> None:
    """String references and `get_model` are invisible to the import contracts."""
    floor = {label: height for height, label in enumerate(ORDER)}
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in floor
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is not None
        if floor.get(field.related_model._meta.app_label, -1) > floor[model._meta.app_label]
    ]
    assert upward == []


def test_nobody_registers_signal_receivers() -> None:
    """A write that happens because of another one is not found by reading; Celery's start-up hooks are no writes."""
    users = [
        str(file.relative_to(PROJECT))
        for app in ("treasury", "exposures", "hedges", "reports")
        for file in (PROJECT / app).rglob("*.py")
        if "django.dispatch" in (text := file.read_text()) or "django.db.models.signals" in text
    ]
    assert users == []

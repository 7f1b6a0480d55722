"""The Django application `demo`; it has no tables, only the command."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "treasury.demo"
    label = "demo"
    verbose_name = "Demo company"

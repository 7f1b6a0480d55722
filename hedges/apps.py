from django.apps import AppConfig


class HedgesConfig(AppConfig):
    name = "hedges"
    verbose_name = "Hedges"
    default_auto_field = "django.db.models.BigAutoField"

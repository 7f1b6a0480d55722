from django.apps import AppConfig


class ExposuresConfig(AppConfig):
    name = "exposures"
    verbose_name = "Exposures"
    default_auto_field = "django.db.models.BigAutoField"

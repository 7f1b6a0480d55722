from django.apps import AppConfig


class WebConfig(AppConfig):
    """Brings the style sheet, the script and the template tags; it has no tables."""

    name = "treasury.web"
    label = "treasury_web"
    verbose_name = "Screens"

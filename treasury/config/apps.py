from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "treasury.config"
    label = "config"

    def ready(self) -> None:
        # Whoever sends a task must send it through this application, not through Celery's default one.
        from treasury.config import celery

        celery.app.set_default()

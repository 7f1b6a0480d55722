"""How much a caller of the API may ask for, as the settings say it."""

from django.core.exceptions import ImproperlyConfigured


def rate_limit(text: str) -> tuple[int, int]:
    """ "6000/60" is 6,000 requests in 60 seconds."""
    quota, _, window = text.partition("/")
    if not all(part.isascii() and part.isdigit() for part in (quota, window)) or int(window) == 0:
        raise ImproperlyConfigured(
            f'HEDGEBOOK_RATE_LIMIT: expected requests/seconds, such as 6000/60, got "{text}"'
        )
    return int(quota), int(window)

"""Settings, from the environment. `manage.py` sets what is missing there for servers of its own."""

from pathlib import Path

import environ

from treasury.config import api, celery_settings, limits, logs, security
from treasury.config.database import databases

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parents[2]

DEBUG = env.bool("HEDGEBOOK_DEBUG", default=False)
SECRET_KEY = env.str("HEDGEBOOK_SECRET_KEY")
ALLOWED_HOSTS = env.list("HEDGEBOOK_ALLOWED_HOSTS", default=security.LOOPBACK)
CSRF_TRUSTED_ORIGINS = env.list("HEDGEBOOK_TRUSTED_ORIGINS", default=[])
# How many proxies stand in front, each of which adds the address of its caller to X-Forwarded-For. 0: believe none.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("HEDGEBOOK_TRUSTED_PROXIES", default=0)

INSTALLED_APPS = [
    "treasury.config.apps.ConfigConfig",
    "treasury.demo",
    "treasury.nightly",
    "reports",
    "hedges",
    "exposures",
    "treasury",
    "treasury.web.apps.WebConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
]
# The tables of these belong to libraries: no book, no history, so the application may do with them what it needs.
LIBRARY_APPS = ["account", "auth", "axes", "contenttypes", "mfa", "sessions"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "treasury.config.urls"
WSGI_APPLICATION = "treasury.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "treasury.web.context.frame",
            ]
        },
    }
]

# What waits for the person who is signed in: counted by the apps, shown in the frame of every page.
HEDGEBOOK_WAITING = [
    "exposures.web.waiting.waiting",
    "hedges.web.waiting.waiting",
    "treasury.web.waiting.waiting",
]
# Who looks things up for the search box.
HEDGEBOOK_SEARCH = [
    "exposures.web.found.found",
    "hedges.web.found.found",
    "treasury.web.found.found",
    "reports.web.found.found",
    "treasury.web.found.of_program",
]

# Which tables are changes of which resource, and how the changed thing is shown: the feed of changes and the webhooks.
HEDGEBOOK_FOLLOWED = ["treasury.queries.followed", "exposures.queries.followed", "hedges.queries.followed"]
HEDGEBOOK_CHANGE_BODIES = [
    "treasury.api.followed",
    "exposures.api.followed",
    "hedges.api.followed",
    "reports.api.followed",
]

# Who tells what an import of exposures does to hedge relationships.
HEDGEBOOK_IMPORT_EFFECT = "hedges.queries.import_effect.effect"
# Who tells what the results of a run say otherwise than those of the last published one.
HEDGEBOOK_RUN_DIFFERENCE = "hedges.queries.run_difference.difference"
# Who works on rows that came in bulk, by what they are.
HEDGEBOOK_BULK = {
    "exposures": "exposures.domain.bulk.working.work",
    "instruments": "hedges.domain.bulk.working.work",
    "market-quotes": "exposures.domain.bulk.quotes_working.work",
    "import-steps": "exposures.domain.importing.by_job.work",
    "corrections": "hedges.domain.changes.measuring_again.work",
}

DATABASES = databases(env)
DATABASE_ROUTERS = ["treasury.config.routers.MigrationsAsOwner"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
# Files are served out of the packages and folders they lie in, so that nothing has to be collected first.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

REST_FRAMEWORK = api.REST_FRAMEWORK
SPECTACULAR_SETTINGS = api.SPECTACULAR_SETTINGS

AUTH_USER_MODEL = security.AUTH_USER_MODEL
globals().update({name: value for name, value in vars(security).items() if name.isupper() and name[0] != "_"})
if env.bool("HEDGEBOOK_HTTPS", default=security.over_https(ALLOWED_HOSTS)):
    globals().update(security.https_settings())

globals().update({name: value for name, value in vars(celery_settings).items() if name.startswith("CELERY_")})
CELERY_BROKER_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_TRANSPORT_OPTIONS = celery_settings.transport_options(
    env.str("HEDGEBOOK_BROKER_PREFIX", default="")
)

# Requests that a key to the API may send, and in how many seconds; "0/60": as many as it likes.
HEDGEBOOK_RATE_LIMIT = limits.rate_limit(env.str("HEDGEBOOK_RATE_LIMIT", default="6000/60"))

# The night: shards a step, seconds until the shard of a silent worker is given to another, seconds between two sweeps.
HEDGEBOOK_SHARDS = env.int("HEDGEBOOK_SHARDS", default=4)
HEDGEBOOK_LEASE_SECONDS = env.float("HEDGEBOOK_LEASE_SECONDS", default=30.0)
HEDGEBOOK_SWEEP_SECONDS = env.float("HEDGEBOOK_SWEEP_SECONDS", default=10.0)

# Webhooks: hosts that they may go to (`erp.example.com`, `erp.example.com:8443`, `.example.com`; none: no webhooks),
# networks inside that these may lie in all the same (`10.2.0.0/16`), whether http will do, own certificates (PEM).
HEDGEBOOK_WEBHOOK_HOSTS: list[str] = env.list("HEDGEBOOK_WEBHOOK_HOSTS", default=[])
HEDGEBOOK_WEBHOOK_NETWORKS: list[str] = env.list("HEDGEBOOK_WEBHOOK_NETWORKS", default=[])
HEDGEBOOK_WEBHOOK_PLAIN_HTTP: bool = env.bool("HEDGEBOOK_WEBHOOK_PLAIN_HTTP", default=False)
HEDGEBOOK_WEBHOOK_CA_FILE: str = env.str("HEDGEBOOK_WEBHOOK_CA_FILE", default="")
# What encrypts their secrets: the first key, the others still decrypt; without any, one made of the secret key above.
HEDGEBOOK_WEBHOOK_KEYS: list[str] = env.list("HEDGEBOOK_WEBHOOK_KEYS", default=[])
# Seconds between two looks for what is due, and days of failing after which a webhook ends by itself.
HEDGEBOOK_WEBHOOK_SECONDS: float = env.float("HEDGEBOOK_WEBHOOK_SECONDS", default=5.0)
HEDGEBOOK_WEBHOOK_DAYS: int = env.int("HEDGEBOOK_WEBHOOK_DAYS", default=5)

LOGGING = logs.configuration(env.str("HEDGEBOOK_LOG_LEVEL", default="INFO"))

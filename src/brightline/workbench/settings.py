"""Django's settings, from the environment. What each variable does: docs/reference/settings.md."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from brightline.workbench.home import home, secret_key
from brightline.workbench.storing import storage

HERE = Path(__file__).resolve().parent
HOME = home()


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in ("1", "yes", "true", "on")


DEBUG = _flag("BRIGHTLINE_DEBUG")
SECRET_KEY = secret_key(HOME)
PUBLIC_URL = os.environ.get("BRIGHTLINE_URL", "").rstrip("/")
"""The address people reach this workbench at; links in mails and webhooks begin with it."""
_host = urlsplit(PUBLIC_URL).hostname
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *([_host] if _host else [])]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
_https = PUBLIC_URL.startswith("https:")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_AGE = 12 * 3600  # a shift and a bit
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "brightline_session", "brightline_csrf"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "brightline.workbench.accounts.backends"
CSRF_FAILURE_VIEW = "brightline.workbench.look.errors.not_ours"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if _https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 30 * 86400

_ROOMS = (
    "look",
    "audit",
    "accounts",
    "rulebooks",
    "cases",
    "releasing",
    "delivery",
    "escalations",
    "sellers",
    "understanding",
    "desk",
    "drafts",
    "publishing",
    "upkeep",
    "pilots",
    "queues",
    "console",
    "people",
    "records",
    "backtests",
    "api",
    "sample",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    *(f"brightline.workbench.{room}" for room in _ROOMS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "brightline.workbench.look.policy.ContentPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "brightline.workbench.look.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "brightline.workbench.look.errors.ErrorMiddleware",
    "brightline.workbench.accounts.gate.GateMiddleware",
]
if _flag("BRIGHTLINE_TIMING"):
    MIDDLEWARE.insert(0, "brightline.workbench.timing.TimingMiddleware")
ROOT_URLCONF = "brightline.workbench.urls"
WSGI_APPLICATION = "brightline.workbench.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "brightline.workbench.look.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "brightline.workbench.look.context.page",
                "brightline.workbench.sample.context.sample",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'brightline.sqlite3'}",
        conn_max_age=600,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "brightline.workbench.fair_sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;"
            "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
        ),
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["ENGINE"] = "brightline.workbench.steady_postgresql"
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Statements are planned once a connection, not at every call: docs/decisions/010.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        server_side_binding=True,
        prepare_threshold=None if os.environ.get("BRIGHTLINE_POOLER") else 3,
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["brightline.workbench.accounts.backends.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"brightline.workbench.accounts.passwords.{name}"}
    for name in ("NotOneself", "LongEnough", "Uncommon")
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "home", "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"change_password": "brightline.workbench.accounts.passwords.ChangeForm"}
ACCOUNT_ADAPTER = "brightline.workbench.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "brightline.workbench.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Brightline"
MFA_ADAPTER = "brightline.workbench.accounts.adapters.MFAAdapter"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the session at hand stays; the others end (accounts)
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",  # a whole shift logs in from one office, behind one address
    "login_failed": "60/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "signup": None,
}
"""What is counted is kept in the database (CACHES): all workers and hosts count together."""
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("BRIGHTLINE_PROXIES", "0"))
"""Proxies in front of the server, each adding to X-Forwarded-For; 0 believes none of it."""
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if os.environ.get("BRIGHTLINE_OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "company",
                "name": os.environ.get("BRIGHTLINE_OIDC_NAME", "SSO"),
                "client_id": os.environ.get("BRIGHTLINE_OIDC_CLIENT", ""),
                "secret": os.environ.get("BRIGHTLINE_OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["BRIGHTLINE_OIDC_SERVER"]},
            }
        ],
    }

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
FORMAT_MODULE_PATH = ["brightline.workbench.look.formats"]
USE_I18N = USE_TZ = USE_THOUSAND_SEPARATOR = True
TIME_ZONE = os.environ.get("BRIGHTLINE_TIME_ZONE", "Asia/Ho_Chi_Minh")

STATIC_URL = "static/"
FONTS = HERE.parent / "reports" / "fonts"
STATICFILES_DIRS = [("fonts", FONTS)]
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = HOME / "media"
STORAGES: dict[str, Any] = {
    "default": storage(os.environ),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PICTURE_HOSTS = frozenset(
    host.strip().lower()
    for host in os.environ.get("BRIGHTLINE_PICTURE_HOSTS", "").split(",")
    if host.strip()
)
"""Hosts that pictures may be fetched from; none: they only come in as bytes."""
HOOKS_ALLOW_PRIVATE = _flag("BRIGHTLINE_HOOKS_ALLOW_PRIVATE")
"""Whether webhooks may go to addresses inside the network."""
UPLOAD_MEGABYTES = int(os.environ.get("BRIGHTLINE_UPLOAD_MB", "200"))
"""The largest file of cases that is taken."""
HARMFUL_SOPS = frozenset(
    os.environ.get("BRIGHTLINE_HARMFUL_SOPS", "adult-goods,minors,narcotics,weapons,wildlife")
    .replace(",", " ")
    .split()
)
"""SOPs whose cases count towards a person's own limit for harmful content; see `console.harm`."""
CASE_STORE = Path(os.environ.get("BRIGHTLINE_CASE_STORE") or HOME / "case-store")
"""Where decided cases are kept as files for back-tests: a store a market; see `backtests`."""
CASE_STORE_FACTS_ONLY = _flag("BRIGHTLINE_CASE_STORE_FACTS_ONLY")
"""Whether only facts go there, not the texts that they were read from."""
PAST_CASES = Path(os.environ.get("BRIGHTLINE_PAST_CASES") or HOME / "past-cases")
"""Where the facts of decided cases lie as all workers map them; see `drafts.past_files`."""
PAST_CASES_MOST = int(os.environ.get("BRIGHTLINE_PAST_CASES_MOST") or 10_000_000)
"""How many cases of a subject lie there, the newest; 0: none."""
DRAFTS_AHEAD = True
"""Whether a worker makes the last cases ready as soon as somebody opens a draft."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

EMAIL_BACKEND = os.environ.get(
    "BRIGHTLINE_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = HOME / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("BRIGHTLINE_EMAIL_FROM", "brightline@localhost")
EMAIL_HOST = os.environ.get("BRIGHTLINE_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("BRIGHTLINE_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("BRIGHTLINE_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("BRIGHTLINE_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = _flag("BRIGHTLINE_EMAIL_TLS")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "brightline_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
"""In the database: every worker sees the same failed logins. It is small, and asked rarely."""
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("BRIGHTLINE_LOG", "WARNING")},
}

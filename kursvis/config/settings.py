"""The settings of an installation: one file, read from the environment.

`KURSVIS_MODE` is `production` (default), `demo` or `test`. What a municipality decides does not stand here but in the
database; what the law decides stands in the `rules.py` of each process.
"""

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
if str(BASE_DIR) not in sys.path:
    sys.path.insert(0, str(BASE_DIR))

from kursvis.config.english import ENGLISH_PAGES  # noqa: E402, F401  (the project's root must be on the path first)
from runner import location  # noqa: E402  (as above)


def _running_demo() -> dict[str, Any]:
    """Return what a demo running beside us says about itself, so that manage.py works on its database."""
    if "KURSVIS_MODE" in os.environ or "DATABASE_URL" in os.environ:
        return {}
    return location.running() or {}


_DEMO = _running_demo()
MODE = os.environ.get("KURSVIS_MODE") or _DEMO.get("mode") or "production"
if MODE not in ("production", "demo", "test"):
    raise ImproperlyConfigured(f"KURSVIS_MODE must be production, demo or test, not {MODE!r}.")
PRODUCTION = MODE == "production"
DEMO = MODE in ("demo", "test")
"""The demo switch: test e-ID, movable date, synthetic persons. Never true in production."""


def _required(name: str, fallback: str | None, what: str) -> str:
    value = os.environ.get(name) or fallback
    if not value:
        raise ImproperlyConfigured(
            f"{name} is missing: {what} Start `make demo` for a demo, or set it (docs/operations.md lists all)."
        )
    return value


def _listed(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def _database(url: str) -> dict[str, Any]:
    """Turn postgresql://user:password@host:port/name?host=/socket into Django's dictionary."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("A database address begins with postgresql://")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": query.pop("port", "") or str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


SECRET_KEY = _required(
    "KURSVIS_SECRET_KEY", "test-only" if MODE == "test" else _DEMO.get("secret_key"), "a long random text."
)
DATABASES = {
    "default": _database(
        _required("DATABASE_URL", _DEMO.get("app_url"), "the address of the database, as the role kursvis_app.")
    )
}
_OWNER_URL = os.environ.get("DATABASE_OWNER_URL") or _DEMO.get("owner_url")
if _OWNER_URL:
    DATABASES["owner"] = _database(_OWNER_URL) | {"CONN_MAX_AGE": 0}

DEBUG = False
ALLOWED_HOSTS = _listed("KURSVIS_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,testserver")
CSRF_TRUSTED_ORIGINS = _listed("KURSVIS_ORIGINS")
_LOCAL_ADDRESS = None if PRODUCTION else f"http://127.0.0.1:{_DEMO.get('port', 8000)}"
ADDRESS = _required("KURSVIS_ADDRESS", _LOCAL_ADDRESS, "https:// and the host name, for links in e-mails.").rstrip("/")
"""Where the pages are, without a last slash: what e-mails lead to, which no request has asked for."""

OPEN_DATA_SOURCE = os.environ.get("KURSVIS_OPEN_DATA_SOURCE", "kursvis")
"""The middle part of the identifiers of EMIL 3, which tells installations apart. Never changed once it is in use."""

BEHIND_PROXY = os.environ.get("KURSVIS_BEHIND_PROXY") == "1"
"""A proxy stands before the web and says how and from where it was asked."""

INSTALLED_APPS = [
    "kursvis.demo",
    "kursvis.portal",
    "kursvis.public",
    "kursvis.reporting",
    "kursvis.grades",
    "kursvis.studies",
    "kursvis.admissions",
    "kursvis.letters",
    "kursvis.merits",
    "kursvis.catalogue",
    "kursvis.people",
    "kursvis.work",
    "kursvis.accounts",
    "kursvis.post",
    "kursvis.organisation",
    "kursvis.audit",
    "kursvis.access",
    "kursvis.core",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kursvis.core.middleware.guarded_answers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kursvis.core.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kursvis.accounts.middleware.IdleTimeout",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kursvis.core.middleware.one_clock_a_request",
    "kursvis.accounts.middleware.actor_on_request",
    "kursvis.core.middleware.RefusalPage",
]

ROOT_URLCONF = "kursvis.config.urls"
WSGI_APPLICATION = "kursvis.config.wsgi.application"
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
"""Files are held in memory; what is sent with more than this is dropped unread, and touches no disk."""

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kursvis.portal.frame.frame",
                "kursvis.catalogue.basket_cookie.in_templates",
            ],
            "builtins": [
                "kursvis.core.templatetags.kursvis",
                "kursvis.core.templatetags.language",
                "django.templatetags.i18n",
            ],
        },
    }
]
FORM_RENDERER = "kursvis.core.form_renderer.KursvisRenderer"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "kursvis.accounts.backends.UserNameBackend",
    "kursvis.accounts.backends.ElectronicIdBackend",
    "kursvis.accounts.backends.DirectoryBackend",
]
LOGIN_URL = "accounts:log_in"
LOGIN_REDIRECT_URL = "portal:start"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "kursvis" / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
DATE_FORMAT = "Y-m-d"
FORMAT_MODULE_PATH = ["kursvis.config.formats"]

STATIC_URL = "/statisk/"
STATIC_ROOT = None if MODE == "test" else Path(os.environ.get("KURSVIS_STATIC", BASE_DIR / ".kursvis" / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "kursvis.accounts.session_store"
SESSION_COOKIE_AGE = 24 * 60 * 60
"""Longer than any session may rest (a municipality's setting, ADR 11): afterwards it only tells whose forms to keep."""
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

EMAIL_BACKEND = {
    "production": "django.core.mail.backends.smtp.EmailBackend",
    "demo": "kursvis.demo.mailbox.Mailbox",
    "test": "django.core.mail.backends.locmem.EmailBackend",
}[MODE]
EMAIL_HOST = os.environ.get("KURSVIS_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("KURSVIS_MAIL_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("KURSVIS_MAIL_FROM", "kursvis@localhost")

BANKID = {
    "address": os.environ.get("KURSVIS_BANKID_ADDRESS", ""),
    "authority": os.environ.get("KURSVIS_BANKID_AUTHORITY", ""),
    "certificate": os.environ.get("KURSVIS_BANKID_CERTIFICATE", ""),
    "key": os.environ.get("KURSVIS_BANKID_KEY", ""),
}
BANKID_APP = os.environ.get("KURSVIS_BANKID_APP", "") if DEMO else ""
"""The page that plays the app, where the stand-in for BankID is used. Never in production."""

PROCRASTINATE_ON_APP_READY = "kursvis.core.jobs.on_app_ready"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "kursvis.core.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"kursvis.audit": {"level": "INFO"}},
}

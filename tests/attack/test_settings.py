"""What an installation in production is like, asked of a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from csp.constants import NONE, SELF
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "KURSVIS_MODE": "production",
    "KURSVIS_SECRET_KEY": "a-long-random-text-for-this-test-only-0123456789-abcdefghij",
    "KURSVIS_HOSTS": "kursvis.example",
    "KURSVIS_ADDRESS": "https://kursvis.example",
}


def _in_production(*arguments: str, **also: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **PRODUCTION, **also}
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # set by the tests in a browser, where they run beside these
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_djangos_check_for_production_has_nothing_to_say() -> None:
    done = _in_production("check", "--deploy", "--fail-level", "INFO")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout and "(0 silenced)" in done.stdout


def test_in_production_cookies_are_for_https_and_the_demo_is_away() -> None:
    asked = (
        "from django.conf import settings as s; from django.test import Client;"
        "from django.test.utils import override_settings;"
        "override_settings(STORAGES={'staticfiles':"
        " {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'}}).enable();"
        "c = Client(SERVER_NAME='kursvis.example', raise_request_exception=False);"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.DEBUG, s.DEMO,"
        " c.get('/', secure=False).status_code,"
        " *(c.get(a, secure=True).status_code for a in"
        " ('/demo/post/', '/demo/datum/', '/komponenter/', '/logga-in/test/', '/logga-in/test/ny/')))"
    )
    done = _in_production("shell", "--no-imports", "-c", asked)
    shown = done.stdout.split()
    assert shown[:6] == ["True", "True", "True", "False", "False", "301"], done.stdout + done.stderr
    assert "200" not in shown[6:] and "302" not in shown[6:] and len(shown) == 11, done.stdout


@pytest.mark.parametrize("missing", ["KURSVIS_SECRET_KEY", "KURSVIS_ADDRESS", "DATABASE_URL"])
def test_production_has_no_default_secrets(missing: str) -> None:
    done = _in_production("check", **{missing: ""})
    assert done.returncode != 0 and missing in done.stderr


def test_the_policy_lets_in_only_our_own_files() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == [NONE]
    for name in ("script-src", "style-src", "connect-src", "form-action", "img-src", "font-src", "manifest-src"):
        assert directives[name] == [SELF]
    for name in ("base-uri", "frame-ancestors"):
        assert directives[name] == [NONE]
    assert "unsafe" not in str(directives) and "http" not in str(directives)


def test_passwords_sessions_and_hosts_are_strict() -> None:
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert settings.SESSION_COOKIE_HTTPONLY and settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.X_FRAME_OPTIONS == "DENY" and settings.SECURE_CONTENT_TYPE_NOSNIFF
    assert "*" not in settings.ALLOWED_HOSTS and not settings.DEBUG

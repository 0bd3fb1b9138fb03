"""What the process writes in its log never opens anything."""

import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string
from gunicorn.config import Config  # type: ignore[import-untyped]

from kursvis.core.web_server_log import MaskedLogger

SECRET = "Kx3-aVerySecretWord_0123456789"


def masked(record: logging.LogRecord) -> str:
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        assert import_string(settings.LOGGING["filters"][name]["()"])().filter(record)
    return logging.Formatter().format(record)


@pytest.mark.django_db
def test_the_secret_of_a_one_time_link_is_in_no_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/lank/{SECRET}/", {"password": "x"}).status_code == 403
    assert client.get(f"/lank/{SECRET}").status_code in (301, 404)
    assert client.get(f"/lank/{SECRET}/").status_code == 410
    lines = [masked(record) for record in caplog.records]
    assert any("/lank/" in line for line in lines) and not any(SECRET in line for line in lines)


def test_other_lines_stay_as_they_are() -> None:
    record = logging.LogRecord("a", logging.WARNING, "", 0, "Not Found: %s %d %%", ("/personal/1/", 3), None)
    assert masked(record) == "Not Found: /personal/1/ 3 %"


def test_the_web_servers_own_log_masks_the_secret_of_a_calendar(tmp_path: Path) -> None:
    written = tmp_path / "access.log"
    config = Config()
    config.set("accesslog", str(written))
    log = MaskedLogger(config)
    log.access_log.info("%(r)s", {"r": "GET /kalender/hemligt.ics HTTP/1.1"})
    for handler in log.access_log.handlers:
        handler.flush()
    assert "/kalender/***" in written.read_text() and "hemligt" not in written.read_text()

"""A real browser against a real server on a real database."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.visitor import Visitor

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread; our code stays synchronous


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=os.environ.get("KURSVIS_CHROMIUM") or None,
            args=["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
        )
        yield started
        started.close()


@pytest.fixture
def live_url(committed: None) -> Iterator[str]:
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    connections.close_all()


@pytest.fixture
def visitor(browser: Browser, live_url: str) -> Iterator[Visitor]:
    context = browser.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page: Page = context.new_page()
    page.set_default_timeout(15_000)
    errors: list[Any] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    visit = Visitor(page, live_url)
    yield visit
    context.close()
    unexpected = [error for error in errors if "status of 4" not in str(error)]
    assert not unexpected, unexpected

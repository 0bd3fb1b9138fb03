"""A page is Swedish unless the reader herself has chosen English on a page that is offered in it."""

import pytest
from django.test import Client
from django.utils import translation

from kursvis.core import language

pytestmark = pytest.mark.django_db
SWEDISH, ENGLISH = '<html lang="sv"', '<html lang="en"'


def test_only_her_own_choice_turns_a_page_english_and_it_is_kept(client: Client) -> None:
    assert SWEDISH in client.get("/kurser/", headers={"accept-language": "en"}).content.decode()
    response = client.get("/kurser/?sprak=en")
    assert ENGLISH in response.content.decode() and response["Content-Language"] == "en"
    assert client.cookies[language.COOKIE]["httponly"] and client.cookies[language.COOKIE]["samesite"] == "Lax"
    again = client.get("/tillganglighet/")
    assert ENGLISH in again.content.decode() and "Cookie" in again["Vary"]
    assert SWEDISH in client.get("/kurser/?sprak=sv").content.decode()
    assert SWEDISH in client.get("/tillganglighet/").content.decode()
    assert translation.get_language() == "sv"


@pytest.mark.parametrize("said", ["de", "en-GB", "", "en\0"])
def test_a_language_that_there_is_not_changes_nothing(client: Client, said: str) -> None:
    assert SWEDISH in client.get("/kurser/", {"sprak": said}).content.decode()
    assert language.COOKIE not in client.cookies


def test_a_page_that_is_not_offered_in_english_is_swedish_whatever_was_chosen(client: Client) -> None:
    client.cookies[language.COOKIE] = "en"
    assert SWEDISH in client.get("/komponenter/").content.decode()


def test_a_page_leads_to_itself_in_the_other_language_and_tells_searchers_of_both(client: Client) -> None:
    page = client.get("/kurser/?q=matte&sprak=sv").content.decode()
    assert (
        '<a class="language-switch" href="/kurser/?q=matte&amp;sprak=en" lang="en" hreflang="en">In English</a>' in page
    )
    assert 'rel="alternate" hreflang="en" href="http' in page
    page = client.get("/kurser/?q=matte&sprak=en").content.decode()
    assert 'href="/kurser/?q=matte&amp;sprak=sv" lang="sv" hreflang="sv">På svenska</a>' in page

import pytest

from kursvis.catalogue.rules.search import read


@pytest.mark.parametrize(
    "typed, understood",
    [
        ("matte", "matematik"),
        ("Matte 2b", "matematik 2b"),
        ("  matmat02b  ", "matmat02b"),
        ("sva", "svenska som andraspråk"),
        ("vård och omsorg", "vård och omsorg"),
        ("", ""),
    ],
)
def test_everyday_words_are_read_as_the_registers(typed: str, understood: str) -> None:
    assert read(typed) == understood

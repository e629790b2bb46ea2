from pathlib import Path

import pytest

from studyapp.content.loader import load

DECKS = Path(__file__).parents[2] / "decks"


@pytest.fixture(scope="session")
def library():
    return load([DECKS])


@pytest.fixture(scope="session")
def bank(library):
    return library.bank

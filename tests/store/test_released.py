"""The database of every version that was released opens, and its history is all there."""

import json
import shutil
from pathlib import Path

import pytest
from released.make import history

from studyapp.store import open_store

RELEASED = sorted(Path(__file__).with_name("released").glob("*.db"))


def test_there_is_one() -> None:
    assert RELEASED


@pytest.mark.parametrize("made", RELEASED, ids=[path.stem for path in RELEASED])
def test_the_history_of_a_released_version_is_found_again(made: Path, folder: Path) -> None:
    folder.mkdir()
    shutil.copy(made, folder / "studyapp.db")
    wanted = json.loads(made.with_suffix(".json").read_text(encoding="utf-8"))
    with open_store(folder) as store:
        found = json.loads(json.dumps(history(store)))
        assert store.database.raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert found == wanted
    assert made.stat().st_size < 300 * 1024

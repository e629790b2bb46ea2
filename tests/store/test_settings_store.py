"""Settings are JSON values."""

from pathlib import Path
from typing import Any

import pytest

from studyapp.store import Store, open_store

VALUES = [None, True, 0, -3, 2**60, 0.1, 1e300, "", "12", "é 😀 “”", [1, [2.5, None]], {"a": {"b": []}}]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_survive(folder: Path, value: Any) -> None:
    with open_store(folder) as store:
        store.settings.set("key", "something else")
        store.settings.set("key", value)
    with open_store(folder) as store:
        found = store.settings.get("key", "default")
        assert found == value
        assert type(found) is type(value)


def test_the_default_stands_until_a_value_is_set(folder: Path) -> None:
    with open_store(folder) as store:
        assert store.settings.get("key") is None
        assert store.settings.get("key", 5) == 5


def write_and_fail(store: Store) -> None:
    store.settings.set("one", 1)
    # It can be read within, as it will be.
    assert store.settings.get("one") == 1
    store.attempts.resume(99, 0.0)


def test_what_is_written_together_is_kept_together_or_not_at_all(folder: Path) -> None:
    with open_store(folder) as store:
        with pytest.raises(LookupError), store.all_or_nothing():
            write_and_fail(store)
        assert (store.settings.get("one"), store.settings.get("two")) == (None, None)
        with store.all_or_nothing():
            store.settings.set("one", 1)
            store.settings.set("two", 2)
    with open_store(folder) as store:
        assert (store.settings.get("one"), store.settings.get("two")) == (1, 2)

"""What all tests share: no display, no real data folder, and on request no Qt at all."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is slow, which is no fault of the code under test.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("STUDYAPP_DATA_DIR", None)
sys.path.insert(0, str(Path(__file__).parent))


if os.environ.get("STUDYAPP_TESTS_WITHOUT_QT"):

    class NoQt:
        """Makes Qt as good as not installed."""

        def find_spec(self, name, _path=None, _target=None):
            if name.partition(".")[0] in ("PySide6", "shiboken6"):
                raise ModuleNotFoundError(f"{name} is kept out of this run", name=name)

    sys.meta_path.insert(0, NoQt())


@pytest.fixture
def shipped_decks():
    return Path(__file__).parents[1] / "decks"

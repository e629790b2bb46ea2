"""The learner's data in SQLite. Hands out the dataclasses of the core, never table rows.

The package may be imported on any thread; a ``Store`` is used on the one thread that opened it.
"""

from studyapp.store.attempts import AttemptStore
from studyapp.store.backup import daily_backup
from studyapp.store.engine import Store, open_store, read_last_seen
from studyapp.store.lock import StoreInUseError
from studyapp.store.reviews import ReviewStore
from studyapp.store.settings import SettingsStore
from studyapp.store.totals import TotalsStore

__all__ = [
    "AttemptStore",
    "ReviewStore",
    "SettingsStore",
    "Store",
    "StoreInUseError",
    "TotalsStore",
    "daily_backup",
    "open_store",
    "read_last_seen",
]

"""The learner's data in SQLite. Hands out the dataclasses of the core, never table rows.

The package may be imported on any thread; a ``Store`` is used on the one thread that opened it.
"""

from studyapp.store.attempts import AttemptStore
from studyapp.store.backup import daily_backup
from studyapp.store.engine import Store, open_store, read_last_seen, read_reported
from studyapp.store.lock import StoreInUseError
from studyapp.store.restore import Backup, backup_files, newest_good_backup, read_backup, restore, start_over
from studyapp.store.reviews import ReviewStore
from studyapp.store.settings import SettingsStore
from studyapp.store.totals import TotalsStore

__all__ = [
    "AttemptStore",
    "Backup",
    "ReviewStore",
    "SettingsStore",
    "Store",
    "StoreInUseError",
    "TotalsStore",
    "backup_files",
    "daily_backup",
    "newest_good_backup",
    "open_store",
    "read_backup",
    "read_last_seen",
    "read_reported",
    "restore",
    "start_over",
]

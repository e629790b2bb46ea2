"""Settings as JSON values."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from studyapp.store.connection import Database
from studyapp.store.tables import settings


class SettingsStore:
    """Settings by key. A value is anything JSON can hold."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a setting, ``default`` where it was never set."""
        with self._database.reading() as connection:
            row = connection.execute(select(settings.c.value).where(settings.c.key == key)).first()
        return default if row is None else row.value

    def set(self, key: str, value: Any) -> None:
        """Keep a value. Raises ``DatabaseError`` where it did not reach the disk."""
        statement = insert(settings).values(key=key, value=value)
        with self._database.writing() as connection:
            connection.execute(statement.on_conflict_do_update(set_={"value": statement.excluded.value}))

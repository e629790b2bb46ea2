"""Items that the learner reported to their authors."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from studyapp.core.reported import Fault, ReportedItem
from studyapp.store.connection import Database
from studyapp.store.tables import reported_items

_FIELDS = tuple(field.name for field in fields(ReportedItem))
_ALL = select(*(reported_items.c[name] for name in _FIELDS)).order_by(reported_items.c.id.desc())


class ReportedStore:
    """The reports. Every writing method raises ``DatabaseError`` where it did not reach the disk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, report: ReportedItem) -> int:
        """Keep a new report; its id."""
        values = {name: getattr(report, name) for name in _FIELDS if name != "id"} | {"fault": report.fault.value}
        with self._database.writing() as connection:
            (made,) = connection.execute(insert(reported_items), values).inserted_primary_key or (0,)
        return int(made)

    def all(self) -> list[ReportedItem]:
        """Every report, the newest first."""
        with self._database.reading() as connection:
            return all_reported(connection)

    def open_count(self) -> int:
        """How many reports are not dealt with."""
        with self._database.reading() as connection:
            counted = select(func.count()).where(reported_items.c.dealt_at.is_(None))
            return connection.scalar(counted) or 0

    def deal_with(self, report_id: int, at: datetime | None) -> None:
        """Mark a report as dealt with at a time, or with None as open again."""
        with self._database.writing() as connection:
            connection.execute(update(reported_items).where(reported_items.c.id == report_id).values(dealt_at=at))

    def remove(self, report_id: int) -> None:
        """Take a report back."""
        with self._database.writing() as connection:
            connection.execute(delete(reported_items).where(reported_items.c.id == report_id))


def all_reported(connection: Connection) -> list[ReportedItem]:
    """Every report of a database, the newest first."""
    return [_to_report(row._mapping) for row in connection.execute(_ALL)]


def _to_report(row: Any) -> ReportedItem:
    return ReportedItem(**{**row, "fault": Fault(row["fault"])})

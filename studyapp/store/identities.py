"""To which id a history belongs: an item that was renamed takes it along."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from studyapp.store import daily
from studyapp.store.connection import Database
from studyapp.store.tables import (
    memories,
    met_questions,
    question_keys,
    reported_items,
    responses,
    reviews,
    wanted_cards,
)

_IDS = func.json_each(bindparam("ids")).table_valued("value")
_MOVES = func.json_each(bindparam("moves")).table_valued("key", "value")
_FORMER, _NOW = _MOVES.c.key, _MOVES.c.value


class IdentityStore:
    """Moves history between ids. Every method raises ``DatabaseError`` where it cannot be read or written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rated(self) -> set[str]:
        """The cards that have a history."""
        with self._database.reading() as connection:
            return set(connection.scalars(select(memories.c.card_id)))

    def kept_questions(self, ids: Collection[str]) -> set[str]:
        """Those of these ids under which something is kept of a question, be it of a former key alone."""
        its, id_ = responses.c.question_id, _IDS.c.value
        under_a_mark = and_(its > id_.concat(daily.RETIRED), its < id_.concat(daily.AFTER_RETIRED))
        return self._kept(ids, or_(exists().where(its == id_), exists().where(under_a_mark)))

    def kept_cards(self, ids: Collection[str]) -> set[str]:
        """Those of these ids under which a card was rated."""
        return self._kept(ids, exists().where(memories.c.card_id == _IDS.c.value))

    def rename_questions(self, moves: Mapping[str, str]) -> None:
        """Move the histories of questions to other ids, beside what those have already, and what was retired with them.

        No id may be a former one and a new one.
        """
        with self._database.writing() as connection:
            for part in _apart(moves):
                _rename_retired(connection, part)
                _rename(connection, part, responses, responses.c.question_id)
                _move(connection, part, question_keys, question_keys.c.question_id)
                _report_as(connection, "question", part)
            _move_met(connection, moves)

    def rename_cards(self, moves: Mapping[str, str]) -> None:
        """Move the histories of cards to other ids; of two memories the one that was reviewed last stays.

        No id may be a former one and a new one.
        """
        with self._database.writing() as connection:
            for part in _apart(moves):
                _rename(connection, part, reviews, reviews.c.card_id)
                _forget_older_memories(connection, part)
                _move(connection, part, memories, memories.c.card_id)
                _move(connection, part, wanted_cards, wanted_cards.c.card_id)
                _report_as(connection, "card", part)

    def _kept(self, ids: Collection[str], is_kept: ColumnElement[bool]) -> set[str]:
        with self._database.reading() as connection:
            found = select(_IDS.c.value).where(is_kept)
            return set(connection.scalars(found, {"ids": json.dumps(list(ids))}))


def _apart(moves: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The moves in as many parts as are needed for no two of one part to lead to the same id."""
    left = dict(moves)
    while left:
        part = {now: former for former, now in reversed(left.items())}
        yield {former: now for now, former in part.items()}
        left = {former: now for former, now in left.items() if part[now] != former}


def _given(moves: Mapping[str, str]) -> dict[str, str]:
    return {"moves": json.dumps(moves)}


def _rename(connection: Connection, moves: Mapping[str, str], table: Table, column: Any) -> None:
    connection.execute(update(table).where(column == _FORMER).values({column.name: _NOW}), _given(moves))


def _rename_retired(connection: Connection, moves: Mapping[str, str]) -> None:
    its = responses.c.question_id
    under_a_mark = and_(its > _FORMER.concat(daily.RETIRED), its < _FORMER.concat(daily.AFTER_RETIRED))
    renamed = _NOW.concat(func.substr(its, func.length(_FORMER) + 1))
    connection.execute(update(responses).where(under_a_mark).values(question_id=renamed), _given(moves))


def _move(connection: Connection, moves: Mapping[str, str], table: Table, column: Any) -> None:
    """Give rows the other ids, but for those that have one of their own."""
    other = table.alias()
    taken = exists().where(other.c[column.name] == _NOW)
    former = select(_FORMER).where(taken)
    connection.execute(delete(table).where(column.in_(former)), _given(moves))
    _rename(connection, moves, table, column)


def _forget_older_memories(connection: Connection, moves: Mapping[str, str]) -> None:
    """Make room for memories that are newer than those that their new ids have."""
    there, coming = memories.alias(), memories.alias()
    both = _MOVES.join(there, there.c.card_id == _NOW).join(coming, coming.c.card_id == _FORMER)
    older = select(_NOW).select_from(both).where(there.c.last_review < coming.c.last_review)
    connection.execute(delete(memories).where(memories.c.card_id.in_(older)), _given(moves))


def _report_as(connection: Connection, kind: str, moves: Mapping[str, str]) -> None:
    its = and_(reported_items.c.kind == kind, reported_items.c.item_id == _FORMER)
    connection.execute(update(reported_items).where(its).values(item_id=_NOW), _given(moves))


def _move_met(connection: Connection, moves: Mapping[str, str]) -> None:
    """Give the rows of ``met_questions`` the other ids; what comes under one id becomes one row."""
    its = met_questions.c.question_id
    found = its.in_(select(_IDS.c.value))
    together: dict[str, list[str]] = {}
    for id_ in connection.scalars(select(its).where(found), {"ids": json.dumps([*moves, *set(moves.values())])}):
        together.setdefault(moves.get(id_, id_), []).append(id_)
    for now, ids in together.items():
        if len(ids) > 1:
            several = {"ids": json.dumps(ids)}
            rows = connection.execute(select(met_questions).where(found), several).all()
            connection.execute(delete(met_questions).where(found), several)
            connection.execute(insert(met_questions), _merged(now, rows))
    _rename(connection, moves, met_questions, its)


def _merged(now: str, rows: Collection[Row[Any]]) -> dict[str, object]:
    """What several rows of ``met_questions`` come to under one id."""
    answers: list[tuple[datetime, bool]] = [(row.answered_at, row.missed) for row in rows if row.answered_at]
    last, missed = max(answers, default=(None, False))
    newest = max(rows, key=lambda row: row.met_at)
    answered = sum(row.answered for row in rows)
    return {**newest._mapping, "question_id": now, "answered": answered, "answered_at": last, "missed": missed}

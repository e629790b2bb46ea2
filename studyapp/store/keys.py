"""Which answers were given to a key that is another now: those stay with their attempts, and count no longer."""

import json
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, and_, bindparam, delete, exists, func, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert as upsert

from studyapp.core.attempt import Place
from studyapp.core.deck import Question
from studyapp.core.snapshot import question_from_data
from studyapp.store import daily
from studyapp.store.connection import Database
from studyapp.store.tables import attempts, forms, met_questions, question_keys, responses, settings

_UNSETTLED = "unsettled attempts"
"""The setting that holds the attempts submitted since their answers were last held against the keys of the decks."""
_IDS = func.json_each(bindparam("ids")).table_valued("value")
_MOVED = func.json_each(bindparam("moved")).table_valued("value")
_MOVES = func.json_each(bindparam("moves")).table_valued("key", "value")
_FORM = select(forms.c.data).where(forms.c.attempt_id == bindparam("attempt"))
_UPSERT_MARK = upsert(question_keys)
_KEEP_MARK = _UPSERT_MARK.on_conflict_do_update(set_={"mark": _UPSERT_MARK.excluded.mark})


class KeyStore:
    """Marks of keys, and answers to keys. Every method raises ``DatabaseError`` where it cannot read or write."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def marks(self) -> dict[str, str]:
        """The mark of each question's key, as it was when its history was last looked at."""
        with self._database.reading() as connection:
            rows = connection.execute(select(question_keys.c.question_id, question_keys.c.mark)).all()
        return dict(map(tuple, rows))

    def marks_of(self, question_ids: Collection[str]) -> dict[str, str]:
        """The marks of these questions; those without one are left out."""
        found = select(question_keys.c.question_id, question_keys.c.mark).where(
            question_keys.c.question_id.in_(select(_IDS.c.value))
        )
        with self._database.reading() as connection:
            return dict(map(tuple, connection.execute(found, _given(question_ids)).all()))

    def unmarked(self) -> list[str]:
        """The questions that were met and have no mark yet, those met together side by side."""
        known = exists().where(question_keys.c.question_id == met_questions.c.question_id)
        with self._database.reading() as connection:
            found = select(met_questions.c.question_id).where(~known).order_by(met_questions.c.met_at)
            return list(connection.scalars(found))

    def keep_marks(self, marks: Mapping[str, str]) -> None:
        """Keep the marks of questions' keys."""
        if marks:
            with self._database.writing() as connection:
                connection.execute(_KEEP_MARK, [{"question_id": id_, "mark": mark} for id_, mark in marks.items()])

    def unsettled(self) -> list[int]:
        """The attempts that were submitted, and whose answers nobody has held against the present keys yet."""
        with self._database.reading() as connection:
            return _unsettled(connection)

    def settle(self, attempt_ids: Collection[int], unseen: Collection[str] = ()) -> None:
        """Note that the answers of these attempts were held against the present keys.

        Those to the ``unseen`` questions were not: all their answers are, once they are loaded.
        """
        with self._database.writing() as connection:
            gone = question_keys.c.question_id.in_(select(_IDS.c.value))
            connection.execute(delete(question_keys).where(gone), _given(unseen))
            _note_unsettled(connection, [id_ for id_ in _unsettled(connection) if id_ not in attempt_ids])

    def held_in(self, attempt_ids: Collection[int]) -> set[str]:
        """The questions of these attempts."""
        held = select(responses.c.question_id).where(responses.c.attempt_id.in_(select(_IDS.c.value)))
        with self._database.reading() as connection:
            return set(connection.scalars(held, _given(attempt_ids)))

    def places(self, question_ids: Collection[str]) -> dict[str, list[Place]]:
        """All places of questions in submitted attempts, the newest first; ``retired`` ids are good too."""
        held = (
            select(responses.c.question_id, responses.c.attempt_id, responses.c.position)
            .select_from(_IDS.join(responses, responses.c.question_id == _IDS.c.value).join(attempts))
            .where(attempts.c.submitted_at.is_not(None))
            .order_by(attempts.c.submitted_at.desc(), responses.c.attempt_id.desc())
        )
        found: dict[str, list[Place]] = {}
        with self._database.reading() as connection:
            for question_id, attempt, position in connection.execute(held, _given(question_ids)):
                found.setdefault(question_id, []).append(Place(attempt, position))
        return found

    def shown(self, places: Iterable[Place]) -> dict[Place, Question]:
        """The questions as they were shown at these places; those that the form does not have are left out."""
        found: dict[Place, Question] = {}
        by_attempt: dict[int, list[Place]] = {}
        for place in places:
            by_attempt.setdefault(place.attempt, []).append(place)
        with self._database.reading() as connection:
            for attempt, held in by_attempt.items():
                data = connection.execute(_FORM, {"attempt": attempt}).scalar_one()
                found |= {p: question_from_data(data, p.position) for p in held if p.position < len(data["items"])}
        return found

    def retire(self, places: Mapping[Place, tuple[str, str]]) -> None:
        """Let what was answered at these places count no longer: to a question, while its key had this mark.

        It stays with the attempts, under an id that no deck can have.
        """
        if not places:
            return
        moved = [[*place, _retired(*answered)] for place, answered in places.items()]
        value = _MOVED.c.value
        attempt, position, id_ = (func.json_extract(value, f"$[{i}]") for i in range(3))
        where = tuple_(responses.c.attempt_id, responses.c.position).in_(select(attempt, position))
        its = and_(responses.c.attempt_id == attempt, responses.c.position == position)
        given = {"moved": json.dumps(moved)}
        with self._database.writing() as connection:
            daily.count_places(connection, where, sign=-1, given=given)
            connection.execute(update(responses).where(its).values(question_id=id_), given)
            daily.meet_again(connection, {question_id for question_id, _ in places.values()})

    def retired(self, question_ids: Collection[str]) -> dict[str, list[str]]:
        """The ids under which answers to former keys of these questions are kept; questions without any are left out.

        ``places`` takes such an id too.
        """
        its, id_ = responses.c.question_id, _IDS.c.value
        under_a_mark = and_(its > id_.concat(daily.RETIRED), its < id_.concat(daily.AFTER_RETIRED))
        found: dict[str, list[str]] = {}
        with self._database.reading() as connection:
            rows = select(id_, its).select_from(_IDS.join(responses, under_a_mark)).distinct()
            for question_id, retired_id in connection.execute(rows, _given(question_ids)):
                found.setdefault(question_id, []).append(retired_id)
        return found

    def bring_back(self, questions: Mapping[str, str]) -> None:
        """Let the answers that are kept under retired ids count again for these questions, as the key is that again."""
        if not questions:
            return
        given = {"moves": json.dumps(questions)}
        with self._database.writing() as connection:
            daily.count_places(connection, responses.c.question_id.in_(select(_MOVES.c.key)), given=given)
            its = responses.c.question_id == _MOVES.c.key
            connection.execute(update(responses).where(its).values(question_id=_MOVES.c.value), given)
            daily.meet_again(connection, set(questions.values()))


def note_submitted(connection: Connection, attempt_id: int) -> None:
    """Have the answers of an attempt held against the keys of the decks: it may have begun under others."""
    _note_unsettled(connection, [*_unsettled(connection), attempt_id])


def _unsettled(connection: Connection) -> list[int]:
    return connection.scalar(select(settings.c.value).where(settings.c.key == _UNSETTLED)) or []


def _note_unsettled(connection: Connection, attempt_ids: list[int]) -> None:
    statement = upsert(settings).values(key=_UNSETTLED, value=attempt_ids)
    connection.execute(statement.on_conflict_do_update(set_={"value": statement.excluded.value}))


def _given(ids: Collection[str] | Collection[int]) -> dict[str, str]:
    return {"ids": json.dumps(list(ids))}


def _retired(question_id: str, mark: str) -> str:
    return f"{question_id}{daily.RETIRED}{mark}"

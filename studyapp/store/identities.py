"""To which id a history belongs: an item that was renamed takes it along, a question whose key changed leaves it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from studyapp.core.deck import Option
from studyapp.core.form import Form
from studyapp.core.snapshot import form_from_data
from studyapp.store import daily
from studyapp.store.connection import Database
from studyapp.store.tables import (
    attempts,
    forms,
    memories,
    met_questions,
    question_keys,
    reported_items,
    responses,
    reviews,
    wanted_cards,
)

_SUBMITTED = select(attempts.c.id).where(attempts.c.submitted_at.is_not(None))
_NEWEST_PLACES = (
    select(responses.c.attempt_id, responses.c.position)
    .join(attempts)
    .where(responses.c.question_id == bindparam("id"), attempts.c.submitted_at.is_not(None))
    .order_by(attempts.c.submitted_at.desc(), responses.c.attempt_id.desc())
    .limit(2)
)
_IS_RETIRED = and_(responses.c.question_id > bindparam("from"), responses.c.question_id < bindparam("to"))
_RETIRED_IDS = select(responses.c.question_id).where(_IS_RETIRED).distinct()
_FORM = select(forms.c.data).where(forms.c.attempt_id == bindparam("attempt"))
_UPSERT = upsert(question_keys)
_KEEP_MARK = _UPSERT.on_conflict_do_update(set_={"mark": _UPSERT.excluded.mark})


class IdentityStore:
    """Moves history between ids. Every method raises ``DatabaseError`` where it cannot be read or written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def met(self) -> set[str]:
        """The questions that have a history."""
        with self._database.reading() as connection:
            return set(connection.scalars(select(met_questions.c.question_id)))

    def rated(self) -> set[str]:
        """The cards that have a history."""
        with self._database.reading() as connection:
            return set(connection.scalars(select(memories.c.card_id)))

    def marks(self) -> dict[str, str]:
        """The mark of each question's key, as it was when its history was last looked at."""
        with self._database.reading() as connection:
            rows = connection.execute(select(question_keys.c.question_id, question_keys.c.mark)).all()
        return {row.question_id: row.mark for row in rows}

    def last_options(self, question_ids: Collection[str]) -> dict[str, tuple[Option, ...]]:
        """The options of questions as they were shown last; those that no submitted attempt holds are left out."""
        found: dict[str, tuple[Option, ...]] = {}
        shown: dict[int, Form] = {}
        with self._database.reading() as connection:
            for id_ in question_ids:
                places = connection.execute(_NEWEST_PLACES, {"id": id_}).all()
                if not places:
                    continue
                newest = places[0].attempt_id
                if newest not in shown:
                    shown[newest] = form_from_data(connection.execute(_FORM, {"attempt": newest}).scalar_one())
                items = shown[newest].items
                held = [
                    items[p.position].question for p in places if p.attempt_id == newest and p.position < len(items)
                ]
                # The form may know the question by a former id; of two that were put together it is its own.
                question = next((q for q in held if q.id == id_), held[0] if held else None)
                if question is not None:
                    found[id_] = question.options
        return found

    def keep_marks(self, marks: Mapping[str, str]) -> None:
        """Keep the marks of questions' keys."""
        if marks:
            with self._database.writing() as connection:
                connection.execute(_KEEP_MARK, [{"question_id": id_, "mark": mark} for id_, mark in marks.items()])

    def retire(self, question_id: str, mark: str) -> None:
        """Let what was answered to a question while its key had this mark count no longer.

        It stays with the attempts, under an id that no deck can have.
        """
        with self._database.writing() as connection:
            places = and_(responses.c.question_id == question_id, responses.c.attempt_id.in_(_SUBMITTED))
            daily.count_places(connection, places, sign=-1)
            connection.execute(update(responses).where(places).values(question_id=_retired(question_id, mark)))
            connection.execute(delete(met_questions).where(met_questions.c.question_id == question_id))

    def retired(self, question_ids: Collection[str]) -> dict[str, list[str]]:
        """The ids under which answers to former keys of these questions are kept; questions without any are left out.

        ``last_options`` takes such an id too.
        """
        with self._database.reading() as connection:
            found = {id_: list(connection.scalars(_RETIRED_IDS, _span(id_))) for id_ in question_ids}
        return {id_: kept for id_, kept in found.items() if kept}

    def bring_back(self, question_id: str, retired_id: str) -> None:
        """Let the answers that are kept under a retired id of a question count again, as the key is that one again."""
        with self._database.writing() as connection:
            places = responses.c.question_id == retired_id
            daily.count_places(connection, places)
            connection.execute(update(responses).where(places).values(question_id=question_id))
            daily.meet_again(connection, question_id)

    def rename_question(self, former: str, now: str) -> None:
        """Move the history of a question to another id, beside what that has already, and what was retired with it."""
        with self._database.writing() as connection:
            its = responses.c.question_id
            connection.execute(update(responses).where(its == former).values(question_id=now))
            renamed = literal(now) + func.substr(its, len(former) + 1)
            connection.execute(update(responses).where(_IS_RETIRED).values(question_id=renamed), _span(former))
            _merge_met(connection, former, now)
            _move(connection, question_keys, question_keys.c.question_id, former, now)
            _report_as(connection, "question", former, now)

    def rename_card(self, former: str, now: str) -> None:
        """Move the history of a card to another id; of two memories the one that was reviewed last stays."""
        with self._database.writing() as connection:
            connection.execute(update(reviews).where(reviews.c.card_id == former).values(card_id=now))
            order = memories.c.last_review.desc()
            both = select(memories.c.card_id).where(memories.c.card_id.in_([former, now])).order_by(order)
            kept = connection.scalars(both).first()
            if kept == former:
                connection.execute(delete(memories).where(memories.c.card_id == now))
            _move(connection, memories, memories.c.card_id, former, now)
            _move(connection, wanted_cards, wanted_cards.c.card_id, former, now)
            _report_as(connection, "card", former, now)


def _retired(question_id: str, mark: str) -> str:
    return f"{question_id}{daily.RETIRED}{mark}"


def _span(question_id: str) -> dict[str, str]:
    """Between what the ids of answers to a question's former keys lie, as ids are sorted."""
    return {"from": _retired(question_id, ""), "to": question_id + chr(ord(daily.RETIRED) + 1)}


def _move(connection: Connection, table: Any, column: Any, former: str, now: str) -> None:
    """Give a row the other id, unless that has one of its own."""
    if connection.scalar(select(func.count()).select_from(table).where(column == now)):
        connection.execute(delete(table).where(column == former))
    else:
        connection.execute(update(table).where(column == former).values({column.name: now}))


def _report_as(connection: Connection, kind: str, former: str, now: str) -> None:
    its = and_(reported_items.c.kind == kind, reported_items.c.item_id == former)
    connection.execute(update(reported_items).where(its).values(item_id=now))


def _merge_met(connection: Connection, former: str, now: str) -> None:
    its = met_questions.c.question_id
    rows = connection.execute(select(met_questions).where(or_(its == former, its == now))).all()
    if rows:
        connection.execute(delete(met_questions).where(or_(its == former, its == now)))
        newest = max(rows, key=lambda row: row.met_at)
        connection.execute(insert(met_questions), {**newest._mapping, "question_id": now, **_sums(rows)})


def _sums(rows: Collection[Row[Any]]) -> dict[str, object]:
    answers: list[tuple[datetime, bool]] = [(row.answered_at, row.missed) for row in rows if row.answered_at]
    last, missed = max(answers, default=(None, False))
    return {"answered": sum(row.answered for row in rows), "answered_at": last, "missed": missed}

"""A form as plain data, so that an attempt keeps what was shown, whatever becomes of the decks afterwards."""

from typing import Any

from studyapp.core.deck import Case, Difficulty, Option, Question
from studyapp.core.form import Form, FormItem

_VERSION = 1


def form_to_data(form: Form) -> dict[str, Any]:
    """The form as JSON-ready data: text as shown, order of the options, key. Each case is stored once."""
    return {
        "version": _VERSION,
        "blueprint": form.blueprint_id,
        "title": form.title,
        "seed": form.seed,
        "minutes": form.minutes,
        "pass_mark": form.pass_mark,
        "cases": {i.case.id: {"title": i.case.title, "text": i.case.text} for i in form.items if i.case},
        "items": [_item_to_data(item) for item in form.items],
    }


def _item_to_data(item: FormItem) -> dict[str, Any]:
    question = item.question
    return {
        "id": question.id,
        "topic": question.topic,
        "difficulty": question.difficulty.value,
        "stem": question.stem,
        "options": [[o.text, o.correct, o.rationale] for o in question.options],
        "deck": question.deck,
        "case": question.case,
        "cards": list(question.cards),
        "changed": question.changed,
        "stratum": item.stratum,
        "seen": item.seen,
    }


def form_from_data(data: dict[str, Any]) -> Form:
    """The form that ``form_to_data`` wrote.

    Raises:
        ValueError: where the data was written by a later version.
    """
    _refuse_later(data)
    cases = {id_: Case(id=id_, title=case["title"], text=case["text"]) for id_, case in data["cases"].items()}
    return Form(
        blueprint_id=data["blueprint"],
        title=data["title"],
        seed=data["seed"],
        minutes=data["minutes"],
        pass_mark=data["pass_mark"],
        items=tuple(_item_from_data(item, cases) for item in data["items"]),
    )


def question_from_data(data: dict[str, Any], position: int) -> Question:
    """One question of the form that ``form_to_data`` wrote, without the others.

    Raises:
        ValueError: where the data was written by a later version.
        LookupError: where the form has no such place.
    """
    _refuse_later(data)
    return _to_question(data["items"][position])


def _refuse_later(data: dict[str, Any]) -> None:
    if data["version"] != _VERSION:
        raise ValueError(f"form snapshot of version {data['version']}")


def _item_from_data(data: dict[str, Any], cases: dict[str, Case]) -> FormItem:
    question = _to_question(data)
    return FormItem(question=question, stratum=data["stratum"], case=cases.get(data["case"]), seen=data["seen"])


def _to_question(data: dict[str, Any]) -> Question:
    return Question(
        id=data["id"],
        topic=data["topic"],
        difficulty=Difficulty(data["difficulty"]),
        stem=data["stem"],
        options=tuple(Option(text, correct, rationale) for text, correct, rationale in data["options"]),
        deck=data["deck"],
        case=data["case"],
        cards=tuple(data["cards"]),
        changed=data["changed"],
    )

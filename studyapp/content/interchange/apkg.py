"""An Anki package: cards, clozes and questions as three note types, with tags and images.

The ids of notes, note types and decks are made of ours, so importing a newer package updates what is there and keeps
Anki's scheduling.
"""

import io
import json
import re
import sqlite3
import time
import zipfile
from collections.abc import Mapping
from contextlib import closing
from hashlib import sha256
from html import escape
from itertools import count

import genanki  # type: ignore[import-untyped]

from studyapp.content.interchange.images import Collected, losses_of_cases, texts_of
from studyapp.content.interchange.markup import to_html
from studyapp.content.interchange.material import NOT_CARRIED, Loss, Material, Written, losses_of_decks, titles_of
from studyapp.content.interchange.xml_writer import clean
from studyapp.core.deck import Card, Deck, Question

_GAP = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)
_LETTERS = "ABCDEF"
_CSS = """\
.card { font: 18px/1.5 system-ui, sans-serif; max-width: 40em; margin: 1em auto; text-align: left; }
.changed, .case { border-left: 3px solid #999; padding-left: .8em; margin: 1em 0; font-size: 90%; }
.right { font-weight: bold; }
table { border-collapse: collapse; } td, th { border: 1px solid #999; padding: .2em .6em; }
"""
_CHANGED = '{{#Changed}}<div class="changed">{{Changed}}</div>{{/Changed}}'
_BACK = f"{{{{FrontSide}}}}<hr id=answer>{{{{Back}}}}{_CHANGED}"
_QUESTION = '{{#Case}}<details class="case"><summary>Case</summary>{{Case}}</details>{{/Case}}{{Stem}}{{Options}}'
_ANSWER = f"{{{{FrontSide}}}}<hr id=answer>{{{{Answer}}}}{_CHANGED}"
# Numbers that stay the same for ever: Anki knows the note types by them.
_CARD_TYPE = 1_790_000_001
_CLOZE_TYPE = 1_790_000_002
_QUESTION_TYPE = 1_790_000_003


def write(material: Material) -> Written:
    """Every card and question as a note, each deck as an Anki deck below 'studyapp'."""
    package = _Package(material)
    decks = [package.deck(deck) for deck in material.decks]
    items = len(material.cards) + len(material.questions)
    losses = (
        *package.losses,
        *losses_of_decks(material),
        *losses_of_cases(material.used_cases),
        *package.images.losses,
    )
    return Written(_zipped(decks, package.images.files), items, losses)


def _zipped(decks: list[genanki.Deck], media: Mapping[str, bytes]) -> bytes:
    """The package, made in memory: genanki's own way leaves its database behind in the folder of temporary files."""
    now = time.time()
    with closing(sqlite3.connect(":memory:")) as database:
        genanki.Package(decks).write_to_db(database.cursor(), now, count(int(now * 1000)))
        database.commit()
        collection = database.serialize()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as zipped:
        zipped.writestr("collection.anki2", collection)
        # Anki has one folder for all media of all decks.
        zipped.writestr("media", json.dumps(dict(enumerate(media))))
        for number, data in enumerate(media.values()):
            zipped.writestr(str(number), data)
    return target.getvalue()


def _note_type(number: int, name: str, fields: tuple[str, ...], front: str, back: str, **more: object) -> genanki.Model:
    named = [{"name": field} for field in (*fields, "Changed", "Id")]
    return genanki.Model(number, name, named, [{"name": name, "qfmt": front, "afmt": back}], _CSS, **more)


class _Package:
    """The notes of a package while it is made, and the images that they show."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._titles = titles_of(material)
        self.images = Collected(material.folders, "studyapp-")
        self.losses: list[Loss] = []
        cloze = "{{cloze:Text}}"
        self._card = _note_type(_CARD_TYPE, "studyapp card", ("Front", "Back"), "{{Front}}", _BACK)
        self._cloze = _note_type(
            _CLOZE_TYPE, "studyapp cloze", ("Text",), cloze, cloze + _CHANGED, model_type=genanki.Model.CLOZE
        )
        self._question = _note_type(
            _QUESTION_TYPE, "studyapp question", ("Stem", "Options", "Answer", "Case"), _QUESTION, _ANSWER
        )

    def deck(self, deck: Deck) -> genanki.Deck:
        """The notes of a deck."""
        title = re.sub(r"::+", ":", clean(self._titles[deck.id])).strip(":")
        made = genanki.Deck(int(sha256(deck.id.encode()).hexdigest()[:7], 16) + 2**30, f"studyapp::{title}")
        for card in deck.cards:
            made.add_note(self._card_note(card, self.images.names_of(card)))
        for question in deck.questions:
            made.add_note(self._question_note(question, self.images.names_of(question)))
        return made

    def _card_note(self, card: Card, images: dict[str, str]) -> genanki.Note:
        if card.was:
            self.losses.append(Loss(card.id, None, NOT_CARRIED["was"]))
        if card.cloze:
            return self._note(card, self._cloze, [_cloze(card.cloze, images)], images)
        return self._note(card, self._card, [_html(card.front, images), _html(card.back, images)], images)

    def _question_note(self, question: Question, images: dict[str, str]) -> genanki.Note:
        for name, words in NOT_CARRIED.items():
            if getattr(question, name):
                self.losses.append(Loss(question.id, None, words))
        options = "".join(f"<li>{_html(option.text, images)}</li>" for option in question.options)
        answers = []
        for letter, option in zip(_LETTERS, question.options, strict=False):
            mark = "✓" if option.correct else "✗"
            role = ' class="right"' if option.correct else ""
            rationale = f"<div>{_html(option.rationale, images)}</div>" if option.rationale else ""
            answers.append(f"<div{role}>{mark} {letter}. {_html(option.text, images)}</div>{rationale}")
        case = self._material.cases.get(question.case or "")
        fields = [_html(question.stem, images), f'<ol type="A">{options}</ol>', "".join(answers)]
        return self._note(question, self._question, [*fields, to_html(case.text) if case else ""], images)

    def _note(
        self, item: Card | Question, kind: genanki.Model, fields: list[str], images: dict[str, str]
    ) -> genanki.Note:
        changed = _html(item.changed, images) if item.changed else ""
        tags = [f"topic::{item.topic}", f"deck::{item.deck}"]
        if isinstance(item, Question):
            tags += [f"difficulty::{item.difficulty}", *([f"case::{item.case}"] if item.case else [])]
        for tag in item.tags:
            made = _tag(tag)
            tags += [made] if made else []
            if made != tag:
                self.losses.append(
                    Loss(item.id, None, f"the tag '{tag}'" + (f", which became '{made}'" if made else ""))
                )
        if any(clean(text) != text for text in texts_of(item)):
            self.losses.append(Loss(item.id, None, "control characters in its text"))
        values = [clean(value) for value in (*fields, changed, item.id)]
        return genanki.Note(kind, values, guid=genanki.guid_for("studyapp", item.id), tags=tags)


def _html(text: str, images: dict[str, str]) -> str:
    return to_html(text, lambda name: images.get(name, name))


def _cloze(text: str, images: dict[str, str]) -> str:
    """The text with its gaps as Anki's, all of one card, as they are revealed together here."""
    html = _html(text, images)
    if not _GAP.search(html):
        html = escape(text).replace("\n", "<br>")
    # Two colons would begin a hint.
    return _GAP.sub(lambda gap: f"{{{{c1::{gap[1].replace('::', ':&#58;')}}}}}", html)


def _tag(tag: str) -> str:
    """The tag as Anki can hold it, where white space ends a tag and two colons begin a part of it."""
    return re.sub(r"::+", "::", re.sub(r"\s+", "_", clean(tag))).strip(":").strip('"')

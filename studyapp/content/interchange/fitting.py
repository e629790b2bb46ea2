"""Making items of a file fit beside the decks that are loaded: ids, topics, references and images."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from studyapp.content import schema
from studyapp.content.fix.ids import slug, slug_words
from studyapp.content.interchange.images import read_image, with_descriptions, with_sources
from studyapp.content.interchange.markup import has_formula, images_in
from studyapp.content.interchange.material import Entry, Loss, Parsed, TopicWantedError
from studyapp.content.report import Report
from studyapp.content.schema_base import Format
from studyapp.content.tree import FIRST, Document
from studyapp.content.validate import validate
from studyapp.core.bank import Bank
from studyapp.core.deck import Card, Difficulty, Question

_MODELS: dict[str, type[Format]] = {"cards": schema.CardEntry, "questions": schema.QuestionEntry}
_ORDER = ("id", "topic", "difficulty", "case", "front", "back", "cloze", "stem", "options", "cards", "changed", "tags")
_KEYS = (*_ORDER, "enemies", "was")
_REFERENCES = {"cards": "cards", "enemies": "questions"}
_WORDS = 6
_GENERIC_WORDS = """
    card choice choose ex exam exercise false item mcma mcq multichoice multiple new num number problem question
    questions quiz single task test true truefalse unnamed untitled
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())


class Fitting:
    """Fits the entries of one file into the bank; what cannot be carried over is in ``losses``.

    ``images`` are the files to lie in ``image_folder``, by their paths from the folder of the deck around it.
    ``once_used`` are ids that no new item may have, as they stood for others.
    """

    def __init__(
        self, bank: Bank, deck: str, topic: str | None, image_folder: Path, once_used: Collection[str] = ()
    ) -> None:
        self._bank = bank
        self._deck = deck
        self._topic = topic
        self._image_folder = image_folder
        items: list[Card | Question] = [*bank.cards.values(), *bank.questions.values()]
        self._existing = {"cards": bank.cards.keys(), "questions": bank.questions.keys()}
        self._taken = {id_ for item in items for id_ in (item.id, *item.was)}
        self._once_used = once_used
        self._own: dict[str, set[str]] = {"cards": set(), "questions": set()}
        self._numbers: dict[str, int] = {}
        self._renamed: dict[str, str] = {}
        self.losses: list[Loss] = []
        self.images: dict[str, bytes] = {}

    def fit(self, parsed: Parsed) -> dict[str, list[dict[str, Any]]]:
        """The items by section, each as a deck file has it.

        Raises:
            TopicWantedError: where an item has no topic of the syllabus, and none was named for such.
        """
        self.losses += parsed.losses
        self._check_topics(parsed)
        kept: list[tuple[Entry, dict[str, Any]]] = []
        for entry in parsed.entries:
            data = self._fields(entry)
            reason = _why_invalid(entry.section, data)
            if reason:
                what = f"the {entry.section[:-1]}: {reason}"
                self.losses.append(Loss(entry.name, entry.line, what, whole=True))
            else:
                self._name(entry, data)
                kept.append((entry, data))
        self._note_difficulties(entry for entry, _ in kept)
        sections: dict[str, list[dict[str, Any]]] = {"cards": [], "questions": []}
        for entry, data in kept:
            self._refer(entry, data)
            self._place_images(entry, data, parsed)
            if any(has_formula(holder[key]) for holder, key in _texts(data)):
                self._lose(entry, "the look of a formula, which shows as it is written")
            sections[entry.section].append({key: data[key] for key in _KEYS if data.get(key)})
        return sections

    def _lose(self, entry: Entry, what: str) -> None:
        self.losses.append(Loss(entry.name, entry.line, what))

    def _check_topics(self, parsed: Parsed) -> None:
        known = self._bank.syllabus.topics
        strays = [entry for entry in parsed.entries if entry.data.get("topic") not in known]
        if strays and self._topic is None:
            topic = strays[0].data.get("topic")
            what = f"the topic '{topic}', which the syllabus does not have" if topic else "no topic"
            more = f", and so for {len(strays) - 1} more" if len(strays) > 1 else ""
            raise TopicWantedError(
                f"The item in line {strays[0].line} has {what}{more}.",
                "Choose a topic of the syllabus for such items; nothing was written so far.",
            )

    def _fields(self, entry: Entry) -> dict[str, Any]:
        """The data of an entry with what every item must have, and without what does not exist here."""
        data = {"id": "new", **entry.data}
        topic = data.get("topic")
        if topic not in self._bank.syllabus.topics:
            data["topic"] = self._topic
            if topic:
                self._lose(entry, f"the topic '{topic}', which the syllabus does not have; it is '{self._topic}' now")
        if entry.section == "questions":
            difficulty = str(data.get("difficulty", "medium")).lower()
            if difficulty not in tuple(Difficulty):
                self._lose(entry, f"the difficulty '{difficulty}'; it is medium now")
                difficulty = "medium"
            data["difficulty"] = difficulty
        if data.get("case") and data["case"] not in self._bank.case_by_id:
            self._lose(entry, f"the case '{data.pop('case')}', which is not loaded")
        return data | {"id": "new"} | {key: [] for key in ("cards", "enemies", "was") if key in data}

    def _name(self, entry: Entry, data: dict[str, Any]) -> None:
        """Give the item its own id where that is free, else one that is."""
        given = str(entry.data.get("id", ""))
        generic = _is_generic(given) and not given.startswith(f"{self._deck}-")
        wanted = slug(f"{self._deck}-{slug(given)}" if generic else given)
        wanted = wanted or slug("-".join([self._deck, *_telling_words(data)])) or f"{self._deck}-item"
        made, number = wanted, self._numbers.get(wanted, 2)
        while made in self._taken or made in self._once_used:
            made, number = f"{wanted}-{number}", number + 1
        self._numbers[wanted] = number
        self._taken.add(made)
        self._own[entry.section].add(made)
        data["id"] = made
        if given:
            # Of two items with one id, it is the first that others mean.
            self._renamed.setdefault(given, made)
        if given and slug(given) == given != made:
            why = "which says too little to stay with one item" if generic else "which another item has or had"
            self.losses.append(Loss(f"{given}, now {made}", entry.line, f"the id, {why}"))

    def _refer(self, entry: Entry, data: dict[str, Any]) -> None:
        """References to items under their new ids; those to nothing are left out."""
        for key, section in _REFERENCES.items():
            for target in entry.data.get(key, ()):
                found = self._renamed.get(target, target)
                if found in self._own[section] or found in self._existing[section]:
                    data[key].append(found)
                else:
                    self._lose(entry, f"'{target}' among its {key}, as there is none")
        for former in entry.data.get("was", ()):
            if slug(former) != former or former in self._taken:
                self._lose(entry, f"the former id '{former}', which is taken")
            else:
                self._taken.add(former)
                data["was"].append(former)

    def _place_images(self, entry: Entry, data: dict[str, Any], parsed: Parsed) -> None:
        def source_of(name: str) -> str | None:
            image = parsed.images.get(name)
            if image is None:
                return None
            path = f"{self._image_folder.name}/{name}"
            self.images[path] = image
            return quote(path)

        for holder, key in _texts(data):
            # One that lies beside the deck to be shows there.
            strays = [name for name in images_in(holder[key]) if name not in parsed.images]
            gone = [name for name in strays if read_image(self._image_folder.parent, name) is None]
            for name in gone:
                self._lose(entry, f"the image '{name[:60]}', which is not part of the file")
            holder[key] = with_descriptions(with_sources(holder[key], source_of), gone)

    def _note_difficulties(self, entries: Iterator[Entry]) -> None:
        count = Counter(entry.section == "questions" and "difficulty" not in entry.data for entry in entries)[True]
        if count:
            self.losses.append(
                Loss("", None, f"how hard its questions are ({count}), which the file does not say; they are medium")
            )


def _texts(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Where the texts of an item stand: what holds one, and its key there."""
    for holder in (data, *data.get("options", ())):
        for key in ("front", "back", "cloze", "stem", "changed", "text", "rationale"):
            if holder.get(key):
                yield holder, key


def _is_generic(id_: str) -> bool:
    """Whether items of other files may well have the same: a number, 'Question 1', or what has no Latin letters."""
    decomposed = unicodedata.normalize("NFKD", id_)
    is_cut = any(letter.isalpha() and not letter.isascii() for letter in decomposed)
    return bool(slug(id_)) and (is_cut or all(word in _GENERIC for word in re.findall("[a-z]{3,}", slug(id_))))


def _why_invalid(section: str, data: dict[str, Any]) -> str:
    """Why an item cannot stand in a deck, by the deck format itself; empty where it can."""
    report = Report("")
    validate(Document(data, FIRST), _MODELS[section], report)
    if section == "cards" and not data.get("cloze") and not (data.get("front") and data.get("back")):
        return "it needs front and back, or cloze"
    if section == "cards" and data.get("cloze") and (data.get("front") or data.get("back")):
        return "it has a front or back beside its cloze"
    return report.problems[0].message if report.failed else ""


def _telling_words(data: dict[str, Any]) -> list[str]:
    """Words of what is asked: of a stem, its last sentence."""
    asked = str(data.get("front") or data.get("cloze") or data.get("stem") or "")
    if "stem" in data:
        asked = re.split(r"(?<=[.!:])\s", (asked.rpartition("?")[0] or asked).strip())[-1]
    return slug_words(re.sub("['’]", "", asked))[:_WORDS]

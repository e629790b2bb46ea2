"""Which answers were given to the keys that questions have now, and which to others."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from studyapp.core.attempt import Place
from studyapp.core.deck import Question
from studyapp.core.identity import key_mark, same_key
from studyapp.core.slips import IsWord

if TYPE_CHECKING:
    # For types alone: SQLModel is slow to import, and the window is painted before it is.
    from studyapp.store.keys import KeyStore

_FORMS_AT_ONCE = 10
"""Forms that are read at once: some 20 ms."""


@dataclass
class Verdict:
    """What became of the answers to some questions, the ``judged`` ones.

    ``retired`` are places that hold answers to another key, each with the id and the mark of that key; ``back`` are
    ids of answers that were retired, with the questions that have their key again. Of ``rekeyed`` questions no answer
    counts any more.
    """

    judged: list[str] = field(default_factory=list)
    retired: dict[Place, tuple[str, str]] = field(default_factory=dict)
    back: dict[str, str] = field(default_factory=dict)
    rekeyed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Alike:
    """Places of one question that share their key; it is read at the first ones, which are in one attempt."""

    read_at: Sequence[Place]
    places: Sequence[Place]


class Judge:
    """Holds answers against the present keys of the questions in ``loaded``.

    ``beside`` tells which words stand in other items than a question. ``since`` are the attempts that were submitted
    since that was done last.
    """

    def __init__(
        self,
        keys: "KeyStore",
        loaded: Mapping[str, Question],
        beside: Callable[[Question], IsWord],
        since: Collection[int],
    ) -> None:
        self._keys = keys
        self._loaded = loaded
        self._beside = beside
        self._since = since

    def judge(self, marks: Mapping[str, str | None], changed: Collection[str]) -> Verdict:
        """The verdict on as many of these questions as can be judged at once.

        They come with the marks that their keys had last, if any. The others than the ``changed`` ones still have them.
        """
        verdict = Verdict()
        places = self._keys.places(marks)
        alike: dict[str, list[_Alike]] = {}
        attempts: set[int] = set()
        for id_, mark in marks.items():
            alike[id_] = list(self._alike(places.get(id_, ()), marked=mark is not None, changed=id_ in changed))
            attempts |= {place.attempt for group in alike[id_] for place in group.read_at}
            if len(attempts) > _FORMS_AT_ONCE and verdict.judged:
                break
            verdict.judged.append(id_)
        shown = self._keys.shown(place for id_ in verdict.judged for group in alike[id_] for place in group.read_at)
        for id_ in verdict.judged:
            for group in alike[id_]:
                self._judge_alike(id_, group, shown, verdict)
            if 0 < sum(place in verdict.retired for place in places.get(id_, ())) == len(places[id_]):
                verdict.rekeyed.append(id_)
        self._bring_back([id_ for id_ in verdict.judged if id_ in changed], verdict)
        return verdict

    def _alike(self, places: Sequence[Place], *, marked: bool, changed: bool) -> Iterator[_Alike]:
        """The places of a question, the newest first, put together as far as they are known to share their key."""
        if marked:
            # What was looked at with the mark is an answer to the key that has it, but for slips.
            settled = [place for place in places if place.attempt not in self._since]
            if settled and changed:
                yield _Alike([place for place in settled if place.attempt == settled[0].attempt], settled)
            places = [place for place in places if place.attempt in self._since]
        for _, held in groupby(places, lambda place: place.attempt):
            in_one = list(held)
            yield _Alike(in_one, in_one)

    def _judge_alike(self, id_: str, group: _Alike, shown: Mapping[Place, Question], verdict: Verdict) -> None:
        held = [shown[place] for place in group.read_at if place in shown]
        # The form may know the question by a former id; of two that were put together it is its own.
        question = next((question for question in held if question.id == id_), held[0] if held else None)
        if question is not None and not self._asks_the_same(question, id_):
            verdict.retired |= dict.fromkeys(group.places, (id_, key_mark(question.options)))

    def _bring_back(self, ids: Collection[str], verdict: Verdict) -> None:
        """Find the answers under a former key where it is the key again, as after a slip that was saved."""
        retired = self._keys.retired(ids)
        places = self._keys.places([former for formers in retired.values() for former in formers])
        shown = self._keys.shown(held[0] for held in places.values())
        for id_, formers in retired.items():
            for former in formers:
                # What was shown may differ from the deck of that time by slips that were mended since.
                question = shown.get(places[former][0]) if former in places else None
                if question is not None and self._asks_the_same(question, id_):
                    verdict.back[former] = id_

    def _asks_the_same(self, shown: Question, id_: str) -> bool:
        question = self._loaded[id_]
        return same_key(shown.options, question.options, self._beside(question))

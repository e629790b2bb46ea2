"""Describing a custom exam: what is asked for, and how many questions fit."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from studyapp.core.deck import Question
from studyapp.core.errors import StudyError
from studyapp.core.selection import CustomSet, Only, Past, select
from studyapp.sessions.selection import delete_preset, past, presets, save_preset
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.exam.setup_words import SAVED, mode_sentence, size
from studyapp.ui.routes import StartCustom
from studyapp.ui.widgets.message_bar import Message


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """An area that can be asked for, and how many of the questions that fit otherwise are in it."""

    id: str
    title: str
    held: int
    parts: tuple["AreaChoice", ...] = ()


@dataclass(frozen=True)
class CustomState:
    """What the panel shows. ``sources`` are the ways to name areas: topics (None), or the strata of a blueprint."""

    custom: CustomSet = field(default_factory=CustomSet)
    sources: tuple[tuple[str | None, str], ...] = ()
    areas: tuple[AreaChoice, ...] = ()
    only: tuple[tuple[Only, int], ...] = ()
    presets: tuple[str, ...] = ()
    fitting: int = 0
    size: str = ""
    detail: str = ""

    @property
    def short(self) -> bool:
        """Whether fewer questions fit than are asked for."""
        return self.fitting < self.custom.questions


class CustomViewModel(QObject):
    """Holds the set that is being described; every change tells at once what the exam will be."""

    changed = Signal(object)
    navigate = Signal(object)
    message = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._past = Past()
        self._presets: tuple[CustomSet, ...] = ()
        self.state = CustomState()

    def refresh(self) -> None:
        """Read the learner's history and presets again."""
        self._past = past(self._workspace)
        self._presets = presets(self._workspace.store.settings)
        self._show(self.state.custom)

    def change(self, **values: Any) -> None:
        """Ask for something else: fields of the custom set by name."""
        if "blueprint" in values and values["blueprint"] != self.state.custom.blueprint:
            values["areas"] = ()
        custom = replace(self.state.custom, **values)
        if custom != self.state.custom:
            self._show(custom)

    def use_preset(self, name: str) -> None:
        """Ask for what a preset asks for."""
        found = next((preset for preset in self._presets if preset.name == name), None)
        if found is not None:
            self._show(found)

    def save(self, name: str) -> None:
        """Keep the set as a preset of that name, in place of an older one."""
        if name := name.strip():
            self._keep(replace(self.state.custom, name=name))

    def delete(self) -> None:
        """Forget the preset that is shown; a message offers to take that back."""
        gone = next((preset for preset in self._presets if preset.name == self.state.custom.name), None)
        if gone is None:
            return
        try:
            delete_preset(self._workspace.store.settings, gone.name)
        except StudyError as error:
            self._tell(error)
            return
        self._presets = presets(self._workspace.store.settings)
        self._show(replace(self.state.custom, name=""))
        text = f"The preset “{gone.name}” is deleted."
        self.message.emit(Message("preset", "info", text, "Undo", partial(self._keep, gone)))

    def start(self) -> None:
        """Begin the exam that is described."""
        if self.state.fitting:
            self.navigate.emit(StartCustom(self.state.custom))

    def _keep(self, preset: CustomSet) -> None:
        try:
            save_preset(self._workspace.store.settings, preset)
        except StudyError as error:
            self._tell(error)
            return
        self._presets = presets(self._workspace.store.settings)
        self._show(preset)

    def _tell(self, error: StudyError) -> None:
        self.message.emit(Message("preset", "wrong", f"The presets are as before: {error.message} {error.next_step}"))

    def _show(self, custom: CustomSet) -> None:
        bank = self._workspace.bank
        fitting = len(select(bank, custom, self._past))
        asked = min(fitting, custom.questions)
        self.state = CustomState(
            custom=custom,
            sources=((None, "Topics of the syllabus"), *((b.id, f"Areas of “{b.title}”") for b in bank.blueprints)),
            areas=self._areas(custom),
            only=tuple((only, len(select(bank, replace(custom, only=frozenset({only})), self._past))) for only in Only),
            presets=tuple(preset.name for preset in self._presets),
            fitting=fitting,
            size=size(asked, custom.minutes) if asked else "No question fits.",
            detail=_detail(custom, fitting),
        )
        self.changed.emit(self.state)

    def _areas(self, custom: CustomSet) -> tuple[AreaChoice, ...]:
        bank = self._workspace.bank
        questions = select(bank, replace(custom, areas=()), self._past)
        blueprint = bank.blueprint(custom.blueprint) if custom.blueprint else None
        if blueprint is not None:
            held = Counter(i for question in questions for i in blueprint.eligible(question))
            return tuple(AreaChoice(s.name, s.name, held[i]) for i, s in enumerate(blueprint.strata))
        by_topic, by_domain = _count(questions, lambda q: q.topic), _count(questions, lambda q: q.domain)
        return tuple(
            AreaChoice(
                domain.id,
                domain.title,
                by_domain[domain.id],
                tuple(AreaChoice(topic.id, topic.title, by_topic[topic.id]) for topic in domain.topics),
            )
            for domain in bank.syllabus.domains
        )


def _count(questions: Iterable[Question], area: Callable[[Question], str]) -> Counter[str]:
    return Counter(area(question) for question in questions)


def _detail(custom: CustomSet, fitting: int) -> str:
    """How many fit, and what the mode does."""
    if not fitting:
        return "Ask for more areas, or leave a condition out."
    fit = f"{words.counted(fitting, 'question')} fit{'s' if fitting == 1 else ''}."
    if fitting < custom.questions:
        fit = f"You asked for {custom.questions}; only {fitting} fit{'s' if fitting == 1 else ''}."
    return f"{fit} {mode_sentence(custom.mode, timed=custom.minutes is not None)} {SAVED}"

"""Custom exams: what the learner's history says of the questions, and the presets that are kept."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studyapp.core.deck import Difficulty
from studyapp.core.mastery import Mastery, mastery
from studyapp.core.selection import CUSTOM_PASS_MARK, CustomSet, Only, Past
from studyapp.sessions.progress import WIDEST
from studyapp.sessions.standing import goal, learner_now
from studyapp.sessions.steps import finish
from studyapp.sessions.workspace import Workspace

if TYPE_CHECKING:
    # For types alone: SQLModel and pydantic are slow to import, and the window is painted before they are.
    from studyapp.store import SettingsStore

_PRESETS = "presets"


def past(workspace: Workspace) -> Past:
    """What the stored attempts say of the questions that are loaded."""
    attempts = workspace.store.attempts
    return Past(
        seen=attempts.last_seen(),
        missed=frozenset(question for missed in attempts.missed_by_topic().values() for question in missed),
        flagged=frozenset(attempts.flagged()),
        weak=_weak(workspace),
    )


def presets(settings: "SettingsStore") -> tuple[CustomSet, ...]:
    """The custom sets that were kept, by name."""
    return tuple(sorted((_from_data(d) for d in settings.get(_PRESETS, [])), key=lambda preset: preset.name.lower()))


def save_preset(settings: "SettingsStore", preset: CustomSet) -> None:
    """Keep a set under its name, in place of an older one of that name. Raises ``DatabaseError``."""
    kept = [p for p in presets(settings) if p.name != preset.name]
    settings.set(_PRESETS, [_to_data(p) for p in (*kept, preset)])


def delete_preset(settings: "SettingsStore", name: str) -> None:
    """Forget the set of that name. Raises ``DatabaseError``."""
    settings.set(_PRESETS, [_to_data(p) for p in presets(settings) if p.name != name])


def pass_mark(settings: "SettingsStore", blueprint_id: str, otherwise: float) -> int:
    """The learner's pass mark for a blueprint, in percent; ``otherwise`` (a share) until they chose one."""
    return int(settings.get(f"pass_mark:{blueprint_id}", round(otherwise * 100)))


def set_pass_mark(settings: "SettingsStore", blueprint_id: str, percent: int) -> None:
    """Keep the learner's pass mark for a blueprint. Raises ``DatabaseError``."""
    settings.set(f"pass_mark:{blueprint_id}", percent)


def _weak(workspace: Workspace) -> frozenset[str]:
    """The topics that the Progress page tells of, where fewer fresh questions than pass are expected to be right."""
    store, areas = workspace.store, workspace.areas
    today = workspace.clock.now().astimezone().date().toordinal()
    aim = goal(store.settings, areas.bank)
    enough = CUSTOM_PASS_MARK if aim is None else aim.pass_mark
    estimates = mastery(finish(learner_now(store, areas, today)), areas.topics)
    return frozenset(e.area for e in estimates if _told(e) and e.expected < enough)


def _told(estimate: Mastery) -> bool:
    interval = estimate.expected_interval
    return estimate.answers > 0 and interval.high - interval.low <= WIDEST


def _to_data(preset: CustomSet) -> dict[str, Any]:
    return {
        "name": preset.name,
        "areas": list(preset.areas),
        "blueprint": preset.blueprint,
        "only": sorted(preset.only),
        "difficulties": sorted(preset.difficulties),
        "questions": preset.questions,
        "minutes": preset.minutes,
        "feedback": preset.feedback,
    }


def _from_data(data: dict[str, Any]) -> CustomSet:
    return replace(
        CustomSet(**data),
        areas=tuple(data["areas"]),
        only=frozenset(map(Only, data["only"])),
        difficulties=frozenset(map(Difficulty, data["difficulties"])),
    )

"""Custom exams: what the learner's history says of the questions, and the presets that are kept."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studyapp.core.bank import Bank
from studyapp.core.deck import Difficulty
from studyapp.core.readiness import estimate_areas
from studyapp.core.selection import CUSTOM_PASS_MARK, CustomSet, Only, Past

if TYPE_CHECKING:
    # For types alone: SQLModel and pydantic are slow to import, and the window is painted before they are.
    from studyapp.store import SettingsStore, Store

_PRESETS = "presets"


def past(store: "Store", bank: Bank) -> Past:
    """What the stored attempts say of the questions that are loaded."""
    attempts = store.attempts
    return Past(
        seen=attempts.last_seen(),
        missed=frozenset(q for domain in bank.syllabus.domains for q in attempts.missed(domain.id)),
        flagged=frozenset(attempts.flagged()),
        weak=_weak(store, bank),
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


def _weak(store: "Store", bank: Bank) -> frozenset[str]:
    """Topics below the pass mark; domains below it stand for their topics with too few answers to tell."""
    topics = estimate_areas(store.attempts.area_counts("topic"), bank.syllabus.topics)
    domains = estimate_areas(store.attempts.area_counts("domain"), bank.syllabus.domain_titles)
    below = {e.area for e in (*topics, *domains) if e.share is not None and e.share < CUSTOM_PASS_MARK}
    unclear = {e.area for e in topics if e.share is None and e.area.partition(".")[0] in below}
    return frozenset(below & bank.syllabus.topics.keys() | unclear)


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

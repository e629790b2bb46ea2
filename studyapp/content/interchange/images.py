"""The images that texts refer to: read from the deck's folder on the way out, named safely on the way in."""

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from studyapp.content.interchange.markup import images_in
from studyapp.content.interchange.material import Loss
from studyapp.core.deck import Card, Case, Question

KINDS = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"))
"""Endings of image files that go out and come in."""
MAX_BYTES = 16 * 2**20
_IMAGE_TITLE = r"""(?:\s+(?:"[^"]*"|'[^']*'))?"""
_TARGET = r"((?:[^()<>\s]|\([^()<>\s]*\))+)"
_IMAGE = re.compile(rf"(!\[(?:\\.|[^\]\\])*\]\(\s*){_TARGET}")
_WHOLE = re.compile(rf"!\[((?:\\.|[^\]\\])*)\]\(\s*{_TARGET}{_IMAGE_TITLE}\s*\)")
_SAFE_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}")


def texts_of(item: Card | Question) -> list[str]:
    """Every text of an item that may hold an image."""
    if isinstance(item, Card):
        return [text for text in (item.front, item.back, item.cloze, item.changed) if text]
    inside = [text for option in item.options for text in (option.text, option.rationale)]
    return [text for text in (item.stem, *inside, item.changed) if text]


def is_safe(name: str) -> bool:
    """Whether a relative path is one of an image inside its folder, on every platform."""
    parts = PurePosixPath(name).parts
    return bool(parts) and all(_SAFE_PART.fullmatch(part) for part in parts) and suffix_of(name) in KINDS


def suffix_of(name: str) -> str:
    """The ending of a path, in small letters."""
    return PurePosixPath(name).suffix.lower()


def read_image(folder: Path, name: str) -> bytes | None:
    """The image at a path relative to a deck's folder; None where there is none inside of it that can be read."""
    if suffix_of(name) not in KINDS:
        return None
    try:
        # Path.resolve has an error of its own for links that lead in a circle.
        path = Path(os.path.realpath(folder / name))
        if not path.is_relative_to(os.path.realpath(folder)) or path.stat().st_size > MAX_BYTES:
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None


def losses_of_cases(cases: Iterable[Case]) -> list[Loss]:
    """The images of cases, whose texts go out without them."""
    return [
        Loss(f"case {case.id}", None, f"the image '{name}' of a case")
        for case in cases
        for name in images_in(case.text)
    ]


class Collected:
    """The images of a package, each once, under names made of what is in them."""

    def __init__(self, folders: Mapping[str, Path], prefix: str) -> None:
        self._folders = folders
        self._prefix = prefix
        self.files: dict[str, bytes] = {}
        self.losses: list[Loss] = []

    def names_of(self, item: Card | Question) -> dict[str, str]:
        """The name in the package of each image that the item refers to, by its path; those without a file are lost."""
        names = {}
        for path in dict.fromkeys(path for text in texts_of(item) for path in images_in(text)):
            data = read_image(self._folders.get(item.deck, Path()), path)
            if data is None:
                self.losses.append(Loss(item.id, None, f"the image '{path}', which cannot be read"))
                continue
            file = re.sub(r"[^A-Za-z0-9.]+", "-", PurePosixPath(path).name)
            names[path] = f"{self._prefix}{sha256(data).hexdigest()[:12]}-{file}"
            self.files[names[path]] = data
        return names


def with_sources(text: str, source_of: Callable[[str], str | None]) -> str:
    """Markdown with the paths of its images replaced; None leaves one as it is."""
    known = set(images_in(text))

    def replaced(found: re.Match[str]) -> str:
        source = unquote(found[2])
        new = source_of(source) if source in known else None
        return found[0] if new is None else f"{found[1]}{new}"

    return _IMAGE.sub(replaced, text) if known else text


def with_descriptions(text: str, gone: Collection[str]) -> str:
    """Markdown in which the images at these paths gave way to what their authors say of them."""

    def described(found: re.Match[str]) -> str:
        return found[0] if unquote(found[2]) not in gone else found[1].strip() or "(image)"

    return _WHOLE.sub(described, text) if gone else text

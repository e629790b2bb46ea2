"""W315, W317 and W318: HTML, and images that are remote, missing, outside the deck's folder or no pictures."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

_COMMENT, _DATA = ("<!--", "-->"), ("<![CDATA[", "]]>")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_AUTOLINK = re.compile(r"<(?:https?:|mailto:)[^<>\s]*>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_BRACKET = re.compile(
    r"(!?\[)|\](?:\([ \t\n]*(?:<([^<>\n]*)>|([^\s)<][^\s)]*))(?:[ \t]+([^\s\"'()][^\n)]*\)))?|\[([^\[\]]*)\])?"
)
"""An opening bracket, or a closing one with the target, or the label, that follows it."""
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]+)\]:[ \t]*\n?[ \t]*(?:<([^<>\n]*)>|(\S+))", re.MULTILINE)
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM")
_HEAD = 2048
"""Bytes of an SVG file within which its first tag stands."""


def check_markup(text: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Codes and messages for Markdown from which code has been taken out; ``folder`` is the deck's own."""
    text = _ESCAPED.sub("  ", text) if "\\" in text else text
    images, rest = _images(text) if "![" in text else ([], text)
    html = _html(rest) if "<" in rest else None
    if html:
        yield "W315", f"'{html[:40]}' reads as HTML and does not show; put it in backticks, or remove it"
    for image in images:
        if _REMOTE.match(image):
            yield "W315", f"the image '{image[:60]}' is remote; put the file beside the deck"
        elif " " in image and "\0" in image:
            path = image.replace("\0", "")
            yield "W317", f"the image's path has blanks: write it as '<{path}>'"
        else:
            yield from _check_image(unquote(image), folder)


def _html(text: str) -> str | None:
    text = _AUTOLINK.sub("", text)
    found = _TAG.search(text)
    places = [(found.start(), found.end())] if found else []
    for opening, closing in (_COMMENT, _DATA):
        start = text.find(opening)
        end = text.find(closing, start + len(opening)) if start >= 0 else -1
        if end >= 0:
            places.append((start, end + len(closing)))
    return text[slice(*min(places))] if places else None


def _images(text: str) -> tuple[list[str], str]:
    """The targets of images, in order, and the text without these; one with blanks and no '<' ends in a NUL."""
    labels: dict[str, str] | None = None
    found: list[str] = []
    rest: list[str] = []
    open_brackets: list[tuple[str, int]] = []
    done = 0
    for bracket in _BRACKET.finditer(text):
        opening, in_angles, plain, more, label = bracket.groups()
        if opening:
            open_brackets.append((opening, bracket.end()))
            continue
        if not open_brackets:
            continue
        kind, start = open_brackets.pop()
        if kind != "![":
            continue
        target = in_angles if in_angles is not None else plain
        if target is None:
            labels = _definitions(text) if labels is None else labels
            target = labels.get(_label(label or text[start : bracket.start()]))
        elif more:
            target = f"{target} {more[:-1]}\0"
        if not target:
            continue
        found.append(target)
        rest.append(text[done : bracket.start()])
        done = bracket.end()
    return found, "".join([*rest, text[done:]])


def _definitions(text: str) -> dict[str, str]:
    """Where the labels of references lead."""
    made: dict[str, str] = {}
    for label, in_angles, plain in _DEFINITION.findall(text):
        made.setdefault(_label(label), in_angles or plain)
    return made


def _label(text: str) -> str:
    return " ".join(text.casefold().split())


def _check_image(image: str, folder: Path) -> Iterator[tuple[str, str]]:
    try:
        target = (folder / image).resolve()
        inside, exists = target.is_relative_to(folder.resolve()), target.is_file()
    except (OSError, ValueError, RuntimeError):
        inside, exists = True, False
    if not inside:
        yield "W318", f"the image '{image}' lies outside the deck's folder"
    elif not exists:
        yield "W317", f"there is no image '{image}' in the deck's folder"
    elif not _is_picture(target):
        yield "W317", f"'{image}' is no picture that the program can show"


def _is_picture(path: Path) -> bool:
    """Whether the file begins as a PNG, JPEG, GIF, BMP, WebP or SVG does; one that cannot be read is none."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return True
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<svg" in head

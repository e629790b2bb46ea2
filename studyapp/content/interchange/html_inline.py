"""A run of inline HTML as a paragraph of Markdown."""

import re
from collections.abc import Collection
from urllib.parse import quote, unquote

from studyapp.content.interchange.html_tree import DROPPED, Node, Run, all_in, visible, words_of
from studyapp.content.interchange.markup import PLUGIN_FILE, count_images, from_plain, to_plain

EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}
_CODE = frozenset(("code", "tt", "kbd", "samp"))
_MAX_TRIES = 40
"""Elements of a paragraph that are tried one by one; each try reads the paragraph again."""
_SPECIAL = re.compile(r"[\\`*\[\]<~|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w+;)|!(?=\[)")
_AT_START = re.compile(r"([#>+=-]|\d{1,9}(?=[.)]))")
_REMOTE = re.compile(r"(?:https?|mailto):[^\s<>]+")


class Inline:
    """Writes paragraphs; with care, each is held against what it shows. What is left out is in ``lost``."""

    def __init__(self, *, careful: bool) -> None:
        self._careful = careful
        self.lost: list[str] = []

    def paragraph(self, run: Run, *, in_cell: bool = False) -> str:
        """The run as a paragraph, in which a line end stands for a break; may be empty."""
        lost: list[str] = []
        bare = self._clashing(run, in_cell) if self._careful else []
        text = _Paragraph({id(node) for node in bare}, lost, in_cell).of(run)
        if self._careful and not shows(text, run):
            images = [_image(node, []) for node in all_in(run) if node.tag == "img"]
            text = " ".join([from_plain(" ".join(visible(run).split())), *filter(None, images)])
            lost.append("the formatting of a paragraph")
        self.lost += [*lost, *(f"the formatting of '{' '.join(visible([node]).split())[:40]}'" for node in bare)]
        return text

    @staticmethod
    def _clashing(run: Run, in_cell: bool) -> list[Node]:
        """The elements whose marks cannot stand, as they would show themselves or hide something."""
        marked = [node for node in all_in(run) if node.tag in EMPHASIS or node.tag == "a"]
        if shows(_Paragraph((), [], in_cell).of(run), run):
            return []
        bare = {id(node) for node in marked}
        for node in marked[:_MAX_TRIES]:
            if not shows(_Paragraph(bare - {id(node)}, [], in_cell).of(run), run):
                continue
            bare.discard(id(node))
        return [node for node in marked if id(node) in bare]


def shows(markdown: str, run: Run) -> bool:
    """Whether Markdown shows the words and the images of a run, however they look."""
    images = sum(node.tag == "img" and _is_inside(node) for node in all_in(run))
    return _letters(to_plain(markdown)[0]) == _letters(visible(run)) and count_images(markdown) == images


def _letters(text: str) -> str:
    return "".join(text.split())


def _is_inside(image: Node) -> bool:
    """Whether an image is part of the file."""
    return image.attributes.get("src", "").startswith(PLUGIN_FILE)


class _Paragraph:
    """Writes one paragraph. The elements whose ids are ``bare`` get no marks; what is left out goes into ``lost``."""

    def __init__(self, bare: Collection[int], lost: list[str], in_cell: bool) -> None:
        self._bare = bare
        self._lost = lost
        self._in_cell = in_cell

    def of(self, run: Run) -> str:
        """The Markdown of the run."""
        lines = [" ".join(line.split()) for line in self._inline(run).split("\n")]
        return "\\\n".join(
            _AT_START.sub(_escaped_start, line, count=1) if _AT_START.match(line) else line for line in lines if line
        )

    def _inline(self, run: Run) -> str:
        parts = []
        for child in run:
            if isinstance(child, str):
                parts.append(_SPECIAL.sub(r"\\\g<0>", re.sub(r"\s+", " ", child)))
            elif child.tag == "br":
                parts.append("\n")
            elif child.tag == "img":
                parts.append(_image(child, self._lost))
            elif child.tag in _CODE:
                parts.append(self._code(child))
            elif child.tag not in DROPPED:
                parts.append(self._around(child, self._inline(child.inside)))
        return "".join(parts)

    def _around(self, node: Node, inner: str) -> str:
        """An inline element with its marks, outside of which white space has to stand."""
        if node.tag == "a":
            return self._link(node, inner.replace("\n", " "))
        mark = "" if id(node) in self._bare else EMPHASIS.get(node.tag, "")
        # Marks end with their line.
        return "\n".join(_wrapped(line, mark, mark) for line in inner.split("\n"))

    def _link(self, node: Node, inner: str) -> str:
        target = node.attributes.get("href", "").strip()
        if target and inner.strip() and id(node) not in self._bare and _REMOTE.fullmatch(target):
            safe = target.replace("(", "%28").replace(")", "%29")
            return _wrapped(inner, "[", f"]({safe})")
        if target and id(node) not in self._bare:
            self._lost.append(f"the link to '{target.removeprefix(PLUGIN_FILE)[:60]}'")
        return inner

    def _code(self, node: Node) -> str:
        text = " ".join(node.text.split())
        mark = "`"
        while mark in text:
            mark += "`"
        inner = f" {text} " if text.startswith("`") or text.endswith("`") else text
        # In a table, even code ends with its cell.
        inner = inner.replace("|", "\\|") if self._in_cell else inner
        images = "".join(_image(image, self._lost) for image in all_in(node.inside) if image.tag == "img")
        return f"{mark}{inner}{mark}{images}" if text else images


def _wrapped(inner: str, before: str, after: str) -> str:
    text = inner.strip()
    if not text:
        return inner
    start = inner[: len(inner) - len(inner.lstrip())]
    return f"{start}{before}{text}{after}{inner[len(inner.rstrip()) :]}"


def _escaped_start(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _image(node: Node, lost: list[str]) -> str:
    """An image as Markdown; one that is not part of the file leaves its description."""
    source = node.attributes.get("src", "")
    shown = _SPECIAL.sub(r"\\\g<0>", words_of(node))
    if _is_inside(node):
        return f"![{shown}]({PLUGIN_FILE}{quote(unquote(source.removeprefix(PLUGIN_FILE)))})"
    lost.append(f"the image '{source[:60]}', which is not part of the file")
    return shown

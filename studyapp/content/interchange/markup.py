"""Markdown as other formats want it: HTML, or plain text; and plain text as Markdown."""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from studyapp.content.fields import MAX_TEXT

MAX_CONVERTED = 3 * MAX_TEXT
"""Characters of the longest text that is converted on its way in: of a longer one nothing would fit into a deck, and
parsers take their time over what is not meant for them."""
PLUGIN_FILE = "@@PLUGINFILE@@/"
"""What stands before the path of a file that is inside a question of Moodle's."""
_PLAIN_TOKENS = frozenset(("paragraph_open", "paragraph_close", "inline", "text"))
_SPECIAL = re.compile(r"[\\`*_\[\]<>#~|&!$]|(?m:^)(?:[+=-]|\d+(?=[.)]))")
_FORMULA = re.compile(r"\\\(.+?\\\)|\\\[.+?\\\]|\$\$[^$]*[\\^_={}+*/<>][^$]*\$\$", re.DOTALL)
_FILE_LINK = re.compile(rf"(?<!!)\[((?:\\.|[^\]\\])*)\]\({PLUGIN_FILE}((?:[^()\s]|\([^()\s]*\))*)[^)]*\)")
_STYLE = re.compile(r' style="[^"]*"')


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    # As Qt reads it: CommonMark with tables and strike-through; HTML is text like any other.
    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable(["table", "strikethrough"])


def to_html(text: str, source_of: Callable[[str], str] = str) -> str:
    """Markdown as XHTML; ``source_of`` tells for the path of an image what stands in its place."""
    tokens = _reader().parse(text)
    for image in _images(tokens):
        image.attrSet("src", source_of(unquote(str(image.attrGet("src") or ""))))
    # Alignment of table cells is all the style there is, and not every format takes it.
    html = _STYLE.sub("", _reader().renderer.render(tokens, _reader().options, {})).strip()
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return inner if html == f"<p>{inner}</p>" and "<p>" not in inner else html


def images_in(text: str) -> list[str]:
    """The paths of the images in Markdown, each once."""
    if "![" not in text:
        return []
    return list(dict.fromkeys(unquote(str(image.attrGet("src") or "")) for image in _images(_reader().parse(text))))


def count_images(text: str) -> int:
    """How many images Markdown shows."""
    return len(_images(_reader().parse(text))) if "![" in text else 0


def _images(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or () if child.type == "image"]


def without_file_links(text: str) -> tuple[str, list[str]]:
    """Markdown with the words alone of links to files inside a question of Moodle's; and which links these were."""
    if PLUGIN_FILE not in text or len(text) > MAX_CONVERTED:
        return text, []
    tokens = [child for token in _reader().parse(text) for child in token.children or () if child.type == "link_open"]
    known = {unquote(str(token.attrGet("href"))) for token in tokens}
    lost: list[str] = []

    def words(found: re.Match[str]) -> str:
        if unquote(f"{PLUGIN_FILE}{found[2]}") not in known:
            return found[0]
        lost.append(f"the link to '{unquote(found[2])[:60]}'")
        return found[1]

    return _FILE_LINK.sub(words, text), lost


def to_plain(text: str) -> tuple[str, bool]:
    """Markdown as one line of plain text, and whether more than that was in it."""
    tokens = _reader().parse(text)
    inner = [child for token in tokens for child in token.children or ()]
    parts = []
    for token in tokens:
        if token.type == "inline":
            parts.append("".join(_plain(child) for child in token.children or ()))
        elif token.type in ("fence", "code_block"):
            parts.append(token.content)
    formatted = len(tokens) != 3 or any(token.type not in _PLAIN_TOKENS for token in (*tokens, *inner))
    return " ".join(" ".join(parts).split()), formatted


def has_formula(text: str) -> bool:
    """Whether Markdown shows TeX between its marks, code apart; nothing here sets formulas."""
    if "\\" not in text and "$$" not in text:
        return False
    inline = [token.children or () for token in _reader().parse(text) if token.type == "inline"]
    return any(
        _FORMULA.search("".join("\n" if child.type == "code_inline" else _plain(child) for child in children))
        for children in inline
    )


def _plain(token: Token) -> str:
    if token.type == "image":
        return "".join(_plain(child) for child in token.children or ())
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def from_plain(text: str) -> str:
    """Plain text as Markdown that shows just that; a line of it becomes a paragraph."""
    if len(text) > MAX_CONVERTED:
        return text
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n\n".join(_shown_as_is(line) for line in lines if line)


def _shown_as_is(line: str) -> str:
    if to_html(line) == escape(line, quote=False).replace('"', "&quot;"):
        return line
    return _SPECIAL.sub(_escaped, line)


def _escaped(found: re.Match[str]) -> str:
    # A number cannot be escaped, the dot after it can: '1.' becomes '1\.'.
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"

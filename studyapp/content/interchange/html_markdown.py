"""HTML as Markdown. What Markdown has no words for keeps its text and is told.

No library: those there are render whole pages, bring a parser of their own, and do not tell what they leave out.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from studyapp.content.interchange.markup import MAX_CONVERTED, from_plain, to_plain

_MAX_DEPTH = 30
_MAX_ELEMENTS = 2_000
"""Of one text; the parser takes very long over tags that are never closed."""
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr")
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TABLE = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_FLOW = frozenset(("p", "div", "ul", "ol", "li", "pre", "blockquote", "hr", "section", "article", "dl", "dt", "dd"))
_BLOCKS = _HEADINGS | _TABLE | _FLOW
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}
_CODE = frozenset(("code", "tt", "kbd", "samp"))
_DROPPED = frozenset(("script", "style", "head", "title", "template"))
_SILENT = frozenset(("span", "font", "html", "body", "small", "big", "cite", "u", "center"))
_SPECIAL = re.compile(r"[\\`*\[\]<~|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w+;)|!(?=\[)")
_AT_START = re.compile(r"([#>+=-]|\d{1,9}(?=[.)]))")


@dataclass
class _Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list["_Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.inside)


class _Builder(HTMLParser):
    """The tree of a fragment; ends that match no beginning are passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "li", "tr", "td", "th") and self._open[-1].tag == tag:
            self._open.pop()
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(node)
        if tag not in _VOID and len(self._open) < _MAX_DEPTH:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def from_html(html: str) -> tuple[str, list[str]]:
    """The Markdown of an HTML fragment, and what of it is left out."""
    if len(html) > MAX_CONVERTED:
        return html, []
    if html.count("<") > _MAX_ELEMENTS:
        return "", [f"a text with more than {_MAX_ELEMENTS:,} HTML elements"]
    builder = _Builder()
    builder.feed(html)
    builder.close()
    lost: list[str] = []
    _note_unknown(builder.root, lost)
    markdown = "\n\n".join(_blocks(builder.root, lost))
    plain = " ".join(_visible(builder.root).split())
    if "".join(to_plain(markdown)[0].split()) != "".join(plain.split()):
        # Rare clashes of emphasis and punctuation: the words count more than their looks.
        markdown, lost = from_plain(plain), [*lost, "the formatting of a text"]
    return markdown, list(dict.fromkeys(lost))


def _note_unknown(node: _Node, lost: list[str]) -> None:
    known = _VOID | _BLOCKS | _CODE | _DROPPED | _SILENT | frozenset(_EMPHASIS) | {"", "a"}
    for child in node.inside:
        if isinstance(child, _Node):
            if child.tag in ("sub", "sup"):
                lost.append("raised or lowered letters")
            elif child.tag not in known or child.tag in ("input", "embed", "script"):
                lost.append(f"the HTML element <{child.tag[:20]}>")
            _note_unknown(child, lost)


def _visible(node: _Node) -> str:
    """All text that shows, and what stands for images, as ``to_plain`` has it."""
    if node.tag in _DROPPED:
        return ""
    if node.tag == "img":
        return _image(node, [])[1]
    parts = [child if isinstance(child, str) else _visible(child) for child in node.inside]
    return " ".join(parts) if node.tag in _BLOCKS else "".join(parts)


def _blocks(node: _Node, lost: list[str]) -> list[str]:
    """The blocks inside a node; runs of text and inline elements between blocks are paragraphs."""
    blocks: list[str] = []
    run: list[_Node | str] = []
    for child in node.inside:
        if isinstance(child, _Node) and (child.tag in _BLOCKS or _holds_block(child)):
            blocks += [_paragraph(run, lost), *_block(child, lost)]
            run = []
        else:
            run.append(child)
    blocks.append(_paragraph(run, lost))
    return [block for block in blocks if block]


def _holds_block(node: _Node) -> bool:
    return any(isinstance(child, _Node) and (child.tag in _BLOCKS or _holds_block(child)) for child in node.inside)


def _paragraph(run: list[_Node | str], lost: list[str]) -> str:
    lines = [" ".join(line.split()) for line in _inline(run, lost).split("\n")]
    return "\\\n".join(
        _AT_START.sub(_escaped_start, line, count=1) if _AT_START.match(line) else line for line in lines if line
    )


def _escaped_start(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _block(node: _Node, lost: list[str]) -> list[str]:
    if node.tag in _DROPPED:
        return []
    if node.tag == "hr":
        return ["---"]
    if node.tag == "pre":
        fence = "```"
        while fence in node.text:
            fence += "`"
        return [f"{fence}\n{node.text.strip(chr(10))}\n{fence}"] if node.text.strip() else []
    if node.tag in ("ul", "ol"):
        return ["\n".join(_list(node, lost))]
    if node.tag == "table":
        return ["\n".join(_table(node, lost))]
    blocks = _blocks(node, lost)
    if node.tag == "blockquote":
        return ["\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks).split("\n"))] if blocks else []
    if node.tag in _HEADINGS and len(blocks) == 1 and "\n" not in blocks[0]:
        return [f"{'#' * int(node.tag[1])} {blocks[0]}"]
    return blocks


def _list(node: _Node, lost: list[str]) -> list[str]:
    lines: list[str] = []
    entries = [child for child in node.inside if isinstance(child, _Node)]
    for number, entry in enumerate(entries, start=1):
        mark = f"{number}. " if node.tag == "ol" else "- "
        inside = "\n\n".join(_blocks(entry, lost)).split("\n")
        lines += [(mark if i == 0 else " " * len(mark)) + line if line else "" for i, line in enumerate(inside)]
    return lines


def _table(node: _Node, lost: list[str]) -> list[str]:
    rows = [[_cell(cell, lost) for cell in row] for row in _rows(node)]
    if not rows:
        return []
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [lines[0], "|" + " --- |" * width, *lines[1:]]


def _rows(node: _Node) -> list[list[_Node]]:
    rows = []
    for child in node.inside:
        if isinstance(child, _Node) and child.tag == "tr":
            rows.append([cell for cell in child.inside if isinstance(cell, _Node)])
        elif isinstance(child, _Node):
            rows += _rows(child)
    return [row for row in rows if row]


def _cell(node: _Node, lost: list[str]) -> str:
    return " ".join(" ".join(_blocks(node, lost)).replace("\\\n", " ").split())


def _inline(run: list[_Node | str], lost: list[str]) -> str:
    """Inline Markdown, in which a line end stands for a break."""
    parts = []
    for child in run:
        if isinstance(child, str):
            parts.append(_SPECIAL.sub(r"\\\g<0>", re.sub(r"\s+", " ", child)))
        elif child.tag == "br":
            parts.append("\n")
        elif child.tag == "img":
            parts.append(_image(child, lost)[0])
        elif child.tag in _CODE:
            parts.append(_code(child.text))
        elif child.tag not in _DROPPED:
            parts.append(_around(child, _inline(child.inside, lost)))
    return "".join(parts)


def _around(node: _Node, inner: str) -> str:
    """An inline element with its marks, outside of which white space has to stand."""
    text = inner.strip()
    mark = _EMPHASIS.get(node.tag, "")
    if text and mark and "\n" not in text:
        marked = f"{mark}{text}{mark}"
    elif text and node.tag == "a" and re.match(r"(?:https?|mailto):[^\s()<>]+$", node.attributes.get("href", "")):
        marked = f"[{text}]({node.attributes['href']})"
    else:
        marked = text
    before = inner[: len(inner) - len(inner.lstrip())]
    return before + marked + inner[len(inner.rstrip()) :] if text else inner


def _code(text: str) -> str:
    text = " ".join(text.split())
    mark = "`"
    while mark in text:
        mark += "`"
    inner = f" {text} " if text.startswith("`") or text.endswith("`") else text
    return f"{mark}{inner}{mark}" if text else ""


def _image(node: _Node, lost: list[str]) -> tuple[str, str]:
    """An image as Markdown, and as plain text; one that is not part of the file leaves its description."""
    source, words = node.attributes.get("src", ""), " ".join(node.attributes.get("alt", "").split())
    shown = _SPECIAL.sub(r"\\\g<0>", words)
    if source.startswith("@@PLUGINFILE@@/") and not re.search(r"[\s()<>]", source):
        return f"![{shown}]({source})", words
    lost.append(f"the image '{source[:60]}', which is not part of the file")
    return shown, words

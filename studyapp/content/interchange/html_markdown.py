"""HTML as Markdown. What Markdown has no words for keeps its text and is told.

No library: those there are render whole pages, bring a parser of their own, and do not tell what they leave out.

Markdown is written, read again, and compared with what the HTML shows. Where they differ, as marks and punctuation
clash in ``word<b>.</b>``, it is written once more with care: what cannot stand loses its marks, that alone.
"""

from studyapp.content.interchange.html_inline import EMPHASIS, Inline, shows
from studyapp.content.interchange.html_tree import (
    BLOCKS,
    DROPPED,
    HEADINGS,
    TABLE,
    VOID,
    Node,
    all_in,
    parse_html,
    runs_in,
)
from studyapp.content.interchange.markup import MAX_CONVERTED

_MAX_ELEMENTS = 2_000
"""Of one text; the parser takes very long over tags that are never closed."""
_CODE = frozenset(("code", "tt", "kbd", "samp"))
_SILENT = frozenset(("span", "font", "html", "body", "small", "big", "cite", "u", "center", "colgroup"))
_KNOWN = VOID | BLOCKS | _CODE | DROPPED | _SILENT | frozenset(EMPHASIS) | {"a"}
_MARKED = HEADINGS | {"ul", "ol", "table", "blockquote", "pre"}
"""Blocks that have marks of their own in Markdown."""
_LETTERED = frozenset("aAiI")


def from_html(html: str) -> tuple[str, list[str]]:
    """The Markdown of an HTML fragment, and what of it is left out."""
    if len(html) > MAX_CONVERTED:
        return html, []
    if html.count("<") > _MAX_ELEMENTS:
        return "", [f"a text with more than {_MAX_ELEMENTS:,} HTML elements"]
    root = parse_html(html)
    writer = _Writer(careful=False)
    markdown = "\n\n".join(writer.blocks(root))
    if not shows(markdown, [root]):
        writer = _Writer(careful=True)
        markdown = "\n\n".join(writer.blocks(root))
    return markdown, list(dict.fromkeys([*_unknown(root), *writer.lost]))


def _unknown(root: Node) -> list[str]:
    lost = []
    for node in all_in(root.inside):
        if node.tag in ("sub", "sup"):
            lost.append("raised or lowered letters")
        elif node.tag not in _KNOWN or node.tag in ("input", "embed", "script"):
            lost.append(f"the HTML element <{node.tag[:20]}>")
    return lost


class _Writer:
    """Writes the blocks of a tree; with care, each is held against what it shows. What is left out is in ``lost``."""

    def __init__(self, *, careful: bool) -> None:
        self._careful = careful
        self._inline = Inline(careful=careful)
        self.lost = self._inline.lost

    def blocks(self, node: Node) -> list[str]:
        """The blocks inside a node; runs of text and inline elements between blocks are paragraphs."""
        blocks: list[str] = []
        for part in runs_in(node):
            blocks += self._block(part) if isinstance(part, Node) else [self._inline.paragraph(part)]
        return [block for block in blocks if block]

    def _block(self, node: Node) -> list[str]:
        if node.tag in DROPPED:
            return []
        if node.tag in EMPHASIS or node.tag == "a":
            self.lost.append("the formatting of several paragraphs at once")
        if node.tag == "hr":
            return ["---"]
        if node.tag not in _MARKED:
            return self.blocks(node)
        made = self._marked(node)
        if self._careful and not shows("\n\n".join(made), [node]):
            self.lost.append(f"the layout of the HTML element <{node.tag}>")
            return self._leaves(node)
        return made

    def _marked(self, node: Node) -> list[str]:
        if node.tag == "pre":
            return self._code(node)
        if node.tag in ("ul", "ol"):
            return ["\n".join(self._list(node))]
        if node.tag == "table":
            return self._table(node)
        blocks = self.blocks(node)
        if node.tag == "blockquote":
            return ["\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks).split("\n"))] if blocks else []
        return [f"{'#' * int(node.tag[1])} {' '.join(blocks)}".replace("\\\n", " ")] if blocks else []

    def _leaves(self, node: Node) -> list[str]:
        """The paragraphs inside, each by itself, without what holds them together."""
        if node.tag in ("pre", *DROPPED):
            return self._code(node) if node.tag == "pre" else []
        leaves: list[str] = []
        for part in runs_in(node):
            leaves += self._leaves(part) if isinstance(part, Node) else [self._inline.paragraph(part)]
        return [leaf for leaf in leaves if leaf]

    def _code(self, node: Node) -> list[str]:
        if not node.text.strip():
            # Whitespace shows nothing, an image does.
            return [self._inline.paragraph(node.inside)]
        fence = "```"
        while fence in node.text:
            fence += "`"
        images = [self._inline.paragraph([image]) for image in all_in(node.inside) if image.tag == "img"]
        return [f"{fence}\n{node.text.strip(chr(10))}\n{fence}", *images]

    def _list(self, node: Node) -> list[str]:
        if node.attributes.get("type", "") in _LETTERED:
            self.lost.append("letters before the entries of a list")
        start = node.attributes.get("start", "")
        lines: list[str] = []
        for number, entry in enumerate(node.elements, start=int(start) if start.isdecimal() else 1):
            mark = f"{number}. " if node.tag == "ol" else "- "
            inside = "\n\n".join(self.blocks(entry)).split("\n")
            lines += [(mark if i == 0 else " " * len(mark)) + line if line else "" for i, line in enumerate(inside)]
        return lines

    def _table(self, node: Node) -> list[str]:
        rows = [[self._cell(cell) for cell in row] for row in _rows(node)]
        titles = [title for caption in node.elements if caption.tag == "caption" for title in self._leaves(caption)]
        if not rows:
            return titles
        width = max(len(row) for row in rows)
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        return [*titles, "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]

    def _cell(self, node: Node) -> str:
        paragraphs = self._cell_paragraphs(node)
        if len(paragraphs) > 1 or any("\n" in text for text in paragraphs):
            self.lost.append("lines inside a cell of a table")
        return " ".join(" ".join(paragraphs).replace("\\\n", " ").split())

    def _cell_paragraphs(self, node: Node) -> list[str]:
        paragraphs: list[str] = []
        for part in runs_in(node):
            if not isinstance(part, Node):
                paragraphs.append(self._inline.paragraph(part, in_cell=True))
            elif part.tag not in DROPPED:
                if part.tag in _MARKED:
                    self.lost.append(f"the HTML element <{part.tag}> inside a cell of a table")
                paragraphs += self._cell_paragraphs(part)
        return [text for text in paragraphs if text]


def _rows(node: Node) -> list[list[Node]]:
    rows = []
    for child in node.elements:
        if child.tag == "tr":
            rows.append(list(child.elements))
        elif child.tag in TABLE:
            rows += _rows(child)
    return [row for row in rows if row]

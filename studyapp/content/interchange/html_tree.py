"""The tree of an HTML fragment, and the words that show in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

_MAX_DEPTH = 30
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
TABLE = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"))
_FLOW = frozenset(("p", "div", "ul", "ol", "li", "pre", "blockquote", "hr", "section", "article", "dl", "dt", "dd"))
_FIGURES = frozenset(("figure", "figcaption"))
BLOCKS = HEADINGS | TABLE | _FLOW | _FIGURES
DROPPED = frozenset(("script", "style", "head", "title", "template"))
"""What shows nothing of what is in it."""


@dataclass
class Node:
    """An element, with the elements and texts inside."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text as it stands there, as it counts in code."""
        parts = (
            child if isinstance(child, str) else "\n" if child.tag == "br" else child.text for child in self.inside
        )
        return "".join(parts)

    @property
    def elements(self) -> "Iterator[Node]":
        """The elements right inside."""
        return (child for child in self.inside if isinstance(child, Node))


Run = Sequence[Node | str]
"""Texts and inline elements that follow one another."""


class _Builder(HTMLParser):
    """Ends that match no beginning are passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "li", "tr", "td", "th") and self._open[-1].tag == tag:
            self._open.pop()
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(node)
        if tag not in VOID and len(self._open) < _MAX_DEPTH:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def parse_html(html: str) -> Node:
    """The tree of a fragment, whose root is no element."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def runs_in(node: Node) -> Iterator["list[Node | str] | Node"]:
    """What is right inside a node, in order: its blocks, and the runs between them."""
    run: list[Node | str] = []
    for child in node.inside:
        if isinstance(child, Node) and (child.tag in BLOCKS or _holds_block(child)):
            yield run
            yield child
            run = []
        else:
            run.append(child)
    yield run


def _holds_block(node: Node) -> bool:
    return any(child.tag in BLOCKS or _holds_block(child) for child in node.elements)


def all_in(run: Iterable[Node | str]) -> Iterator[Node]:
    """Every element of a run, and every one inside that can show."""
    for child in run:
        if isinstance(child, Node):
            yield child
            yield from all_in(child.inside if child.tag not in DROPPED else ())


def words_of(image: Node) -> str:
    """What the author says of an image."""
    return " ".join(image.attributes.get("alt", "").split())


def visible(run: Iterable[Node | str]) -> str:
    """All text that shows, and what is said of images."""
    return "".join(child if isinstance(child, str) else _visible(child) for child in run)


def _visible(node: Node) -> str:
    if node.tag in DROPPED:
        return ""
    if node.tag == "img":
        return words_of(node)
    inner = "\n" if node.tag == "br" else visible(node.inside)
    return f" {inner} " if node.tag in BLOCKS else inner

"""Reading XML that somebody else wrote: no entities of its own, bounded size and depth, and every element's line.

The parser of the standard library with a document type refused: without one there are no entities, so neither bombs
nor references to other files.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from xml.parsers import expat

from studyapp.content.interchange.material import InterchangeError

MAX_BYTES = 64 * 2**20
_MAX_DEPTH = 60
_MAX_ELEMENTS = 500_000
"""Of a file; a question of Moodle's has about 40."""
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})
_NEXT = "Export it again from the program it comes from, as XML."


@dataclass(slots=True)
class Element:
    """An element with its attributes, its own text, what is inside, and the line where it begins."""

    tag: str
    line: int
    attributes: Mapping[str, str]
    text: str = ""
    _inside: list["Element"] | None = None

    @property
    def inside(self) -> "Sequence[Element]":
        """The elements inside, in order."""
        return self._inside or ()

    def take(self, element: "Element") -> None:
        """Put an element inside, after the others."""
        # Most have none: half a million empty lists are 30 MB.
        if self._inside is None:
            self._inside = []
        self._inside.append(element)

    def find(self, tag: str) -> "Element | None":
        """The first element inside with this tag."""
        return next(self.all(tag), None)

    def all(self, tag: str) -> Iterator["Element"]:
        """The elements inside with this tag."""
        return (element for element in self.inside if element.tag == tag)

    def text_of(self, *tags: str) -> str:
        """The text at the end of a path of tags, without white space around it; empty where it leads nowhere."""
        element: Element | None = self
        for tag in tags:
            element = element.find(tag) if element else None
        return element.text.strip() if element else ""


def parse_xml(data: bytes) -> Element:
    """The root element.

    Raises:
        InterchangeError: where the file is no XML, or XML that is not safe to read.
    """
    if len(data) > MAX_BYTES:
        raise InterchangeError(f"The file is larger than {MAX_BYTES // 2**20} MB.", "Export fewer questions at once.")
    top = Element("", 1, _NO_ATTRIBUTES)
    stack = [top]
    # Text comes in pieces, which are joined once.
    pieces: list[list[str]] = [[]]
    count = 0
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _MAX_ELEMENTS:
            raise InterchangeError(
                f"The file has more than {_MAX_ELEMENTS:,} elements.", "Export fewer questions at once."
            )
        if len(stack) > _MAX_DEPTH:
            raise InterchangeError(f"Line {parser.CurrentLineNumber} is nested too deep.", _NEXT)
        element = Element(tag, parser.CurrentLineNumber, attributes or _NO_ATTRIBUTES)
        stack[-1].take(element)
        stack.append(element)
        pieces.append([])

    def end(_tag: str) -> None:
        stack.pop().text = "".join(pieces.pop())

    def refuse(*_: object) -> None:
        raise InterchangeError(
            f"Line {parser.CurrentLineNumber} declares a document type, which is not read.",
            "Remove the line that begins with '<!DOCTYPE'.",
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: pieces[-1].append(text)
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InterchangeError(f"Line {error.lineno} is not XML: {expat.ErrorString(error.code)}.", _NEXT) from error
    except (ValueError, LookupError) as error:
        raise InterchangeError(f"The file is not XML: {error}.", _NEXT) from error
    return top.inside[0]

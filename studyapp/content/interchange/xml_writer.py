"""Writing XML: elements with attributes and text, and nothing that XML cannot hold."""

import re
from typing import Any
from xml.etree import ElementTree as ET

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def add(parent: ET.Element, tag: str, text: str = "", **attributes: Any) -> ET.Element:
    """A new last child."""
    made = ET.SubElement(parent, tag, {name: str(value) for name, value in attributes.items()})
    made.text = clean(text) or None
    return made


def clean(text: str) -> str:
    """The text without the characters that XML cannot hold at all."""
    return _NOT_XML.sub("", text)


def to_bytes(root: ET.Element) -> bytes:
    """The document, indented."""
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"

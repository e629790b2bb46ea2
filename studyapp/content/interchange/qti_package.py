"""What QTI 1.2 and 2.1 share: a zip with a manifest, XHTML for texts, and what neither carries."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from studyapp.content.interchange.images import Collected, losses_of_cases, texts_of
from studyapp.content.interchange.markup import to_html
from studyapp.content.interchange.material import NOT_CARRIED, Loss, Material, losses_of_decks
from studyapp.content.interchange.xml_writer import clean
from studyapp.core.deck import Question

LETTERS = "ABCDEF"
IMAGE_FOLDER = "images/"
_DAY = (1980, 1, 1, 0, 0, 0)
# What XHTML has in these places and QTI does not.
_ATTRIBUTES = re.compile(r'(<(?:ol|a|img|code)\b[^<>]*?) (?:start|title|class)="[^"]*"')
_STRUCK = re.compile(r"<(/?)s>")


@dataclass(frozen=True)
class Resource:
    """A file of the package with its kind, the other files and the resources that it needs, and its keywords."""

    id: str
    kind: str
    path: str
    files: Sequence[str] = ()
    keywords: Sequence[str] = ()
    needs: Sequence[str] = ()


def identifier(id_: str) -> str:
    """An id as XML takes it, which may not begin with a digit."""
    return f"_{id_}" if id_[0].isdigit() else id_


def xhtml(text: str, images: Mapping[str, str]) -> str:
    """Markdown as the XHTML that QTI knows."""
    html = to_html(clean(text), lambda name: images.get(name, name))
    while (fewer := _ATTRIBUTES.sub(r"\1", html)) != html:
        html = fewer
    return _STRUCK.sub(r"<\1span>", html)


def keywords(question: Question) -> list[str]:
    """What is known of a question beside its texts."""
    return [f"topic:{question.topic}", f"difficulty:{question.difficulty}", *(clean(tag) for tag in question.tags)]


def losses_of(material: Material, images: Collected) -> tuple[Loss, ...]:
    """What QTI does not carry."""
    losses = [Loss(card.id, None, "the card, as QTI holds questions only") for card in material.cards]
    for question in material.questions:
        lost = [words for name, words in NOT_CARRIED.items() if getattr(question, name)]
        if any(clean(text) != text for text in (*texts_of(question), *question.tags)):
            lost.append("control characters in its text")
        losses += [Loss(question.id, None, what) for what in lost]
    return (*losses, *losses_of_decks(material), *losses_of_cases(material.used_cases), *images.losses)


def package(files: Mapping[str, bytes], schema: tuple[str, str], resources: Sequence[Resource]) -> bytes:
    """The zip of the files and a manifest; the same files give the same bytes. ``schema`` is its name and version."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in {"imsmanifest.xml": _manifest(schema, resources).encode(), **files}.items():
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(info, data)
    return target.getvalue()


def _manifest(schema: tuple[str, str], resources: Sequence[Resource]) -> str:
    listed = "\n".join(_listed(resource) for resource in resources)
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_v1p2" \
identifier="MANIFEST">
<metadata><schema>{schema[0]}</schema><schemaversion>{schema[1]}</schemaversion></metadata>
<organizations/>
<resources>
{listed}
</resources>
</manifest>
"""


def _listed(resource: Resource) -> str:
    words = "".join(
        f"<imsmd:keyword><imsmd:langstring>{escape(word)}</imsmd:langstring></imsmd:keyword>"
        for word in resource.keywords
    )
    about = f"<metadata><imsmd:lom><imsmd:general>{words}</imsmd:general></imsmd:lom></metadata>" if words else ""
    files = "".join(f"<file href={quoteattr(name)}/>" for name in (resource.path, *resource.files))
    needs = "".join(f"<dependency identifierref={quoteattr(id_)}/>" for id_ in resource.needs)
    start = f"<resource identifier={quoteattr(resource.id)} type={quoteattr(resource.kind)}"
    return f"{start} href={quoteattr(resource.path)}>{about}{files}{needs}</resource>"

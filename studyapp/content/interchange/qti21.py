"""QTI 2.1 out: a zip with an item for each question, a test that names them in order, and a manifest."""

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from studyapp.content.interchange.images import Collected
from studyapp.content.interchange.material import Material, Written
from studyapp.content.interchange.qti_package import (
    IMAGE_FOLDER,
    LETTERS,
    Resource,
    identifier,
    keywords,
    losses_of,
    package,
    xhtml,
)
from studyapp.content.interchange.xml_writer import clean
from studyapp.core.deck import Case, Question

_NAMESPACE = (
    'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.imsglobal.org/xsd/imsqti_v2p1 '
    'http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TEST = "assessment.xml"
# Right or not: several answers count only together. The choice then says which rationales are shown.
_PROCESSING = """\
<responseProcessing>
<responseCondition>
<responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>\
<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf>
<responseElse><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue>\
</responseElse>
</responseCondition>
<setOutcomeValue identifier="FEEDBACK"><variable identifier="RESPONSE"/></setOutcomeValue>
</responseProcessing>"""


def write(material: Material) -> Written:
    """The questions as items, the rationales as feedback on the options that were chosen."""
    images = Collected(material.folders, IMAGE_FOLDER)
    files, resources = {}, []
    for question in material.questions:
        names = images.names_of(question)
        case = material.cases.get(question.case or "")
        path = _path(question)
        # The images of an item are looked for from where it lies.
        files[path] = _item(question, case, {name: f"../{file}" for name, file in names.items()}).encode()
        used = list(names.values())
        kind = "imsqti_item_xmlv2p1"
        resources.append(Resource(identifier(question.id), kind, path, used, keywords(question)))
    files[_TEST] = _test(material).encode()
    test = Resource("TEST", "imsqti_test_xmlv2p1", _TEST, needs=[resource.id for resource in resources])
    data = package(files | images.files, ("QTIv2.1 Package", "1.0.0"), [test, *resources])
    return Written(data, len(material.questions), losses_of(material, images))


def _path(question: Question) -> str:
    """Where an item lies: in a folder of items, as ids may be any names, even those of the package's own files."""
    return f"items/{identifier(question.id)}.xml"


def _item(question: Question, case: Case | None, images: Mapping[str, str]) -> str:
    several = len(question.key) > 1
    cardinality = "multiple" if several else "single"
    choices = list(zip(LETTERS, question.options, strict=False))
    values = "".join(f"<value>{letter}</value>" for letter, option in choices if option.correct)
    options = "\n".join(
        f'<simpleChoice identifier="{letter}">{xhtml(option.text, images)}</simpleChoice>' for letter, option in choices
    )
    shared = f'<rubricBlock view="candidate"><div>{xhtml(case.text, {})}</div></rubricBlock>\n' if case else ""
    feedback = [_feedback(letter, "show", option.rationale, images) for letter, option in choices if option.rationale]
    # Hidden for a choice that nobody can make: always shown.
    feedback += [_feedback("NONE", "hide", question.changed, images)] if question.changed else []
    name = quoteattr(identifier(question.id))
    return f"""\
{_HEAD}<assessmentItem {_NAMESPACE} identifier={name} title={quoteattr(question.id)} \
adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="identifier">\
<correctResponse>{values}</correctResponse></responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">\
<defaultValue><value>0</value></defaultValue></outcomeDeclaration>
<outcomeDeclaration identifier="FEEDBACK" cardinality="{cardinality}" baseType="identifier"/>
<itemBody>
{shared}<div>{xhtml(question.stem, images)}</div>
<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{len(question.key)}">
{options}
</choiceInteraction>
</itemBody>
{_PROCESSING}
{chr(10).join(feedback)}
</assessmentItem>
"""


def _feedback(identifier_: str, show_hide: str, text: str, images: Mapping[str, str]) -> str:
    start = f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{identifier_}" showHide="{show_hide}">'
    return f"{start}<div>{xhtml(text, images)}</div></modalFeedback>"


def _test(material: Material) -> str:
    """The test: a section for each deck, its items in order."""
    sections = "\n".join(
        f'<assessmentSection identifier="SECTION-{number}" title={quoteattr(clean(deck.title))} visible="true">'
        + "".join(
            f"<assessmentItemRef identifier={quoteattr(identifier(q.id))} href={quoteattr(_path(q))}/>"
            for q in deck.questions
        )
        + "</assessmentSection>"
        for number, deck in enumerate(material.decks, start=1)
        if deck.questions
    )
    return f"""\
{_HEAD}<assessmentTest {_NAMESPACE} identifier="TEST" title={quoteattr(clean(material.title))}>
<testPart identifier="PART" navigationMode="nonlinear" submissionMode="individual">
{sections}
</testPart>
</assessmentTest>
"""

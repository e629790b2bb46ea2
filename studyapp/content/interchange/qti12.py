"""QTI 1.2 out: a zip with one assessment and a manifest, as most learning platforms import it."""

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

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
from studyapp.content.interchange.xml_writer import add, clean, to_bytes
from studyapp.core.deck import Case, Question

_ASSESSMENT = "assessment.xml"
_RESPONSE = "RESPONSE"


def write(material: Material) -> Written:
    """The questions as items of one assessment, the rationales as feedback on the options that were chosen."""
    images = Collected(material.folders, IMAGE_FOLDER)
    root = ET.Element("questestinterop", xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2")
    assessment = add(root, "assessment", ident="ASSESSMENT", title=clean(material.title))
    for number, deck in enumerate(material.decks, start=1):
        if deck.questions:
            section = add(assessment, "section", ident=f"SECTION-{number}", title=clean(deck.title))
            for question in deck.questions:
                case = material.cases.get(question.case or "")
                _Item(section, question, images.names_of(question)).write(case)
    resource = Resource("ASSESSMENT", "imsqti_xmlv1p2", _ASSESSMENT, list(images.files))
    data = package({_ASSESSMENT: to_bytes(root)} | images.files, ("IMS Content", "1.1.3"), [resource])
    return Written(data, len(material.questions), losses_of(material, images))


class _Item:
    """One question as an item of a section; ``images`` are the names of its images in the package."""

    def __init__(self, section: ET.Element, question: Question, images: Mapping[str, str]) -> None:
        self._question = question
        self._images = images
        self._item = add(section, "item", ident=identifier(question.id), title=question.id)
        self._choices = list(zip(LETTERS, question.options, strict=False))

    def write(self, case: Case | None) -> None:
        """All parts of the item, in the order that the specification has them."""
        self._add_metadata()
        presentation = add(self._item, "presentation")
        if case:
            self._add_text(presentation, case.text)
        self._add_text(presentation, self._question.stem)
        cardinality = "Multiple" if len(self._question.key) > 1 else "Single"
        response = add(presentation, "response_lid", ident=_RESPONSE, rcardinality=cardinality)
        render = add(response, "render_choice", shuffle="Yes")
        for letter, option in self._choices:
            self._add_text(add(render, "response_label", ident=letter), option.text)
        self._add_processing()
        for letter, option in self._choices:
            if option.rationale:
                self._add_feedback(letter, option.rationale)
        if self._question.changed:
            self._add_feedback("CHANGED", self._question.changed)

    def _add_metadata(self) -> None:
        kind = "multiple_answers_question" if len(self._question.key) > 1 else "multiple_choice_question"
        fields = [("question_type", kind), ("points_possible", "1"), ("keywords", ", ".join(keywords(self._question)))]
        metadata = add(add(self._item, "itemmetadata"), "qtimetadata")
        for label, entry in fields:
            field = add(metadata, "qtimetadatafield")
            add(field, "fieldlabel", label)
            add(field, "fieldentry", entry)

    def _add_processing(self) -> None:
        processing = add(self._item, "resprocessing")
        add(add(processing, "outcomes"), "decvar", varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100")
        for letter, option in self._choices:
            if option.rationale:
                chosen = self._add_condition(processing, "Yes")
                add(chosen.find("conditionvar"), "varequal", letter, respident=_RESPONSE)
                add(chosen, "displayfeedback", feedbacktype="Response", linkrefid=f"{letter}_fb")
        if self._question.changed:
            always = self._add_condition(processing, "Yes")
            # Chosen or not: <other/> holds only where no condition before it did.
            either = add(always.find("conditionvar"), "or")
            add(either, "varequal", LETTERS[0], respident=_RESPONSE)
            add(add(either, "not"), "varequal", LETTERS[0], respident=_RESPONSE)
            add(always, "displayfeedback", feedbacktype="Response", linkrefid="CHANGED_fb")
        # Right or not: several answers count only together.
        right = self._add_condition(processing, "No")
        together = add(right.find("conditionvar"), "and")
        for letter, option in self._choices:
            holder = together if option.correct else add(together, "not")
            add(holder, "varequal", letter, respident=_RESPONSE)
        add(right, "setvar", "100", action="Set", varname="SCORE")

    @staticmethod
    def _add_condition(processing: ET.Element, goes_on: str) -> Any:
        condition = add(processing, "respcondition", **{"continue": goes_on})
        add(condition, "conditionvar")
        return condition

    def _add_feedback(self, name: str, text: str) -> None:
        self._add_text(add(add(self._item, "itemfeedback", ident=f"{name}_fb"), "flow_mat"), text)

    def _add_text(self, parent: ET.Element, text: str) -> None:
        add(add(parent, "material"), "mattext", xhtml(text, self._images), texttype="text/html")

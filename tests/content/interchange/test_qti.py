"""QTI packages: well-formed, every file named in the manifest, the key and every rationale where they belong."""

import io
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from strategies import questions

from studyapp.content.interchange import qti12, qti21
from studyapp.content.interchange.material import Material
from studyapp.core.deck import Card, Case, Deck, Difficulty, Option, Question

PNG = b"\x89PNG\r\n\x1a\n picture"
V21 = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
V12 = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
OPTIONS = (
    Option("This & `that`", True, "It is *free*."),
    Option("![x](a.png)", True, "Both."),
    Option("No ~~way~~", False, "1. one"),
)


@pytest.fixture
def material(tmp_path: Path) -> Material:
    (tmp_path / "a.png").write_bytes(PNG)
    stem = "Which two?\n\n| a | b |\n|:-:|---|\n| 1 | 2 |\n\n3. three"
    question = Question(
        "7-one", "a.one", Difficulty.HARD, stem, OPTIONS, "d", case="flow", changed="It was.", tags=("a & b",)
    )
    deck = Deck("d", 'D "x"', "d.yaml", date(2026, 11, 23), (Card("c-one", "a.one", "F", "B"),), (question,))
    return Material("T <&>", (deck,), {"flow": Case("flow", "Flow", "The *story*.")}, {"d": tmp_path})


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def in_manifest(files: dict[str, bytes]) -> set[str]:
    return {file.get("href", "") for file in ET.fromstring(files["imsmanifest.xml"]).iter(f"{CP}file")}


def holds(condition: ET.Element, chosen: set[str]) -> bool:
    """Whether a condition of QTI 1.2 holds after a choice."""
    inside = [holds(part, chosen) for part in condition]
    match condition.tag.removeprefix(V12):
        case "and":
            return all(inside)
        case "or":
            return any(inside)
        case "not":
            return not any(inside)
        case "varequal":
            return condition.text in chosen
    raise ValueError(condition.tag)


def test_an_item_of_2_1_says_all_of_the_question(material: Material) -> None:
    written = qti21.write(material)
    assert [loss.what for loss in written.losses] == [
        "the card, as QTI holds questions only",
        "the day when its facts were checked (verified_on)",
    ]
    files = unzipped(written.data)
    assert in_manifest(files) == set(files) - {"imsmanifest.xml"}
    assert "a &amp; b" in files["imsmanifest.xml"].decode()
    item = ET.fromstring(files["items/_7-one.xml"])
    assert [value.text for value in item.iter(f"{V21}value")][:2] == ["A", "B"]
    interaction = next(item.iter(f"{V21}choiceInteraction"))
    assert interaction.get("maxChoices") == "2"
    assert ["".join(choice.itertext()) for choice in interaction] == ["This & that", "", "No way"]
    feedback = {f.get("identifier"): "".join(f.itertext()).strip() for f in item.iter(f"{V21}modalFeedback")}
    assert feedback == {"A": "It is free.", "B": "Both.", "C": "one", "NONE": "It was."}
    assert "The story." in "".join(next(item.iter(f"{V21}rubricBlock")).itertext())
    (image,) = item.iter(f"{V21}img")
    assert files[image.get("src", "").removeprefix("../")] == PNG
    allowed = {"type", "identifier", "src", "alt", "href"}
    body = next(item.iter(f"{V21}itemBody"))
    assert {
        name for e in body.iter() if e.tag.removeprefix(V21) in ("td", "ol", "img", "code") for name in e.attrib
    } <= allowed
    test = ET.fromstring(files["assessment.xml"])
    assert [ref.get("href") for ref in test.iter(f"{V21}assessmentItemRef")] == ["items/_7-one.xml"]
    resources = {r.get("identifier"): r for r in ET.fromstring(files["imsmanifest.xml"]).iter(f"{CP}resource")}
    needed = [needs.get("identifierref") for needs in resources["TEST"].iter(f"{CP}dependency")]
    assert needed == [id_ for id_ in resources if id_ != "TEST"] == ["_7-one"]


def test_an_item_of_1_2_says_all_of_the_question(material: Material) -> None:
    files = unzipped(qti12.write(material).data)
    assert in_manifest(files) == set(files) - {"imsmanifest.xml"}
    (item,) = ET.fromstring(files["assessment.xml"]).iter(f"{V12}item")
    right = item.findall(f"{V12}resprocessing/{V12}respcondition")[-1]
    assert [e.text for e in right.findall(f"{V12}conditionvar/{V12}and/{V12}varequal")] == ["A", "B"]
    assert [e.text for e in right.findall(f"{V12}conditionvar/{V12}and/{V12}not/{V12}varequal")] == ["C"]
    texts = [text.text for text in item.find(f"{V12}presentation").iter(f"{V12}mattext")]
    assert texts[0] == "The <em>story</em>."
    assert texts[2] == "This &amp; <code>that</code>"
    feedback = [f.get("ident") for f in item.iter(f"{V12}itemfeedback")]
    linked = [d.get("linkrefid") for d in item.iter(f"{V12}displayfeedback")]
    assert feedback == linked == ["A_fb", "B_fb", "C_fb", "CHANGED_fb"]
    (always,) = [
        condition.find(f"{V12}conditionvar")
        for condition in item.iter(f"{V12}respcondition")
        if any(shown.get("linkrefid") == "CHANGED_fb" for shown in condition.iter(f"{V12}displayfeedback"))
    ]
    assert all(holds(always[0], chosen) for chosen in ({"A"}, {"B", "C"}, set()))
    assert [holds(right.find(f"{V12}conditionvar")[0], chosen) for chosen in ({"A", "B"}, {"A"})] == [True, False]


def test_an_item_may_be_named_as_a_file_of_the_package(material: Material) -> None:
    (question,) = material.questions
    named = tuple(replace(question, id=id_) for id_ in ("assessment", "imsmanifest"))
    files = unzipped(qti21.write(replace(material, decks=(replace(material.decks[0], questions=named),))).data)
    assert {"assessment.xml", "imsmanifest.xml", "items/assessment.xml", "items/imsmanifest.xml"} <= set(files)
    assert ET.fromstring(files["assessment.xml"]).tag == f"{V21}assessmentTest"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few make links.")
def test_an_image_that_links_to_itself_is_told(material: Material, tmp_path: Path) -> None:
    (tmp_path / "a.png").unlink()
    (tmp_path / "a.png").symlink_to("a.png")
    assert "the image 'a.png', which cannot be read" in [loss.what for loss in qti12.write(material).losses]


def test_the_same_items_give_the_same_bytes(material: Material) -> None:
    assert qti21.write(material).data == qti21.write(material).data


@settings(max_examples=40)
@given(questions())
def test_no_text_breaks_the_xml(question: Question) -> None:
    material = Material(question.stem, (Deck("x", question.stem, "x.yaml", None, (), (question,)),))
    for module in (qti12, qti21):
        for name, data in unzipped(module.write(material).data).items():
            assert ET.fromstring(data) is not None, name

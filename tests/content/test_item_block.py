"""An item's lines are found and replaced; every other byte of the file stays."""

import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import DECK, write

from studyapp.content import item_block, item_lines
from studyapp.content.discovery import deck_files
from studyapp.content.fix.edit import data_of
from studyapp.content.fix.files import FixError
from studyapp.content.item_block import ItemBlockError, find_again, find_item, line_of, lines_of, save, with_text
from studyapp.content.item_lines import lines_at_sight, lines_by_parsing
from studyapp.content.references import entries
from studyapp.content.report import Report
from studyapp.content.tree import Document
from studyapp.content.yaml_reader import parse
from studyapp.paths import shipped_decks

LAYOUTS = """\
deck: layouts
title: Layouts
cards:
  # Above the first.
  - id: c-block   # an id
    topic: a.one
    front: |
      Two
      lines?

    back: >-
      Folded
      text.


  # Above the second.
  - {id: c-flow, topic: a.one,
     front: Where?, back: "Here: there."}  # flow
  -
    # the dash stands alone
    topic: a.one
    id: c-dash
    back: Yes.
    front: "Is it – in any order?"
  - id: c-blank
    topic: a.one
    front: Why?
    back: |+
      Kept.


questions: []
# The end."""

BLOCKS = {
    "c-block": (5, 13),
    "c-flow": (17, 18),
    "c-dash": (19, 24),
    "c-blank": (25, 29),
}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("item", BLOCKS)
def test_the_lines_of_an_item(tmp_path: Path, item: str, bom: str, end: str) -> None:
    path = write(tmp_path, "layouts.yaml", (bom + LAYOUTS.replace("\n", end)).encode())
    block = find_item(path, item)
    first, last = BLOCKS[item]
    assert block.text.split("\n") == LAYOUTS.split("\n")[first - 1 : last]
    assert block.first_line == first
    assert line_of(path, item) in range(first, last + 1)


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("item", BLOCKS)
@pytest.mark.parametrize(("end", "other"), [("\n", "\r\n"), ("\r\n", "\n"), ("\r\n", "\r\n")])
def test_every_other_byte_stays(tmp_path: Path, item: str, bom: bytes, end: str, other: str) -> None:
    """The item's lines end in one way, those of the file in another; the last line has no end."""
    lines = LAYOUTS.split("\n")
    first, last = BLOCKS[item]
    raw = [line + (end if first <= n <= last else other) for n, line in enumerate(lines, start=1)]
    path = write(tmp_path, "layouts.yaml", bom + "".join(raw)[: -len(other)].encode())
    before = path.read_bytes()
    block = find_item(path, item)
    save(block, block.text)
    assert path.read_bytes() == before
    text = block.text.replace("topic: a.one", "topic: a.two") + "\n    tags: [neu–é]"
    save(block, text)
    after = path.read_bytes()
    head = bom + "".join(raw[: first - 1]).encode()
    tail = "".join(raw[last:])[: -len(other)].encode()
    assert after.startswith(head)
    assert after.endswith(tail)
    inside = after[len(head) : len(after) - len(tail)].decode()
    assert inside.replace("\r\n", "\n") == text + "\n"
    # A line that was not touched keeps its own end.
    kept = [line for line in raw[first - 1 : last - 1] if "topic" not in line]
    assert all(line in inside for line in kept)


_LINES = len(DECK.splitlines())


@given(st.data())
def test_any_edit_of_any_item_leaves_the_rest(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    ends = data.draw(st.lists(st.sampled_from(["\n", "\r\n"]), min_size=_LINES, max_size=_LINES))
    lines = DECK.splitlines()
    whole = "".join(line + end for line, end in zip(lines, ends, strict=True))
    path = write(tmp_path_factory.getbasetemp(), "any.yaml", whole.encode())
    block = find_item(path, data.draw(st.sampled_from(["c-one", "q-one", "q-two"])))
    assert with_text(block, block.text) == whole
    edited = data.draw(st.lists(st.sampled_from([*block.text.split("\n"), "", "  # new", "x"]), min_size=1))
    new = with_text(block, "\n".join(edited))
    assert new.startswith(whole[: block.start])
    assert new.endswith(whole[block.end :])
    inside = new[block.start : len(new) - len(whole) + block.end].replace("\r\n", "\n")
    assert inside.rstrip("\n") == "\n".join(edited).rstrip("\n")


def test_an_edited_line_ends_as_the_one_it_replaces_and_a_new_one_as_the_one_before(tmp_path: Path) -> None:
    """The file has both ends: what was not touched is no reason to choose the other."""
    text = "deck: x\r\ntitle: X\r\ncards:\r\n  - id: one\n    topic: a.one\r\n    front: A\n    back: B\r\n"
    block = find_item(write(tmp_path, "mixed.yaml", text), "one")
    changed = block.text.replace("id: one", "id: two").replace("a.one", "a.two").replace("A", "C\n    tags: [x]")
    after = "  - id: two\n    topic: a.two\r\n    front: C\n    tags: [x]\n    back: B\r\n"
    assert with_text(block, changed)[block.start :] == after
    assert with_text(block, "  # first\n" + block.text).startswith("  # first\n  - id: one\n", block.start)


def test_the_last_line_of_a_file_without_its_end(tmp_path: Path) -> None:
    path = write(tmp_path, "good.yaml", DECK.rstrip("\n"))
    block = find_item(path, "q-two")
    save(block, block.text + "\n    tags: [x]\n\n")
    assert path.read_text(encoding="utf-8") == DECK + "    tags: [x]"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (DECK.replace("- id: c-one\n    topic: a.one\n    front:", "- id: c-one\n    topic: [\n    front:"), "problem"),
        (DECK.replace("id: c-one", "id: c-two"), "no item"),
        ("deck: x\ntitle: X\ncards: [{id: c-one, topic: a.one, front: A, back: B}, {id: c-two}]\n", "shares"),
        ("deck: x\ntitle: X\ncards: [\n  {id: c-one, topic: a.one, front: A, back: B}\n]\n", "shares"),
        (DECK.replace("ninety days", "ninety\u2029      days"), "characters"),
    ],
)
def test_what_cannot_be_edited_in_place(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, "good.yaml", text)
    with pytest.raises(ItemBlockError, match=message):
        find_item(path, "c-one")


def test_the_items_of_the_shipped_decks_are_found_at_sight_and_as_by_parsing() -> None:
    seen = 0
    for path in deck_files([shipped_decks()]):
        text = path.read_text(encoding="utf-8")
        for end in ("\n", "\r\n"):
            shown = text.replace("\n", end)
            data = data_of(shown)
            for section in ("cards", "questions"):
                for index, item in entries(data, section):
                    found = lines_at_sight(shown, item["id"])
                    assert found is not None, item["id"]
                    lines = shown[found.start : found.end]
                    assert data_of(f"{section}:{end}{lines}") == {section: [item]}
                    if index in (0, len(data[section]) - 1):
                        assert found == lines_by_parsing(shown, item["id"], Report(""))
                    seen += 1
    assert seen > 1000


@pytest.mark.parametrize(
    "item",
    [
        "  - id: one\n    front: A\n",
        "  - {id: one, front: A}\n",
        '  - front: |\n      A\n\n      - B\n    # id\n    "id": "one"  # here\n\n  # of the next\n',
        "  -\n    # alone\n    front: A\n    id: one\n",
        "  - # why\n    id: one\n    was: [other-one, one-other]\n",
        "  - front: A\n    tags:\n      - x\n    id: one",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("indent", ["", "  "])
@pytest.mark.parametrize("after", ["", "  - id: two\n", "questions:\n- id: one-more\n", "title: X\n", "...\n"])
def test_what_is_found_at_sight_is_as_by_parsing(item: str, end: str, indent: str, after: str) -> None:
    listed = f"  - id: oneself\n    cards: [one]\n{item.rstrip() if not after else item}"
    listed += ("" if listed.endswith("\n") else "\n") + after if after else ""
    if not indent:
        listed = re.sub("^  ", "", listed, flags=re.MULTILINE)
    text = f"deck: x\ncards:  # all\n\n  # Of one.\n{listed}".replace("\n", end)
    found = lines_at_sight(text, "one")
    assert found is not None
    assert found == lines_by_parsing(text, "one", Report(""))


@pytest.mark.parametrize(
    "text",
    [
        "cards:\n  - id: one\n",
        "deck: x\ncards: [{id: one}, {id: two}]\n",
        "deck: x\ncards:\n  - id:\n      one\n",
        "deck: x\ncards:\n  - id: zero\n    front: |\n      a\n      - id: one\n",
        "deck: x\ncards:\n  - {id: one,\nfront: A}\n",
        "deck: x\ncards:\n  - id: one\n    front: id: one\n",
        "deck: x\ncards:\n  - id: one\n    front: a\n  - id: one\n    front: b\n",
        "deck: x\ncards:\n  - paid: one\n",
        "deck: x\ncards:\n  - id: one\n    front: a\u2028b\n",
        "deck: x\nitems:\n  - id: one\n",
        "deck: x\nquestions:\n  - options:\n      - id: one\n",
    ],
)
def test_what_is_not_certain_is_left_to_parsing(text: str) -> None:
    assert lines_at_sight(text, "one") is None


def test_an_item_of_a_large_file_is_found_without_parsing_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What that spares, a third of a second of 20,000 items, would be spent where a key was pressed."""
    cards = "".join(f"  - id: c{n}\n    topic: a.one\n    front: {n}?\n    back: It is {n}.\n" for n in range(2000))
    parsed: list[int] = []

    def counted(raw: bytes, report: Report) -> Document | None:
        parsed.append(len(raw))
        return parse(raw, report)

    monkeypatch.setattr(item_lines, "parse", counted)
    block = find_item(write(tmp_path, "large.yaml", f"deck: x\ntitle: X\ncards:\n{cards}"), "c1")
    assert block.text == "  - id: c1\n    topic: a.one\n    front: 1?\n    back: It is 1."
    assert len(parsed) == 1
    assert parsed[0] < 100


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = write(tmp_path, "good.yaml", DECK)
    block = find_item(path, "c-one")
    path.write_text(DECK + "# mine\n", encoding="utf-8", newline="")
    with pytest.raises(ItemBlockError, match="changed in this moment"):
        save(block, block.text + "\n    tags: [x]")
    assert path.read_text(encoding="utf-8") == DECK + "# mine\n"
    path.unlink()
    with pytest.raises(FixError, match="cannot be read"):
        save(block, block.text)


def test_a_block_is_found_again_where_its_file_has_changed(tmp_path: Path) -> None:
    path = write(tmp_path, "good.yaml", DECK)
    block = find_item(path, "q-one")
    assert find_again(block) is block
    write(tmp_path, "good.yaml", DECK.replace("cards:\n", "# Above.\ncards:\n", 1))
    now = find_again(block)
    assert (now.text, now.first_line) == (block.text, block.first_line + 1)
    save(now, now.text.replace("once a day", "daily"))
    assert "# Above.\n" in path.read_text(encoding="utf-8")
    assert "daily" in find_again(block).text
    write(tmp_path, "good.yaml", DECK.replace("q-one", "q-three"))
    with pytest.raises(ItemBlockError, match="no item"):
        find_again(block)
    path.unlink()
    with pytest.raises(ItemBlockError, match="cannot be read"):
        find_again(block)


def test_a_link_stays_a_link_and_the_mode_stays(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = write(tmp_path / "real", "good.yaml", DECK)
    path.chmod(0o640)
    link = tmp_path / "good.yaml"
    link.symlink_to(path)
    block = find_item(link, "c-one")
    save(block, block.text.replace("ninety", "90"))
    assert link.is_symlink()
    assert "90 days" in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(path.parent) == ["good.yaml"]


def test_installed_decks_are_not_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "_shared" / "decks"
    shipped.mkdir(parents=True)
    path = write(shipped, "good.yaml", DECK)
    monkeypatch.setattr(item_block.paths, "shipped_decks", lambda: shipped)
    with pytest.raises(ItemBlockError, match="came with studyapp"):
        save(find_item(path, "c-one"), "  - id: c-one")
    assert path.read_text(encoding="utf-8") == DECK


def test_what_may_not_be_written_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "good.yaml", DECK)
    monkeypatch.setattr(os, "access", lambda place, mode: not os.path.isdir(place))
    assert "may not write" in item_block.why_not_editable(path)


def test_the_lines_of_many_items_in_one_go(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text(
        "deck: d\ncards:\n  - {id: c-one, x: [c-two]}\n  - id: 'c-two'  # id: c-four\n  - x: 1\n    id: c-1\n"
    )
    assert lines_of(path, ["c-1", "c-two", "c-one", "c-gone", "c-four"]) == {"c-one": 3, "c-two": 4, "c-1": 6}
    assert lines_of(tmp_path / "gone.yaml", ["c-1"]) == {}
    assert line_of(path, "c-gone") == 1

"""Rules about any text: HTML, images, formulas, characters that do not show, and titles and tags."""

import time
from pathlib import Path

import pytest
from samples import changed, write, write_folder

from studyapp.content.check import check
from studyapp.content.checks.texts import check_texts, is_suspect

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def _codes(text: str, folder: Path) -> list[str]:
    found = [finding.code for finding in check_texts([((), text)], folder)]
    assert not found or is_suspect(text)
    return found


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a < b and c > d", []),
        ("`<project>` and `![](https://x.org/a.png)`", []),
        ("see <https://cloud.google.com/x>", []),
        ("café → naïve “quotes” 日本", []),
        ("![pipe](pipe%201.png)", []),
        ("![pipe](<pipe 1.png>)", []),
        ('![a [nested] pipe](<pipe 1.png> "a title")', []),
        ("a <script>x</script>", ["W315"]),
        ("a <project_id> b", ["W315"]),
        ("a <!-- note --> b", ["W315"]),
        ("a <!-- b", []),
        ("a <![CDATA[x]]> b", ["W315"]),
        (r"\<project\> and \`", []),
        (r"\`<b>\`", ["W315"]),
        ("``a ` <b>`` c", []),
        ("So:\n\n    <b>code</b>\n\nand on", []),
        ("- So:\n\n    <b>no code</b>", ["W315"]),
        ("So:\n    <b>no code</b>", ["W315"]),
        ("~~~\n<b>\n~~~", []),
        ("```xml\n<b>\n```", []),
        ("~~~\n<b>\n~~~\n<i>", ["W315"]),
        ("![](//x.org/a.png)", ["W315"]),
        ("![](data:image/png;base64,AAAA)", ["W315"]),
        ("![a][b]\n\n[b]: https://x.org/a.png", ["W315"]),
        ("![b]\n\n[B]: <https://x.org/a.png>", ["W315"]),
        ("![b][]\n\n[b]: ../a.png", ["W318"]),
        ("![a][b]\n\n[b]: none.png", ["W317"]),
        ("[a][b]\n\n[b]: https://x.org", []),
        ("![a][b] of no image", []),
        ("![](/etc/passwd)", ["W318"]),
        ("![](none.png)", ["W317"]),
        ("![](pipe 1.png)", ["W317"]),
        ("![](empty.png)", ["W317"]),
        ("![](deck.yaml)", ["W317"]),
        ("![](drawn.svg)", []),
    ],
)
def test_markup_and_images(tmp_path: Path, text: str, codes: list[str]) -> None:
    write(tmp_path, "pipe 1.png", PNG)
    write(tmp_path, "empty.png", b"")
    write(tmp_path, "deck.yaml", "deck: a\n")
    write(tmp_path, "drawn.svg", '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert _codes(text, tmp_path) == codes


def test_what_is_said_of_an_image(tmp_path: Path) -> None:
    def told(text: str) -> str:
        return next(iter(check_texts([((), text)], tmp_path))).message

    write(tmp_path, "notes.txt", "Not a picture.")
    assert told("![](my pipe.png)") == "the image's path has blanks: write it as '<my pipe.png>'"
    assert told("![](notes.txt)") == "'notes.txt' is no picture that the program can show"


@pytest.mark.parametrize("start", [b"\xff\xd8\xff\xe0", b"GIF89a", b"BM", b"RIFF\0\0\0\0WEBPVP8 ", b" <svg>"])
def test_kinds_of_pictures(tmp_path: Path, start: bytes) -> None:
    write(tmp_path, "a.bin", start + bytes(8))
    assert _codes("![](a.bin)", tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        *(f"a{chr(code)}b" for code in (0x8, 0x1B, 0x7F, 0x9F, 0xAD, 0x34F, 0x115F, 0x1160, 0x180E, 0x200B)),
        *(f"a{chr(code)}b" for code in (0x200E, 0x200F, 0x202A, 0x202C, 0x2028, 0x2066, 0x2069, 0x3164, 0xFEFF)),
        *(f"a{chr(code)}b" for code in (0xE000, 0xFFFD, 0xFFFE, 0xE0041, 0xF0000, 0x10FFFD, 0x1FFFF, 0x40000)),
        "a\u200db",
        "a" + "\u0301" * 40,
    ],
)
def test_characters_that_do_not_show(tmp_path: Path, text: str) -> None:
    assert _codes(text, tmp_path) == ["W316"]


@pytest.mark.parametrize(
    "text",
    [
        "a\tb\nc",
        "100\u00a0000\u202fm",
        "\U0001f469\u200d\U0001f52c and \u2764\ufe0f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "Vie\u0323\u0302t",
        "\u1112\u1161\u11ab",
    ],
)
def test_characters_that_show(tmp_path: Path, text: str) -> None:
    assert _codes(text, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It is $$a$$.", "W319"),
        ("It is $x^2$.", "W319"),
        ("It is $x_i$, or more.", "W319"),
        (r"It is $\alpha$.", "W319"),
        (r"It is \frac{a}{b}.", "W319"),
        (r"`\frac{a}{b}` and `$$` and `$x^2$`", None),
        (r"C:\temp and \*stars\*", None),
        ("It costs $5, or $$$ in words", None),
        ("Between $5 and $10_000 a month", None),
        ("Set $HOME_DIR and $USER_ID to it", None),
        ("It joins $A_B/$C_D by a stroke", None),
        ("It costs $5_000$6", None),
        (r"A link \[not\](one)", None),
        ("FILL IN the answer", "W333"),
        ("Fill in the answer", None),
    ],
)
def test_formulas_and_places_to_fill(tmp_path: Path, text: str, code: str | None) -> None:
    assert _codes(text, tmp_path) == ([code] if code else [])


@pytest.mark.parametrize(
    "unit",
    ["<!--", "<![CDATA[", "![", "![a](", "![a](<", "[a]: ", "<a", "`", "``a", "$_", "$$a", "\\`", "*a_", "-\n\n    "],
)
def test_each_text_takes_time_in_proportion_to_its_length(tmp_path: Path, unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    started = time.process_time()
    for _ in range(5):
        list(check_texts([((), text)], tmp_path))
    assert time.process_time() - started < 1.5  # the shortest quadratic one takes ten times that


def test_titles_and_tags_are_looked_at(tmp_path: Path) -> None:
    deck = changed("deck", {"title: Good": "title: Go\u2066od", "[cost]": "[cost, co\u200bst]"})
    case = changed("case", {"title: Shop": "title: Sh\u202aop"})
    problems = check([write_folder(tmp_path, deck=deck, case=case)], tmp_path).problems
    found = [(problem.code, Path(problem.path).name, problem.line) for problem in problems]
    assert sorted(found) == [("W316", "good.yaml", 2), ("W316", "good.yaml", 22), ("W316", "shop.yaml", 2)]

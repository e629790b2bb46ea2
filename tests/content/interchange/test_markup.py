"""Texts keep what they show on their way between Markdown, HTML and plain text."""

import re

import pytest
from hypothesis import given, settings
from strategies import texts

from studyapp.content.interchange.html_markdown import from_html
from studyapp.content.interchange.markup import from_plain, to_html, to_plain


@settings(max_examples=40)
@given(texts(exclude="\x1c\x1d\x1e\x1f"))
def test_plain_text_as_markdown_shows_just_that(text: str) -> None:
    line = " ".join(text.split())
    markdown = from_plain(line)
    assert to_plain(markdown) == (line, False)


@settings(max_examples=40)
@given(texts(exclude="\x1c\x1d\x1e\x1f\x85"))
def test_no_word_is_lost_on_the_way_through_html(text: str) -> None:
    html = re.sub("<img[^>]*>", "", to_html(text))
    back, _ = from_html(html)
    assert "".join(to_plain(back)[0].split()) == "".join(to_plain(re.sub(r"!\[[^]]*\]\([^)]*\)", "", text))[0].split())


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One &amp; <b>two</b></p><p>three<br>four</p>", "One & **two**\n\nthree\\\nfour"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</ul>", "- a\n\n  - b\n- c"),
        ("<ol><li>a</li><li><p>b</p></li></ol>", "1. a\n2. b"),
        ("Use <code>SELECT *</code> from a_b, 2*3", "Use `SELECT *` from a_b, 2\\*3"),
        ("<pre><code>a\n  b\n</code></pre>", "```\na\n  b\n```"),
        ("<table><tr><th>A<th>B</tr><tr><td>1<td>2</tr></table>", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
        ('<a href="https://x.test/a">it</a> <a href="javascript:x">no</a>', "[it](https://x.test/a) no"),
        ("<h3>Head</h3>1. not a list", "### Head\n\n1\\. not a list"),
        ('<img src="@@PLUGINFILE@@/a.png" alt="plan">', "![plan](@@PLUGINFILE@@/a.png)"),
        ("<blockquote>a<p>b</blockquote>", "> a\n>\n> b"),
    ],
)
def test_html_of_other_programs(html: str, markdown: str) -> None:
    assert from_html(html) == (markdown, [])


@pytest.mark.parametrize(
    ("html", "markdown", "lost"),
    [
        ("a<script>x()</script>", "a", "the HTML element <script>"),
        ("H<sub>2</sub>O", "H2O", "raised or lowered letters"),
        ('<img src="https://x.test/a.png" alt="plan">', "plan", "the image 'https://x.test/a.png', which is not part"),
        ("<video>film</video>", "film", "the HTML element <video>"),
    ],
)
def test_what_markdown_does_not_have_is_told(html: str, markdown: str, lost: str) -> None:
    got, told = from_html(html)
    assert got == markdown
    assert len(told) == 1
    assert told[0].startswith(lost)


def test_deep_html_is_no_problem() -> None:
    assert from_html("<div>" * 1500 + "x") == ("x", [])
    assert from_html("<a " * 19_000)[0] == ""

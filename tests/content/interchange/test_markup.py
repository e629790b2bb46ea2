"""Texts keep what they show on their way between Markdown, HTML and plain text."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import texts

from studyapp.content.interchange.html_markdown import from_html
from studyapp.content.interchange.markup import from_plain, to_html, to_plain

PIECES = [
    *("<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<s>", "</s>", "<br>", "<code>", "</code>", "<pre>", "</pre>"),
    *(
        "<ul>",
        "<li>",
        "</ul>",
        "<ol start=7>",
        "</ol>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<caption>",
        "</caption>",
    ),
    *("<h2>", "</h2>", "<blockquote>", "</blockquote>", "<a href='https://x.test/'>", "</a>", "<a href='b.html'>"),
    *(
        "<img src='@@PLUGINFILE@@/a.png'>",
        "word",
        ".",
        ":",
        "*",
        "_",
        "`",
        "|",
        "~",
        "#",
        "1.",
        "- ",
        "&amp;",
        " ",
        "\n",
    ),
]


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
        ('<a href="https://x.test/a_(b)">it</a> <a name="x">no</a>', "[it](https://x.test/a_%28b%29) no"),
        ("<b>one<br>two</b>", "**one**\\\n**two**"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ("<pre>a<br>b</pre>", "```\na\nb\n```"),
        ("<h3>a<br>b</h3>", "### a b"),
        (
            "<table><caption>The <b>costs</b></caption><tr><td><code>a|b</code></td><td>c|d</td></tr></table>",
            "The **costs**\n\n| `a\\|b` | c\\|d |\n| --- | --- |",
        ),
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
        ('See <a href="@@PLUGINFILE@@/d.pdf">it</a>', "See it", "the link to 'd.pdf'"),
        ('See <a href="/course/1">it</a>', "See it", "the link to '/course/1'"),
        ('<ol type="A"><li>a</li></ol>', "1. a", "letters before the entries of a list"),
        ("<table><tr><td>a<br>b</td></tr></table>", "| a b |\n| --- |", "lines inside a cell of a table"),
        ("<b><p>a</p><p>b</p></b>", "a\n\nb", "the formatting of several paragraphs at once"),
        ("a <b>bold</b> word<b>.</b>", "a **bold** word.", "the formatting of '.'"),
        ("<ul>stray<li>x</li></ul><p><i>y</i></p>", "stray\n\nx\n\n*y*", "the layout of the HTML element <ul>"),
    ],
)
def test_what_markdown_does_not_have_is_told(html: str, markdown: str, lost: str) -> None:
    got, told = from_html(html)
    assert got == markdown
    assert len(told) == 1
    assert told[0].startswith(lost)


def test_a_clash_of_marks_costs_those_marks_and_nothing_else() -> None:
    html = (
        "<p>A team runs this query every hour:</p><pre>SELECT *\nFROM sales\nWHERE day = 1</pre>"
        '<p><img src="@@PLUGINFILE@@/a.png" alt=""></p><p><strong>Requirement:</strong>lowest <b>cost</b></p>'
        "<ul><li>no new service</li><li>no code</li></ul><p>What should they do?</p>"
    )
    assert from_html(html) == (
        "A team runs this query every hour:\n\n```\nSELECT *\nFROM sales\nWHERE day = 1\n```\n\n"
        "![](@@PLUGINFILE@@/a.png)\n\nRequirement:lowest **cost**\n\n- no new service\n- no code\n\n"
        "What should they do?",
        ["the formatting of 'Requirement:'"],
    )


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_no_html_loses_a_word_or_an_image(html: str) -> None:
    markdown, _ = from_html(html)
    words = re.sub(r"<[^<>]*>", "", html).replace("&amp;", "&")
    assert "".join(to_plain(markdown)[0].split()) == "".join(words.split())
    assert len(re.findall(r"\(@@PLUGINFILE@@/a\.png\)", markdown)) == html.count("<img")


def test_clashes_in_number_take_no_time() -> None:
    started = time.perf_counter()
    markdown, lost = from_html(("lorem ipsum " * 50 + "w<b>.</b>x ") * 90)
    assert markdown.startswith("lorem ipsum")
    assert lost == ["the formatting of '.'"]
    assert time.perf_counter() - started < 5


def test_deep_html_is_no_problem() -> None:
    assert from_html("<div>" * 1500 + "x") == ("x", [])
    assert from_html("<a " * 19_000)[0] == ""

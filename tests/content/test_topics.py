"""Finding a topic, and the one that was meant."""

from datetime import date
from pathlib import Path

import pytest

from studyapp.content.check import check
from studyapp.content.new_deck import new_deck
from studyapp.content.topics import syllabus_of, topic_hint, topics_text
from studyapp.core.errors import StudyError
from studyapp.paths import shipped_decks

SYLLABUS = syllabus_of(shipped_decks())


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("bigquery.partitioning", "bigquery.partitions-and-wildcards"),
        ("bigquery.cost-modle", "bigquery.cost-model"),
        ("bigqury.partitions", "bigquery.partitions-and-wildcards"),
        ("dataflow.windowing", "dataflow.windows"),
        ("partitions", "bigquery.partitions-and-wildcards"),
        ("sql-and-files", "databases.sql-nosql-newsql"),
        ("what-in-or-on-it-and-to-whom-of.use", "; 'studyapp topics' lists them"),
        ("bigquery.zzz", "; 'studyapp topics bigquery' lists those of its domain"),
        ("nothing.at-all", "; 'studyapp topics' lists them"),
    ],
)
def test_the_topic_that_was_meant(wanted: str, said: str) -> None:
    assert topic_hint(wanted, SYLLABUS.topics) == (said if said[0] == ";" else f" (did you mean '{said}'?)")


def test_the_text_of_a_starting_file_is_still_to_be_replaced(tmp_path: Path) -> None:
    """It is like no topic, whatever its words are."""
    path = new_deck("Team Quiz", tmp_path, date(2026, 11, 23)).path
    unknown = [problem.message for problem in check([path], shipped_decks()).problems if problem.code == "E202"]
    said = "unknown topic 'fill-in.topic', as the text of the starting file still stands here; 'studyapp topics' lists"
    assert len(unknown) == 3
    assert all(message.startswith(said) for message in unknown)


def test_a_topic_is_found_by_a_word_of_its_id_or_title() -> None:
    assert len(topics_text(SYLLABUS).splitlines()) == len(SYLLABUS.topics)
    assert "dataflow.windows  Windowing of streams\n" in topics_text(SYLLABUS, "windowing")
    with pytest.raises(StudyError, match=r"No topic has 'windos' .* \(did you mean 'dataflow.windows'\?\)"):
        topics_text(SYLLABUS, "windos")

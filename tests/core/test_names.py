import pytest
from builders import bank, card, question

from studyapp.core.names import NameFinder, Product, ProductName
from studyapp.core.search import headline_of, search

SPARK = Product(
    "spark",
    (
        ProductName("Cloud Dataproc", 2015, 2019),
        ProductName("Dataproc", 2019, 2026),
        ProductName("Managed Service for Apache Spark", 2026),
    ),
    ("Managed Spark",),
)
SERVERLESS = Product(
    "serverless", (ProductName("Dataproc Serverless", 2022, 2026), ProductName("Serverless Spark", 2026))
)
PLAIN = Product("plain", (ProductName("Bigtable", 2015),))


@pytest.fixture
def finder():
    return NameFinder([SPARK, SERVERLESS, PLAIN])


def test_a_name_is_found_once_as_a_whole_word_and_the_longest_first(finder):
    text = "Dataproc Serverless, not Dataproc; Dataproc again, a Dataprocessor, Bigtable, dataproc"
    found = [(text[m.start : m.end], m.product.id) for m in finder.first_mentions(text)]
    assert found == [("Dataproc Serverless", "serverless"), ("Dataproc", "spark")]


def test_the_other_names_are_told_with_their_years(finder):
    (mention,) = finder.first_mentions("On Dataproc today")
    assert mention.told == (
        "Now Managed Service for Apache Spark (since 2026); before: Cloud Dataproc (2015–2019); short: Managed Spark."
    )
    (mention,) = finder.first_mentions("Managed Service for Apache Spark")
    assert mention.told.startswith("Before: Cloud Dataproc (2015–2019), Dataproc (2019–2026)")


def test_a_text_without_names_and_a_finder_without_products():
    assert NameFinder().first_mentions("Dataproc") == []
    assert NameFinder([SPARK]).first_mentions("nothing here") == []


@pytest.mark.parametrize("query", ["dataproc", "Managed Service for Apache Spark", "cloud dataproc", "managed spark"])
def test_an_item_is_found_by_any_name_of_its_product(finder, query):
    texts = ["a Dataproc cluster", "b", "c", "d"]
    held = bank([question("q1", texts=texts), question("q2")], [card("c1")])
    assert [hit.item.id for hit in search(held, finder, query)] == ["q1"]


def test_every_word_must_stand_and_the_best_comes_first(finder):
    held = bank([question("late-data"), question("q2")], [card("late-card")])
    assert [hit.item.id for hit in search(held, finder, "late data")] == ["late-data"]
    assert [hit.item.id for hit in search(held, finder, "late")] == ["late-data", "late-card"]
    assert search(held, finder, "late nowhere") == []
    assert search(held, finder, "   ") == []
    # From the beginning of a word, not from its middle.
    assert search(held, finder, "ate") == []


def test_characters_of_patterns_are_plain_text(finder):
    assert search(bank([question("q")]), finder, "a.*(b[") == []


def test_a_cloze_card_is_listed_without_its_marks():
    from studyapp.core.deck import Card

    assert headline_of(Card("c", "a.x", cloze="Now {{Firestore}} it is.")) == "Now Firestore it is."


def test_the_shipped_names_find_the_shipped_items(shipped_decks):
    from studyapp.content.loader import load

    held = load([shipped_decks]).bank
    finder = NameFinder(held.products)
    for old, new in (
        ("Dataproc", "Managed Service for Apache Spark"),
        ("Cloud Composer", "Managed Service for Apache Airflow"),
        ("Stackdriver", "Google Cloud Observability"),
        ("Vertex AI", "Gemini Enterprise Agent Platform"),
    ):
        by_old = {hit.item.id for hit in search(held, finder, old)}
        assert by_old == {hit.item.id for hit in search(held, finder, new)}
        assert len(by_old) > 5

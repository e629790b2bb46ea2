"""The key is still the same, or it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.core.deck import Option
from studyapp.core.identity import key_mark, same_key


def options(*texts):
    """Options; a text that begins with ``*`` is right."""
    return tuple(Option(text.lstrip("*"), text.startswith("*"), "Because.") for text in texts)


BEFORE = options("*Partition by day and cluster by customer", "Shard by day", "Cluster by day alone", "A view a day")


@pytest.mark.parametrize(
    "now",
    [
        BEFORE,
        BEFORE[::-1],
        options("*Partition by day, and cluster by the custommer.", "Shard by day", "Cluster by day alone", "A view"),
        options("*Partition by day and cluster by customer", "Shard by day", "Cluster by day alone"),
        options("*Partition by day and cluster by customer", "Something else", "Another thing", "And a third"),
    ],
    ids=["as it was", "in another order", "slips mended", "one distractor less", "other distractors"],
)
def test_a_key_that_stays(now):
    assert same_key(BEFORE, now)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Shard by day", "A view a day"),
        ("Keep it 30 days", "Keep it 90 days"),
        ("Enable it", "Disable it"),
        ("Grant dataViewer on the dataset", "Grant dataOwner on the dataset"),
        ("Use it", "Do not use it"),
        ("Use Bigtable", "Store it in Firestore in Datastore mode"),
        # Products of nearly the same name.
        ("Use Firestore", "Use Filestore"),
        ("Dataproc", "Dataprep"),
        ("Dataflow", "Dataform"),
        ("Datastore", "Datastream"),
        ("Measure the training data", "Measure the tracing data"),
        # Signs and figures alone.
        ("SELECT n FROM t WHERE x > 5", "SELECT n FROM t WHERE x < 5"),
        ("x <= 5", "x >= 5"),
        ("x != 5", "x = 5"),
        ("Set it to -1", "Set it to 1"),
        ("A rate of 1e-5", "A rate of 1e5"),
        ("1.5 TB", "15 TB"),
        ("TP / (TP + FP)", "TP / TP + FP"),
        ("COUNT(*)", "COUNT()"),
        ("C++", "C#"),
        # The order, and words of the same letters.
        ("An A/B test", "A B/A test"),
        ("An ETL job", "An ELT job"),
        ("Turn it on", "Turn it no"),
        ("With a symmetric key", "With asymmetric key"),
        ("Follow plan A", "Follow plan"),
        ("使用批量加载数据", "使用流量加载数据"),
        # A negation, and other words without an apostrophe.
        ("Readers can see new rows", "Readers can't see new rows"),
        ("They can see it", "They cant see it"),
        ("They could see it", "They couldn’t see it"),
        ("We're late", "Were late"),
        ("It works well", "It works we'll"),
        # What stands higher, options of commands, names in code.
        ("10² rows", "102 rows"),
        ("10⁻⁵", "10⁵"),
        ("Run it with `--force`", "Run it with force"),
        ("sort -n", "sort n"),
        ("GROUP BY user_id", "GROUP BY userid"),
        ("_PARTITIONTIME", "PARTITIONTIME"),
    ],
)
def test_another_answer_is_another_key(before, now):
    old, new = options(f"*{before}", "Something else"), options(f"*{now}", "Something else")
    assert not same_key(old, new)
    assert not same_key(new, old)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Read form teh bucket", "Read from the bucket"),
        ("Load adn query it", "Load and query it"),
        ("Loda it annd query it", "Load it and query it"),
        ("Dont copy it", "Don't copy it"),
        ("Don't copy it", "Don’t copy it"),
        ("Big Query", "BigQuery"),
        ("A PubSub topic", "A Pub/Sub topic"),
        ("BigQeury", "BigQuery"),
        ("Seperate both", "Separate both"),
        ("The tabel by day", "The table by day"),
        ("An authorised view", "Authorized views"),
        ("A pre-emptible worker", "A preemptible worker"),
        ("Within 30–60 days", "within 30-60 days."),
        ("Run bq load", "Run `bq load`"),
        ("Do not copy it", "Do **not** copy it"),
        ("x>5", "x > 5"),
        ("They cant see it", "They can't see it"),
        ("It wont restart", "It won’t restart"),
        ("The customers orders", "The customer's orders"),
        ("It's own key", "Its own key"),
        ("10^2 rows", "10² rows"),
        ("Read _all_ of it", "Read all of it"),
        ("Query it --- then load", "Query it – then load"),
    ],
)
def test_a_mended_slip_is_the_same_answer(before, now):
    old, new = options(f"*{before}", "Something else"), options(f"*{now}", "Something else")
    words = {"separate", "authorised", "view", "table"}
    assert same_key(old, new, words.__contains__)
    assert same_key(new, old, words.__contains__)


@pytest.mark.parametrize(
    ("before", "now"),
    [("Use sharded tables", "Use shared tables"), ("Take the macro average", "Take the micro average")],
)
def test_a_word_that_other_questions_have_is_no_slip(before, now):
    old, new = options(f"*{before}", "Something else"), options(f"*{now}", "Something else")
    words = {"sharded", "shared", "macro", "micro"}
    assert not same_key(old, new, words.__contains__)
    assert same_key(old, new, (words - {"shared", "macro"}).__contains__)


def test_what_was_mended_is_not_nearer_to_another_option():
    before = options("*Keep the `Name`", "Keep the name of it", "Keep it.")
    assert same_key(before, options("*Keep the Name", "Keep the name of it", "Keep it."))
    # The right answer is now the distractor, mended.
    assert not same_key(options("*Use one veiw", "Use one view."), options("*Use one view", "Use one table"))
    assert not same_key(options("*Use one view", "Use two tables"), options("*Use one veiw", "Use one view."))


@given(
    st.lists(st.text(min_size=1, max_size=12), min_size=2, max_size=6, unique_by=lambda text: " ".join(text.split())),
    st.data(),
)
def test_a_key_that_moves_among_options_that_stay_is_always_another(texts, data):
    right = data.draw(st.sets(st.sampled_from(texts), min_size=1, max_size=len(texts) - 1))
    other = data.draw(st.sets(st.sampled_from(texts), min_size=1, max_size=len(texts) - 1))
    before = tuple(Option(text, text in right, "") for text in texts)
    now = tuple(Option(text, text in other, "") for text in data.draw(st.permutations(texts)))
    assert same_key(before, now) == (right == other)


@given(
    st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12), min_size=1, max_size=8),
    st.data(),
)
def test_letters_swapped_or_doubled_are_mended(words, data):
    at = data.draw(st.integers(0, len(words) - 1))
    word = words[at]
    i = data.draw(st.integers(1, len(word) - 2))
    slip = data.draw(st.sampled_from([word[:i] + word[i + 1] + word[i] + word[i + 2 :], word[:i] + word[i] + word[i:]]))
    written = [*words[:at], slip, *words[at + 1 :]]
    others = options("Something else", "And more")
    before = (*options(f"*{' '.join(written)}"), *others)
    assert same_key(before, (*options(f"*{' '.join(words)}"), *others))


def test_one_right_answer_more_or_less_is_another_key():
    more = options("*Partition by day and cluster by customer", "*Shard by day", "Cluster by day alone", "A view a day")
    assert not same_key(BEFORE, more)
    assert not same_key(more, BEFORE)


def test_the_mark_is_of_the_key_alone():
    assert key_mark(options("*a", "b")) == key_mark(options("x", "y", "*a"))
    assert key_mark(options("*a", "*b")) == key_mark(options("*b", "c", "*a"))
    assert key_mark(options("*a", "b")) != key_mark(options("a", "*b"))

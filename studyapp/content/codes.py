"""The registry of problem codes: what each is called, how bad it is, and why it is reported.

E1xx and W1xx: the file and its format. E2xx and W2xx: references and ids. W3xx: item writing. W4xx: coverage.
An E keeps the file from loading, a W does not. The number alone is unique.
A code keeps its meaning over versions; a code that is given up is not used again.
"""

from dataclasses import dataclass

from studyapp.core.problem import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem. ``explanation`` says why it matters and what to do."""

    id: str
    severity: Severity
    title: str
    explanation: str


_TABLE = (
    ("E101", "file cannot be read", "The file is gone, is no plain file, or its permissions forbid reading it."),
    ("E102", "file too large", "A deck is written by hand; split a file that passes the limit into several decks."),
    ("E103", "not UTF-8", "Save the file as UTF-8, with or without a byte order mark."),
    ("E104", "unknown key", "A key that the format does not know is mostly a slip, and its value would be lost."),
    ("E105", "YAML syntax", "The file is no valid YAML from this place on, so nothing after it was looked at."),
    ("E106", "tab in the indentation", "YAML allows spaces only; set the editor to insert spaces."),
    ("E107", "control character", "NUL bytes and control characters cannot be shown; the file may be damaged."),
    ("E108", "anchor or alias", "Decks are plain YAML: write the text out where it is needed."),
    ("E109", "tag", "Decks are plain YAML: the schema decides the types, so remove the tag."),
    ("E110", "merge key", "Decks are plain YAML: write the keys out where they are needed."),
    ("E111", "second document", "One file holds one document; put the rest into a file of its own."),
    ("E112", "duplicate key", "Only one of the two values could be kept; remove or rename one."),
    ("E113", "nested too deep", "No part of the format nests that deep; the indentation has gone wrong."),
    ("E114", "too many values", "The file holds more values, or a mapping more keys, than any deck needs."),
    ("E115", "no mapping at the top", "A file begins with a key that says what it is, such as 'deck: my-deck'."),
    ("E116", "unknown kind of file", "The first key says what a file is: deck, syllabus, blueprint, case or products."),
    ("E117", "key is not text", "A key is a plain word; a list or mapping cannot be one."),
    (
        "W118",
        "silencing without effect",
        "The comment, or the entry of studyapp.yaml, silences nothing (any more), or would hide the next slip.",
    ),
    (
        "W119",
        "stray white space",
        "White space at the end of a line, or mixed line ends, makes differences unreadable.",
    ),
    ("E120", "missing key", "The format needs this key here."),
    ("E121", "text expected", "Text stands here, not a list or a mapping; the indentation may have gone wrong."),
    ("E122", "list expected", "A list stands here: each entry begins with '- '."),
    ("E123", "mapping expected", "Keys with values stand here; the indentation may have gone wrong."),
    ("E124", "empty text", "Write the text, or remove the key where it is optional."),
    ("E125", "value not allowed", "Only a few values are possible here."),
    ("E126", "malformed id", "Ids are lower-case letters and digits, joined by '-', '_' or '.'; they stay for ever."),
    ("E127", "malformed number", "A plain decimal number in the stated range stands here."),
    ("E128", "malformed date", "A date of the calendar, written YYYY-MM-DD."),
    ("E129", "wrong length", "The list has too few or too many entries, or the text is too long."),
    ("E130", "no key among the options", "At least one option needs 'correct: true', or nobody can answer."),
    ("E131", "every option is right", "At least one option must be a distractor, or there is nothing to decide."),
    ("E132", "neither a front and a back nor a cloze", "A card has either front and back, or cloze, and not both."),
    ("E133", "cloze without a gap", "A cloze hides what stands in {{…}}; without it there is nothing to answer."),
    ("E134", "stratum without a selection", "A stratum selects questions by topics, by cases or by both."),
    ("E135", "no weight above zero", "The strata's weights share out the questions; one must be above zero."),
    ("E136", "years out of order", "A name holds from an earlier year until a later one."),
    (
        "W137",
        "text cut off at ' #'",
        "In YAML a '#' after a blank begins a comment: what follows is no part of the text.",
    ),
    ("E199", "too many problems", "Only the first problems are listed; mend these and look again."),
    ("E201", "duplicate id", "History belongs to the id, so it can stand for one thing only."),
    ("E202", "unknown topic", "Every card and question belongs to a topic of the syllabus."),
    ("E203", "unknown case", "The question cannot be answered without its case."),
    ("E204", "pattern without a topic", "The stratum's selection matches no topic of the syllabus."),
    ("E205", "topic outside its domain", "A topic's id begins with the id of its domain and a dot."),
    ("E206", "second syllabus", "All loaded decks share one syllabus; the first one found counts."),
    ("W207", "unknown card", "The question links a card to review after a miss that no loaded deck has."),
    ("W208", "unknown enemy", "The question names an enemy that no loaded deck has."),
    ("E209", "former id in use", "A declared rename moves history; no history can belong to two items."),
    ("W210", "unknown former id", "No item ever had this id, says the ledger ids.txt, so no history moves along."),
    ("W211", "id with another meaning", "Learners' history of the id tells of something else: give the item a new id."),
    (
        "W212",
        "ids not in the ledger",
        "What ids.txt does not have cannot be held against it: run 'studyapp check --fix'.",
    ),
    ("E213", "ledger line", "Each line of ids.txt is an id, 'card' or 'question', and what the item asks."),
    (
        "W214",
        "renamed without a former id",
        "Without 'was: old-id' the history stays with the old id, and ids.txt does not take in the new one.",
    ),
    ("W301", "long back", "The back of a card has at most 60 words: one fact, the answer first, then why."),
    ("W302", "long stem", "A stem has at most 150 words; in the exam there are two minutes for a question."),
    ("W303", "stem without a question", "The stem ends in one question, so that the options answer something."),
    ("W304", "number of answers", "Where several options are right the stem says how many: '(Choose two.)'."),
    ("W305", "key much longer", "A key that is much longer than every distractor is found without knowledge."),
    (
        "W306",
        "stem words in the key",
        "Two words of the stem that only the key repeats point to it, or one of seven letters or more where no other "
        "option repeats as much.",
    ),
    ("W307", "absolute distractor", "'Always', 'never' and 'only' in distractors alone tell that they are wrong."),
    ("W308", "all or none of the above", "Such options reward partial knowledge, and break when options are shuffled."),
    ("W309", "negative stem", "A negation that is overread turns a right answer into a miss: write *NOT*."),
    ("W310", "options that mean the same", "Two options that mean the same cannot be the key, so both are out."),
    (
        "W311",
        "numbers not in order",
        "Options that differ by a number stand in order, so that it tells nothing.",
    ),
    ("W312", "rationale missing", "Every option has a rationale: what it is good for, and why it is best or not here."),
    ("W313", "thin rationale", "A rationale of a few words, or one copied from another option, teaches nothing."),
    ("W314", "no linked card", "After a miss the learner is sent to the cards that the question names."),
    ("W315", "HTML or remote resource", "Text is Markdown; HTML does not show, and nothing is fetched from afar."),
    ("W316", "character that does not show", "Invisible, private or replacement characters are mostly damage."),
    (
        "W317",
        "image missing",
        "A path is relative to the deck file, where a picture must be; '<…>' hold one with blanks.",
    ),
    ("W318", "image outside the folder", "Images lie in the deck's folder, so that the deck can be given to others."),
    ("W319", "formula", "TeX is not rendered: write the formula as plain text or in backticks."),
    ("W320", "key longest too often", "Over the deck, choosing the longest option must not beat chance."),
    ("W321", "key in one place too often", "Over the deck, the key stands in every place about equally often."),
    (
        "W322",
        "key alone precise too often",
        "Over the deck, choosing the one option with a figure must not beat chance.",
    ),
    (
        "W323",
        "key in the middle too often",
        "Over the deck, choosing what the others resemble most must not beat chance.",
    ),
    (
        "W324",
        "options exhaust the cases",
        "Of two options that leave nothing else, or alone are opposites, one is the key: the others are no choice.",
    ),
    (
        "W325",
        "answer in another question",
        "Its key stands in another question's stem: 'enemies' keeps them out of one exam.",
    ),
    (
        "W326",
        "near-duplicate question",
        "Two questions on one topic test different decisions, not one with other names.",
    ),
    ("W327", "option does not fit the stem", "An option that breaks the stem's grammar is out without any knowledge."),
    (
        "W328",
        "key of another form",
        "A key that alone ends or begins otherwise than all others is seen before it is read.",
    ),
    (
        "W329",
        "option named by its place",
        "Options are shuffled in each exam, so 'option A' in a rationale stands for another: say what it is.",
    ),
    ("W330", "near-duplicate card", "Two cards that ask the same thing are reviewed twice and scheduled apart."),
    (
        "W331",
        "front leans on a list",
        "A card shows no options; its front must be answerable by itself, with one answer.",
    ),
    ("W332", "cloze hides everything", "Something must be left to recall the gaps from."),
    ("W333", "place not filled in", "The starting file's FILL IN marks where your own words go."),
    (
        "W334",
        "stem without a situation",
        "A stem tells a situation and the constraint that decides: 50 to 150 words, and never fewer than 12, or 30 in "
        "a single sentence.",
    ),
    ("W401", "topic without cards", "A learner who misses a question of this topic has nothing to review."),
    ("W402", "stratum short of questions", "The decks cannot fill this stratum's quota, so no exam can be assembled."),
    ("W403", "unknown case in a blueprint", "The stratum selects a case that no loaded file holds."),
    (
        "W404",
        "outdated topic not told",
        "Some card or question says in 'changed' what the notes have and what holds now.",
    ),
)

CODES: dict[str, Code] = {
    id_: Code(id_, Severity.ERROR if id_[0] == "E" else Severity.WARNING, title, explanation)
    for id_, title, explanation in _TABLE
}
"""Every code by its id."""

"""What one file alone cannot know: ids used twice, topics, cases, cards and enemies that exist or not.

The checks read the plain data, not the validated models, so that they also report on files that the schema refuses;
they pass over whatever has the wrong shape.
"""

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import Any

from studyapp.content.fields import ID_PATTERN
from studyapp.content.index import Claimed, Index, Link, space_of
from studyapp.content.report import Report, hint, quoted
from studyapp.content.topics import topic_hint
from studyapp.content.tree import Document, Place, Tree, at_of, key_place, place_of, spread
from studyapp.core.blueprint import pattern_matches
from studyapp.core.deck import Question

_ID = re.compile(ID_PATTERN)


class Claims:
    """The ids that one file defines; they enter the index once the file has loaded."""

    def __init__(self, index: Index, report: Report) -> None:
        self._index = index
        self._report = report
        self.claimed = Claimed(report.path)

    def add(self, kind: str, id_: Any, at: int) -> None:
        """Claim an id; one that stands elsewhere is a problem."""
        if not isinstance(id_, str):
            return
        space = space_of(kind)
        if first := self._find(space, id_):
            self._report.add("E201", spread(at), f"the {space} id {quoted(id_)} is used before, at {first}")
        elif space == "item" and (first := self._find("former", id_)):
            self._report.add("E209", spread(at), f"the id {quoted(id_)} is declared a former id, at {first}")
        else:
            self.claimed.add(kind, id_, at)

    def add_former(self, id_: Any, former: Any, at: int) -> None:
        """Claim an id that an item had before; nothing else may have it, now or before."""
        if not isinstance(former, str):
            return
        first = self._find("item", former) or self._find("former", former)
        if former == id_ or first:
            where = f", at {first}" if former != id_ else " by this very item"
            self._report.add("E209", spread(at), f"the former id {quoted(former)} is in use{where}")
        else:
            self.claimed.add("former", former, at)

    def _find(self, space: str, id_: str) -> str | None:
        owner = self.claimed if self.claimed.at(space, id_) is not None else self._index.owner(space, id_)
        return owner.place(space, id_) if owner else None


def entries(data: Any, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The mappings in the list under a key, with their indexes; nothing where the shape is another."""
    values = data.get(key) if isinstance(data, dict) else None
    if isinstance(values, list):
        for i, value in enumerate(values):
            if isinstance(value, dict):
                yield i, value


def check_deck_id(document: Document, claims: Claims) -> None:
    """The id of a deck."""
    claims.add("deck", document.data.get("deck"), at_of(document.places, ["deck"]))


def check_items(
    section: str, items: Sequence[Any], trees: Sequence[Tree], index: Index, claims: Claims, report: Report
) -> None:
    """Ids, topics, cases, and which kind each card is, of entries of a section and their places."""
    kind = "card" if section == "cards" else "question"
    for item, tree in zip(items, trees, strict=True):
        if report.full:
            return
        if not isinstance(item, dict):
            continue
        claims.add(kind, item.get("id"), at_of(tree, ["id"]))
        if "was" in item:
            _check_former(item, tree, claims)
        _check_topic(tree, item.get("topic"), index, report)
        if kind == "card":
            _check_sides(tree, item, report)
        elif "case" in item:
            _check_case(place_of(tree, ["case"]), item["case"], index, report)


def _check_former(item: dict[str, Any], tree: Tree, claims: Claims) -> None:
    former = item["was"]
    if isinstance(former, list):
        for j, id_ in enumerate(former):
            claims.add_former(item.get("id"), id_, at_of(tree, ["was", j]))
    else:
        claims.add_former(item.get("id"), former, at_of(tree, ["was"]))


def _check_topic(tree: Tree, topic: Any, index: Index, report: Report) -> None:
    if index.topics is None or not isinstance(topic, str) or topic in index.topics or not _ID.match(topic):
        return
    near = topic_hint(topic, index.topics) if report.few else ""
    report.add("E202", place_of(tree, ["topic"]), f"unknown topic {quoted(topic)}{near}")


def _check_case(place: Place, case: Any, index: Index, report: Report) -> None:
    if not isinstance(case, str) or not case or case in index.cases:
        return
    if case in index.broken_cases:
        report.add("E203", place, f"the case {quoted(case)} did not load, since its file has problems")
    else:
        report.add("E203", place, f"unknown case {quoted(case)}{hint(case, index.cases)}")


def _check_sides(tree: Tree, card: dict[str, Any], report: Report) -> None:
    cloze = "cloze" in card
    if cloze != ("front" in card) and cloze != ("back" in card):
        return
    if cloze:
        report.add("E132", key_place(tree, ["cloze"]), "a card has either front and back, or cloze, and not both")
    else:
        missing = "'back'" if "front" in card else "'front'" if "back" in card else "'front' and 'back', or 'cloze',"
        report.add("E132", place_of(tree), f"the card lacks {missing} and cannot be asked")


def links_of(questions: Sequence[Question], trees: Sequence[Tree], ids: Mapping[str, Container[str]]) -> Iterator[Link]:
    """The cards and enemies that questions name and that are not among the ``ids`` of either kind."""
    cards, others = ids.get("card", ()), ids.get("question", ())
    for question, tree in zip(questions, trees, strict=True):
        for key, targets, own, code in (
            ("cards", question.cards, cards, "W207"),
            ("enemies", question.enemies, others, "W208"),
        ):
            for j, target in enumerate(targets):
                if target not in own:
                    yield Link(code, target, place_of(tree, [key, j]), place_of(tree, ["id"])[0])


def report_link(link: Link, index: Index, report: Report) -> None:
    """Report a card or enemy that exists in no deck."""
    near = hint(link.target, index.ids(link.kind)) if report.few else ""
    report.add(link.code, link.place, f"no {link.kind} has the id {quoted(link.target)}{near}", link.item_line)


def check_syllabus(document: Document, index: Index, claims: Claims, report: Report) -> None:
    """Ids of domains and topics."""
    data, places = document.data, document.places
    for i, domain in entries(data, "domains"):
        id_ = domain.get("id")
        claims.add("domain", id_, at_of(places, ["domains", i, "id"]))
        for j, topic in entries(domain, "topics"):
            at = at_of(places, ["domains", i, "topics", j, "id"])
            claims.add("topic", topic.get("id"), at)
            if isinstance(id_, str) and isinstance(topic.get("id"), str) and not topic["id"].startswith(id_ + "."):
                report.add(
                    "E205", spread(at), f"the topic {quoted(topic['id'])} does not begin with {quoted(id_ + '.')}"
                )


def check_blueprint(document: Document, index: Index, claims: Claims, report: Report) -> None:
    """The id, and whether each stratum selects something of the syllabus."""
    data, places = document.data, document.places
    claims.add("blueprint", data.get("blueprint"), at_of(places, ["blueprint"]))
    for i, stratum in entries(data, "strata"):
        patterns, cases = stratum.get("topics", []), stratum.get("cases", [])
        if patterns == [] and cases == []:
            report.add("E134", place_of(places, ["strata", i]), "the stratum selects neither topics nor cases")
        for j, pattern in enumerate(patterns if isinstance(patterns, list) else []):
            if isinstance(pattern, str) and not _matches_any(pattern, index):
                message = f"{quoted(pattern)} matches no topic of the syllabus{hint(pattern, index.topics or ())}"
                report.add("E204", place_of(places, ["strata", i, "topics", j]), message)


def _matches_any(pattern: str, index: Index) -> bool:
    return index.topics is None or any(pattern_matches(pattern, topic) for topic in index.topics)


def check_case_file(document: Document, index: Index, claims: Claims, report: Report) -> None:
    """The case's id."""
    claims.add("case", document.data.get("case"), at_of(document.places, ["case"]))


def check_names(document: Document, index: Index, claims: Claims, report: Report) -> None:
    """Ids of products, and years that follow one another."""
    for i, product in entries(document.data, "products"):
        claims.add("product", product.get("id"), at_of(document.places, ["products", i, "id"]))
        for j, name in entries(product, "names"):
            since, until = name.get("from"), name.get("until")
            years = [year for year in (since, until) if isinstance(year, str) and year.isdecimal()]
            if len(years) == 2 and int(years[0]) > int(years[1]):
                place = place_of(document.places, ["products", i, "names", j, "until"])
                report.add("E136", place, f"the name ends in {years[1]}, before it begins in {years[0]}")


CHECKS: dict[str, Callable[[Document, Index, Claims, Report], None]] = {
    "syllabus": check_syllabus,
    "blueprint": check_blueprint,
    "case": check_case_file,
    "names": check_names,
}
"""The check of each kind of file that is no deck."""

"""Coverage: what the syllabus and the blueprints ask for and the decks do not have."""

from collections.abc import Sequence

from studyapp.content.checks.whole_deck import Counts, judge, together
from studyapp.content.report import Report, hint, quoted
from studyapp.content.tree import Tree, place_of
from studyapp.core.bank import Bank
from studyapp.core.blueprint import Blueprint
from studyapp.core.form import ShortBankError, assemble


def check_topics(bank: Bank, places: Tree, report: Report) -> None:
    """W401 and W404: topics without cards, and outdated ones; ``places`` are those of the syllabus file."""
    covered = {card.topic for card in bank.cards.values()}
    told = {card.topic for card in bank.cards.values() if card.changed}
    told.update(question.topic for question in bank.questions.values() if question.changed)
    for i, domain in enumerate(bank.syllabus.domains):
        for j, topic in enumerate(domain.topics):
            if topic.id not in covered:
                place = place_of(places, ["domains", i, "topics", j, "id"])
                report.add("W401", place, f"no card belongs to the topic {quoted(topic.id)}")
            if topic.outdated and topic.id not in told:
                place = place_of(places, ["domains", i, "topics", j, "outdated"])
                line = place_of(places, ["domains", i, "topics", j, "id"])[0]
                report.add("W404", place, f"no card or question of {quoted(topic.id)} says what changed", line)


def check_guessing(counts: Sequence[Counts], places: Tree, report: Report) -> None:
    """W320 to W323 over all decks together, where a deck alone is too small to tell; reported in the syllabus."""
    if len(counts) > 1:
        for code, message in judge(together(counts)):
            report.add(code, place_of(places, ["syllabus"]), f"over all decks {message}")


def check_blueprint(bank: Bank, blueprint: Blueprint, places: Tree, report: Report) -> None:
    """W402 and W403: strata that the decks cannot fill; ``places`` are those of the blueprint's file."""
    short = _shortfalls(bank, blueprint)
    for i, stratum in enumerate(blueprint.strata):
        item = place_of(places, ["strata", i, "name"])
        if stratum.name in short:
            wanted, found = short[stratum.name]
            message = f"the stratum {quoted(stratum.name)} needs {wanted} questions; the decks can give it {found}"
            report.add("W402", item, message)
        for j, case in enumerate(stratum.cases):
            if case not in bank.case_by_id:
                place = place_of(places, ["strata", i, "cases", j])
                report.add("W403", place, f"unknown case {quoted(case)}{hint(case, bank.case_by_id)}", item[0])


def _shortfalls(bank: Bank, blueprint: Blueprint) -> dict[str, tuple[int, int]]:
    """Quota and found number of the strata that cannot be filled, by name."""
    try:
        assemble(bank, blueprint, seed=0)
    except ShortBankError as error:
        return {shortfall.stratum: (shortfall.wanted, shortfall.found) for shortfall in error.shortfalls}
    return {}

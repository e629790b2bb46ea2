"""Coverage: what the syllabus and the blueprints ask for and the decks do not have."""

from studyapp.content.report import Report, hint, quoted
from studyapp.content.tree import Tree, place_of
from studyapp.core.bank import Bank
from studyapp.core.blueprint import Blueprint
from studyapp.core.form import ShortBankError, assemble


def check_topics(bank: Bank, places: Tree, report: Report) -> None:
    """W401: topics that no card belongs to; ``places`` are those of the syllabus file."""
    covered = {card.topic for card in bank.cards.values()}
    for i, domain in enumerate(bank.syllabus.domains):
        for j, topic in enumerate(domain.topics):
            if topic.id not in covered:
                place = place_of(places, ["domains", i, "topics", j, "id"])
                report.add("W401", place, f"no card belongs to the topic {quoted(topic.id)}")


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

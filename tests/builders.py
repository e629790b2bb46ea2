"""Small core objects for tests."""

from fractions import Fraction

from studyapp.core.bank import Bank
from studyapp.core.blueprint import Blueprint, Source, SourceKind, Stratum
from studyapp.core.deck import Card, Case, Deck, Difficulty, Option, Question
from studyapp.core.syllabus import Domain, Syllabus, Topic


def question(id_="q1", topic="a.one", key=(0,), options=4, case=None, enemies=(), cards=(), texts=None):
    return Question(
        id=id_,
        topic=topic,
        difficulty=Difficulty.MEDIUM,
        stem=f"Stem of {id_}. Which option fits?",
        options=tuple(
            Option((texts or [f"{id_} option {i}" for i in range(options)])[i], i in key, f"Rationale {i} of {id_}.")
            for i in range(options)
        ),
        deck="deck",
        case=case,
        enemies=tuple(enemies),
        cards=tuple(cards),
    )


def card(id_="c1", topic="a.one"):
    return Card(id=id_, topic=topic, front=f"Front of {id_}?", back=f"Back of {id_}.", deck="deck")


def bank(questions=(), cards=(), cases=(), blueprints=()):
    topics = {t: None for item in (*questions, *cards) for t in [item.topic]} or {"a.one": None}
    domains = {t.partition(".")[0]: None for t in topics}
    syllabus = Syllabus(
        "s",
        "Syllabus",
        tuple(
            Domain(d, d.upper(), tuple(Topic(t, t.title(), 1) for t in topics if t.startswith(d + ".")))
            for d in domains
        ),
    )
    deck = Deck("deck", "Deck", "deck.yaml", None, tuple(cards), tuple(questions))
    return Bank(syllabus, (deck,), tuple(blueprints), tuple(cases))


def blueprint(strata, questions, minutes=120):
    return Blueprint(
        "bp",
        "Blueprint",
        "Exam",
        Source(SourceKind.DERIVED),
        questions,
        minutes,
        0.7,
        tuple(Stratum(name, Fraction(weight), tuple(topics), tuple(cases)) for name, weight, topics, cases in strata),
    )


def case(id_="flow"):
    return Case(id_, id_.title(), f"The story of {id_}.")

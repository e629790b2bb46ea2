"""What an answer says of the cards its question is linked to."""

from studyapp.core.attempt import Confidence, Response
from studyapp.core.form import FormItem
from studyapp.core.scoring import Outcome, outcome


def missed_cards(item: FormItem, response: Response) -> tuple[str, ...]:
    """The cards to review after an answer that was wrong, or right by a guess; none after any other."""
    result = outcome(item, response)
    guessed = result is Outcome.RIGHT and response.confidence is Confidence.GUESS
    return item.question.cards if result is Outcome.WRONG or guessed else ()

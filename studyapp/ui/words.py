"""How numbers and times are put into words on every page."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studyapp.core.counts import counted as counted
from studyapp.core.interval import Interval

_COUNT = re.compile(r"(?<=\d) (?=[^\W\d])")
COUNTS = ("no", "one", "two", "three", "four", "five", "six")


def held(*counts: tuple[int, str]) -> str:
    """What something holds, without what there is none of: “23 cards, 1 question”; “nothing” where it is empty."""
    return ", ".join(counted(number, noun) for number, noun in counts if number) or "nothing"


def unbroken(text: str) -> str:
    """A text that breaks nowhere between a number and the word it counts."""
    return _COUNT.sub("\u00a0", text)


def clock(seconds: float) -> str:
    """Time left as h:mm:ss, rounded up, so that 0:00:00 means that it is over."""
    whole = max(0, int(-(-seconds // 1)))
    return f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}"


def duration(seconds: float) -> str:
    """A length of time in a few words: “48 s”, “12 min”, “1 h 31 min”."""
    if seconds < 60:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def interval_ahead(gap: timedelta) -> str:
    """How far away a card's next review is, short enough for a button: “10 min”, “3 d”, “2.5 mo”."""
    seconds = gap.total_seconds()
    if seconds < 3600:
        return f"{max(1, round(seconds / 60))} min"
    if seconds < 86400:
        return f"{round(seconds / 3600)} h"
    days = seconds / 86400
    if days < 30:
        return f"{round(days)} d"
    return f"{days / 30.44:.1f} mo" if days < 365 else f"{days / 365.25:.1f} y"


def percent(share: float) -> str:
    """A share (0 to 1) as a whole percentage."""
    # Half up, so that a page never shows 70 % for what is below the pass mark of 70 %.
    return f"{int(share * 100 + 0.5)} %"


def between(interval: Interval) -> str:
    """An interval of shares: “61–81 %”."""
    return f"{int(interval.low * 100 + 0.5)}–{int(interval.high * 100 + 0.5)} %"


def day(moment: datetime) -> str:
    """A day in the learner's time zone: “23 Nov 2026”."""
    local = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone()
    return f"{local.day} {local:%b %Y}"


def moment(at: datetime) -> str:
    """A day and a time of day in the learner's time zone: “23 Nov 2026, 18:05”."""
    return f"{day(at)}, {at.astimezone():%H:%M}"


def short_day(moment: datetime) -> str:
    """A day without its year: “23 Nov”."""
    local = moment.astimezone()
    return f"{local.day} {local:%b}"


def shortened(text: str, characters: int) -> str:
    """A text in one line, cut at a word so that it has at most so many characters and an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= characters:
        return line
    # One more character: a word that ends just there need not go.
    words = line[: characters + 1].rpartition(" ")[0]
    return f"{words} …" if words else f"{line[:characters]}…"


def breakable(path: Path) -> str:
    """A path that may break after each folder; as it is, it would make a page wider than the window."""
    return str(path).replace("/", "/\u200b").replace("\\", "\\\u200b")


def file_size(size: int) -> str:
    """Bytes in a few characters: “84 kB”, “1.2 MB”."""
    return f"{max(1, round(size / 1000))} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def history(attempts: int, reviews: int) -> str:
    """How much a database holds: “12 attempts, 340 reviews”."""
    return f"{counted(attempts, 'attempt')}, {counted(reviews, 'review')}"


def rekeyed(stems: Sequence[str]) -> str:
    """That the keys of these questions have changed, and what that means."""
    first = f"“{shortened(stems[0], 60)}”"
    if len(stems) == 1:
        return f"Another answer is right now to {first}. What you answered before counts no longer; it is new to you."
    return (
        f"Other answers are right now to {len(stems)} questions, such as {first}. What you answered before counts no "
        "longer; they are new to you."
    )

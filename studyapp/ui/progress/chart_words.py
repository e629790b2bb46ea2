"""The charts of how things went, made from the figures."""

from collections.abc import Iterable, Sequence
from datetime import date

from studyapp.core.attempt import AttemptSummary, Confidence
from studyapp.core.daily import Count, DayTotal
from studyapp.core.interval import wilson
from studyapp.core.mastery import Mastery
from studyapp.sessions.over_time import Days
from studyapp.ui import words
from studyapp.ui.progress.chart_data import SHARES, Cell, ChartData, Point, Value, round_ticks

_SURE = "Each line is where the true share lies, 80 % sure"
_CONFIDENCE = {Confidence.SURE: "Sure", Confidence.THINK: "Think so", Confidence.GUESS: "Guess"}
# A card recalled less often than this comes back too late: the scheduler aims at nine of ten.
_RECALL = 0.8
_FEW_DAYS = 45


def scores(exams: Sequence[AttemptSummary], pass_mark: float) -> ChartData:
    """The scores of exams, the oldest first."""
    points, table = [], list[tuple[Value, ...]]([("day", "exam", "right", "questions", "share", "low", "high")])
    for i, exam in enumerate(exams):
        around = wilson(exam.correct, exam.questions)
        day = words.short_day(exam.started_at)
        told = f"{day}: {exam.correct} of {exam.questions}, {words.percent(exam.share)} ({words.between(around)})"
        points.append(Point(i, exam.share, day, told, around.low, around.high))
        iso = exam.started_at.astimezone().date().isoformat()
        table.append((iso, exam.title, exam.correct, exam.questions, exam.share, around.low, around.high))
    return ChartData(
        name="scores",
        title="Scores of your exams",
        note=f"{_SURE}; dashed is a pass mark of {words.percent(pass_mark)}, an assumption.",
        empty="Each exam you submit appears here with its interval. Sit one from the Practice exam page.",
        points=tuple(points),
        ticks=SHARES,
        mark=pass_mark,
        mark_label="pass",
        table=tuple(table),
    )


def mastery(area: str, estimates: Sequence[tuple[int, Mastery]], pass_mark: float) -> ChartData:
    """The estimates of an area at several days (ordinals)."""
    points, table = [], list[tuple[Value, ...]]([("day", "area", "expected share", "low", "high")])
    for day, estimate in estimates:
        around = estimate.expected_interval
        label = _short(day)
        told = f"{label}: {words.percent(estimate.expected)} ({words.between(around)})"
        points.append(Point(day, estimate.expected, label, told, around.low, around.high))
        table.append((_iso(day), area, estimate.expected, around.low, around.high))
    return ChartData(
        name="mastery",
        title=f"Mastery: {area}",
        note="The share of fresh questions you would get right, and the band it lies in, 80 % sure; dashed is a pass "
        f"mark of {words.percent(pass_mark)}, an assumption.",
        empty="Answer questions, and this shows from week to week how well you know an area.",
        points=tuple(points),
        ticks=SHARES,
        mark=pass_mark,
        mark_label="pass",
        table=tuple(table),
    )


def calendar(figures: Days) -> ChartData:
    """Cards reviewed and recalled on each day of the last year."""
    reviewed = {day.day: day for day in figures.days if day.reviews}
    most = max((day.reviews for day in reviewed.values()), default=0)
    bounds = [max(i + 1, round(most * share)) for i, share in enumerate((0.25, 0.5, 0.75))]
    cells = []
    for day in range(figures.today - 364, figures.today + 1):
        known = reviewed.get(day)
        if known is None:
            cells.append(Cell(day, 0, False, f"{_short(day)}: nothing reviewed"))
            continue
        level = 1 + sum(known.reviews > bound for bound in bounds)
        recalled = known.recalled / known.repeats if known.repeats else 1.0
        told = f"{_short(day)}: {words.counted(known.reviews, 'card')} reviewed"
        if known.repeats:
            told += f", {known.recalled} of {known.repeats} recalled"
        cells.append(Cell(day, level, recalled < _RECALL, told))
    header = ("day", "reviewed", "seen before", "recalled")
    table = [(_iso(d.day), d.reviews, d.repeats, d.recalled) for d in reviewed.values()]
    legend = [f"up to {bound}" for bound in dict.fromkeys(bounds)] + [f"up to {most}"]
    return ChartData(
        name="calendar",
        title="Cards reviewed and recalled",
        note="The larger and stronger a square, the more cards were reviewed on that day; a dot in it says that fewer "
        f"than {words.percent(_RECALL)} of those seen before were recalled.",
        empty="Each day on which you review cards appears here.",
        cells=tuple(cells),
        legend=tuple(legend[:4]),
        table=(header, *table),
    )


def due(figures: Days) -> ChartData:
    """Cards that fall due on the coming days."""
    points = []
    for ahead, count in enumerate(figures.due):
        when = "today" if ahead == 0 else _short(figures.today + ahead)
        points.append(Point(ahead, count, when, f"{when}: {words.counted(count, 'card')} due"))
    ticks, top = round_ticks(max(figures.due, default=0))
    return ChartData(
        name="due",
        title="Cards due in the coming days",
        note="What is overdue stands with today. Each card you review comes back on a later day.",
        empty="Cards you have reviewed appear here on the day they come back.",
        points=tuple(points) if any(figures.due) else (),
        ticks=ticks,
        top=top,
        table=(("day", "cards due"), *((_iso(figures.today + i), count) for i, count in enumerate(figures.due))),
    )


def pace(figures: Days, allowed: float | None) -> ChartData:
    """Time for a question, by day or by week; ``allowed`` is what the exam gives for one (seconds)."""
    grouped = _grouped(figures)
    points, table = [], list[tuple[Value, ...]]([("from", "questions", "seconds for a question")])
    for day, days in grouped:
        answers = sum(d.total.answers for d in days)
        seconds = sum(d.seconds for d in days) / answers
        label = _short(day)
        told = f"{label}: {_clock(seconds)} for a question, of {words.counted(answers, 'question')}"
        points.append(Point(day, seconds / 60, label, told))
        table.append((_iso(day), answers, seconds))
    most = max([p.value for p in points] + ([allowed / 60] if allowed else []), default=1.0)
    ticks, top = round_ticks(most, whole=False)
    limit = f"; dashed is what the exam gives for one, {_clock(allowed)}" if allowed else ""
    return ChartData(
        name="pace",
        title="Time for a question",
        note=f"The mean of each {'day' if _few(figures) else 'week'}{limit}.",
        empty="Answer questions in an exam or a drill, and your pace appears here.",
        points=tuple(points),
        ticks=tuple((value, f"{label} min") for value, label in ticks),
        top=top,
        mark=allowed / 60 if allowed else None,
        mark_label="exam",
        table=tuple(table),
    )


def confidence(figures: Days) -> ChartData:
    """How often answers were right, by how sure the learner was of them."""
    counts = dict.fromkeys(_CONFIDENCE, Count())
    for day in figures.days:
        for said, count in day.by_confidence.items():
            counts[said] += count
    points, table = [], list[tuple[Value, ...]]([("confidence", "right", "answers", "share", "low", "high")])
    for i, (said, count) in enumerate(counts.items()):
        if not count.answers:
            continue
        share, around = count.right / count.answers, wilson(count.right, count.answers)
        label = f"{_CONFIDENCE[said]} ({count.answers})"
        told = f"{_CONFIDENCE[said]}: {count.right} of {count.answers} right, {words.percent(share)}"
        points.append(Point(i, share, label, f"{told} ({words.between(around)})", around.low, around.high))
        table.append((_CONFIDENCE[said], count.right, count.answers, share, around.low, around.high))
    return ChartData(
        name="confidence",
        title="Confidence against being right",
        note=f"{_SURE}, over the last year. Who knows what they know is right when sure, and only then.",
        empty="Say at an answer whether you are sure, think so or guess, and this shows how far to trust it.",
        points=tuple(points),
        ticks=SHARES,
        table=tuple(table),
    )


def _few(figures: Days) -> bool:
    return not figures.days or figures.today - figures.days[0].day < _FEW_DAYS


def _grouped(figures: Days) -> Iterable[tuple[int, list[DayTotal]]]:
    """The days with answers, or the weeks of them where there are many, by their first day."""
    width = 1 if _few(figures) else 7
    groups: dict[int, list[DayTotal]] = {}
    for day in figures.days:
        if day.total.answers:
            groups.setdefault(day.day - (day.day - 1) % width, []).append(day)
    return groups.items()


def _short(day: int) -> str:
    moment = date.fromordinal(day)
    return f"{moment.day} {moment:%b}"


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _clock(seconds: float) -> str:
    """Minutes and seconds: “2:24 min”."""
    return f"{round(seconds) // 60}:{round(seconds) % 60:02} min"

"""The kinds of value that the format knows. Each takes text, as every scalar is text until here."""

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

MAX_TEXT = 20_000
"""Characters of one text; a case study has about 3,000."""
ID_PATTERN = r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$"
TOPIC_PATTERN = r"^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*(?:\.?\*)?|\*)$"
# An editor gives unquoted scalars types that the loader does not: to it every scalar is text, in quotes or not.
_SCALAR = {"type": ["string", "number", "boolean"]}
_INTEGER = re.compile(r"[0-9]{1,6}", re.ASCII)
_DECIMAL = re.compile(r"(?:[0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_GAP = re.compile(r"\{\{.+?\}\}", re.DOTALL)


def _number(value: Any, pattern: re.Pattern[str], wanted: str) -> Fraction:
    """The exact number that a text stands for."""
    if isinstance(value, str) and pattern.fullmatch(value):
        return Fraction(value)
    raise PydanticCustomError("E127", "must be {wanted}", {"wanted": wanted})


def _integer(low: int, high: int) -> PlainValidator:
    """Takes a whole number between two bounds, both included."""
    wanted = f"a whole number from {low} to {high}"

    def check(value: Any) -> int:
        number = int(_number(value, _INTEGER, wanted))
        if not low <= number <= high:
            raise PydanticCustomError("E127", "must be {wanted}", {"wanted": wanted})
        return number

    return PlainValidator(check, json_schema_input_type=_numeric("integer", _INTEGER, minimum=low, maximum=high))


def _numeric(kind: str, pattern: re.Pattern[str], **bounds: float) -> Any:
    """The JSON Schema of a number, which may stand in quotes."""
    return Annotated[Any, WithJsonSchema({"type": [kind, "string"], **bounds, "pattern": f"^{pattern.pattern}$"})]


def _weight(value: Any) -> Fraction:
    return _number(value, _DECIMAL, "a plain decimal number, zero or more, such as 8 or 7.5")


def _share(value: Any) -> float:
    wanted = "a share above 0 and up to 1, such as 0.70"
    number = _number(value, _DECIMAL, wanted)
    if not 0 < number <= 1:
        raise PydanticCustomError("E127", "must be {wanted}", {"wanted": wanted})
    return float(number)


def _calendar_date(value: Any) -> date:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("E128", "must be a date of the calendar, written YYYY-MM-DD")


def _cloze(text: str) -> str:
    if not _GAP.search(text):
        raise PydanticCustomError("E133", "hides nothing; put what is to be recalled in double braces")
    return text


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT),
    WithJsonSchema(_SCALAR | {"minLength": 1, "maxLength": MAX_TEXT, "pattern": r"\S"}),
]
"""Text that is not empty; white space around it is dropped."""
_ID_SCHEMA = _SCALAR | {"pattern": ID_PATTERN, "maxLength": 100, "minimum": 0}
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=100), WithJsonSchema(_ID_SCHEMA)]
TopicPattern = Annotated[str, StringConstraints(pattern=TOPIC_PATTERN, max_length=100)]
"""A topic id, or a prefix that ends in ``*``."""
Cloze = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT),
    AfterValidator(_cloze),
    WithJsonSchema({"type": "string", "pattern": r"\{\{[\s\S]+?\}\}"}),
]
Flag = Annotated[
    Literal["true", "false"], WithJsonSchema({"type": ["boolean", "string"], "pattern": "^(?:true|false)$"})
]
Weight = Annotated[Fraction, PlainValidator(_weight, json_schema_input_type=_numeric("number", _DECIMAL, minimum=0))]
"""The exact fraction of the decimal text."""
Share = Annotated[
    float,
    PlainValidator(_share, json_schema_input_type=_numeric("number", _DECIMAL, exclusiveMinimum=0, maximum=1)),
]
Date = Annotated[date, PlainValidator(_calendar_date, json_schema_input_type=date)]
TopicWeight = Annotated[int, _integer(1, 5)]
QuestionCount = Annotated[int, _integer(1, 500)]
Minutes = Annotated[int, _integer(1, 1440)]
Year = Annotated[int, _integer(1950, 2200)]
Tags = Annotated[list[Text], Field(max_length=50)]
Ids = Annotated[list[Id], Field(max_length=100)]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


FormerIds = Annotated[
    Ids,
    BeforeValidator(_as_list),
    WithJsonSchema(
        {
            "anyOf": [
                _ID_SCHEMA,
                {"type": "array", "items": _ID_SCHEMA, "maxItems": 100},
            ]
        }
    ),
]
"""One id, or a list of them."""

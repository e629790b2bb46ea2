"""What all models of the format share."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


def about(description: str, *examples: Any, default: Any = ..., **constraints: Any) -> Any:
    """A field with its description and examples; required unless a default is given."""
    if default == []:
        # A factory, as pydantic makes a deep copy of a list for every entry that leaves it out.
        return Field(default_factory=list, description=description, examples=list(examples) or None, **constraints)
    return Field(default, description=description, examples=list(examples) or None, **constraints)


class Format(BaseModel):
    """What all parts of the format share: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

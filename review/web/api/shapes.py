"""What requests and answers are made of: the models of each noun are put together from these."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema
from werkzeug.datastructures import FileStorage

# A NUL is in no text that a database holds.
_NO_NUL = r"^[^\x00]*$"

Text = Annotated[str, Field(pattern=_NO_NUL)]
Words = Annotated[str, Field(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
Title = Annotated[str, Field(pattern=_NO_NUL, max_length=300)]
Language = Annotated[str, Field(pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2})?$", max_length=20)]
LARGEST = 10**9 - 1  # as in addresses
# 5.0 is a whole number in JSON too. The bounds come first, or the description would not tell them.
_WHOLE = BeforeValidator(
    lambda given: int(given) if isinstance(given, float) and given.is_integer() else given
)
Id = Annotated[int, Field(ge=1, le=LARGEST), _WHOLE]
Count = Annotated[int, Field(ge=0), _WHOLE]
Number = Annotated[int, Field(ge=0, le=LARGEST), _WHOLE]  # that somebody sends


class Model(BaseModel):
    """A model that takes nothing but what it names, as the type that it says. Built when it is first used."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Sent(Model):
    """What a program sends."""


class Told(Model):
    """What a program is told: every field is there."""


class File(FileStorage):
    """A file of a form, as models and descriptions know it."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(FileStorage)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "format": "binary"}


class OfSystem(Sent):
    """Which of a batch's systems is meant."""

    system: Annotated[Id, Field(description="The system, by its number in the batch")] = 1


class Keyed(Sent):
    """The header by which a request that is sent twice is done once."""

    key: Annotated[
        str,
        Field(
            alias="Idempotency-Key",
            pattern=r"^[!-~]([ -~]{0,253}[!-~])?$",
            description="Any words of your own; a second request with them finds what the first one made",
        ),
    ] = ""


Moment = Annotated[datetime, Field(description="UTC")]
Links = Annotated[dict[str, str], Field(description="Where to go on, by what is there")]

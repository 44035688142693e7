"""What requests about pools may say."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from dibs.pools.shapes import Channel, Priority

Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"\S")]
Word = Annotated[str, Field(min_length=1, max_length=60, pattern=r"\S")]
Member = Annotated[str, Field(min_length=1, max_length=100)]


class NewConditions(BaseModel):
    """At least one list must name something."""

    model_config = ConfigDict(extra="forbid")

    tags: Annotated[list[Word], Field(max_length=100)] = []
    priorities: Annotated[list[Priority], Field(max_length=4)] = []
    languages: Annotated[list[Annotated[str, Field(pattern=r"^[a-z]{2}$")]], Field(max_length=100)] = []
    channels: Annotated[list[Channel], Field(max_length=4)] = []

    @field_validator("tags")
    @classmethod
    def _as_tags_are_kept(cls, tags: list[str]) -> list[str]:
        return [tag.strip() for tag in tags]

    @model_validator(mode="after")
    def _something(self) -> "NewConditions":
        if not (self.tags or self.priorities or self.languages or self.channels):
            raise ValueError("name at least one tag, priority, language or channel")
        return self


class CreatePool(BaseModel):
    """Members are named agents, or all agents with a skill."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    members: Annotated[list[Member], Field(max_length=1_000)] = []
    skill: Word | None = None
    conditions: NewConditions


class EditPool(BaseModel):
    """What is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    members: Annotated[list[Member], Field(max_length=1_000)] | None = None
    skill: Word | None = None
    conditions: NewConditions | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "EditPool":
        for name in ("name", "members", "conditions"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null; leave it out to keep it")
        return self

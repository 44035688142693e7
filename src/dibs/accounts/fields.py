"""What people type about themselves, validated and normalised: names, addresses, skills, languages."""

from typing import Annotated, Literal

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter, ValidationError

from dibs.errors import Invalid

# One line: no NUL, which PostgreSQL refuses, and no other control character.
ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
Availability = Literal["available", "away", "off_shift"]


# An installation may live on names such as company.local or company.test: only the form is judged.
SPECIAL_USE_DOMAIN_NAMES.clear()


def address(text: str) -> str:
    """An email address in lower case. Refuses what is none with ValueError; never looks anything up."""
    try:
        # Addresses inside a company may end in .local or have no dot at all.
        found = validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error
    return str(found.normalized).lower()


def address_or_refuse(text: str) -> str:
    """As `address`, for what does not come through a route. Refuses with 422."""
    try:
        return address(text)
    except ValueError as error:
        raise Invalid("email", str(error)) from error


def name_or_refuse(text: str) -> str:
    """A name for what does not come through a route: one line of 1 to 100 characters. Refuses with 422."""
    try:
        return _NAME.validate_python(text)
    except ValidationError as error:
        raise Invalid("name", error.errors()[0]["msg"]) from error


def _once_each(words: list[str]) -> list[str]:
    return list(dict.fromkeys(words))


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=ONE_LINE)]
Email = Annotated[str, Field(max_length=254, pattern=ONE_LINE), AfterValidator(address)]
Skill = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=50, pattern=ONE_LINE)
]
Skills = Annotated[list[Skill], Field(max_length=50), AfterValidator(_once_each)]
# ISO 639-1, as in the workspace's settings.
Language = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[A-Za-z]{2}$")]
Languages = Annotated[list[Language], Field(max_length=50), AfterValidator(_once_each)]
StrictBool = Annotated[bool, Field(strict=True)]
# A secret from a link; what is longer was never one.
Token = Annotated[str, Field(min_length=1, max_length=200)]

_NAME: TypeAdapter[str] = TypeAdapter(Name)

"""What an admin types in to connect a mailbox: the address, how mail comes in, how it goes out."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from dibs.contacts.identities import normalise
from dibs.errors import Invalid

Tls = Literal["implicit", "starttls", "none"]
Host = Annotated[str, Field(min_length=1, max_length=253, pattern=r"^[^\s/@]+$")]
Port = Annotated[int, Field(ge=1, le=65_535)]
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


class EmailSettings(BaseModel):
    """A support address. `inbound` says whether its mailbox is read (IMAP) or mail is handed to us (SMTP listener)."""

    model_config = ConfigDict(extra="forbid")

    address: str
    # Shown as the sender instead of the workspace's name.
    sender_name: Annotated[Line, Field(max_length=80)] | None = None
    # Whether the mail server takes support+anything@… for the address: answers then come back under a signed one.
    plus_addresses: bool = True
    inbound: Literal["imap", "smtp"] = "imap"
    imap_host: Host | None = None
    imap_port: Port = 993
    imap_tls: Tls = "implicit"
    imap_user: Line | None = None
    imap_password: SecretStr | None = None
    imap_folder: Line = "INBOX"
    smtp_host: Host
    smtp_port: Port = 587
    smtp_tls: Tls = "starttls"
    smtp_user: Line | None = None
    smtp_password: SecretStr | None = None

    @field_validator("address")
    @classmethod
    def _an_address(cls, given: str) -> str:
        try:
            address = normalise("email", given)
        except Invalid:
            raise ValueError("this is no address such as support@example.com") from None
        if not address.isascii():
            raise ValueError("use an address without accents")
        return address

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.inbound == "imap":
            for name in ("imap_host", "imap_user", "imap_password"):
                if getattr(self, name) is None:
                    raise ValueError(f"{name} is needed to read the mailbox")
        if (self.smtp_user is None) != (self.smtp_password is None):
            raise ValueError("give both smtp_user and smtp_password, or neither")
        return self

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]


def address(settings: BaseModel) -> str:
    """By what inbound mail finds the channel."""
    return of(settings).address


def of(settings: BaseModel) -> EmailSettings:
    """Settings of a connection of this kind."""
    assert isinstance(settings, EmailSettings)
    return settings


def revealed(secret: SecretStr | None) -> str:
    """A password in plain text; empty where there is none."""
    return secret.get_secret_value() if secret is not None else ""

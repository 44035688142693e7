"""A provider for the channels' common parts, in the place of WhatsApp."""

import pytest

from dibs.channels import kinds
from tests.support.channels import Pigeons


@pytest.fixture
def pigeons(monkeypatch: pytest.MonkeyPatch) -> Pigeons:
    """The made-up provider, connected as the kind `whatsapp`."""
    made = Pigeons()
    monkeypatch.setitem(kinds.KINDS, "whatsapp", made.kind)
    return made

"""The installation's keyring: what it seals opens for its purpose only, and its secret is made once."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from dibs.keyring import FILE, keyring
from dibs.settings import Settings


def test_what_was_sealed_opens_again_after_a_restart(tmp_path: Path) -> None:
    sealed = keyring(Settings(data_dir=tmp_path)).seal("hunter2", "channel chn_1")
    assert "hunter2" not in sealed
    assert keyring(Settings(data_dir=tmp_path)).unseal(sealed, "channel chn_1") == "hunter2"


def test_not_for_another_purpose_nor_another_installation_nor_changed(tmp_path: Path) -> None:
    ours = keyring(Settings(data_dir=tmp_path / "ours"))
    sealed = ours.seal("hunter2", "channel chn_1")
    assert ours.unseal(sealed, "channel chn_2") is None
    assert keyring(Settings(data_dir=tmp_path / "theirs")).unseal(sealed, "channel chn_1") is None
    assert ours.unseal(sealed[:-4] + "AAAA", "channel chn_1") is None
    assert ours.unseal("not base64!", "channel chn_1") is None
    assert ours.unseal("", "channel chn_1") is None


def test_a_signature_speaks_for_one_text_and_one_purpose(tmp_path: Path) -> None:
    ring = keyring(Settings(data_dir=tmp_path))
    signature = ring.sign("file_1", "file")
    assert ring.signed("file_1", signature, "file")
    assert not ring.signed("file_2", signature, "file")
    assert not ring.signed("file_1", signature, "mail")
    assert not ring.signed("file_1", signature[:-1], "file")
    assert not ring.signed("file_1", "ñ", "file")


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    keyring(Settings(data_dir=tmp_path))
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == [FILE]


def test_many_who_start_at_once_have_the_same_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        rings = list(pool.map(lambda _: keyring(Settings(data_dir=tmp_path)), range(16)))
    assert len({ring.sign("x", "y") for ring in rings}) == 1


def test_a_secret_may_come_from_the_operator(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, secret_key="k" * 32)
    assert keyring(settings).unseal(keyring(settings).seal("x", "p"), "p") == "x"
    assert not (tmp_path / FILE).exists()


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="32 random characters"):
        Settings(data_dir=tmp_path, secret_key="short")

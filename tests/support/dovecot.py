"""A real IMAP server, where the machine has one: Dovecot on loopback, with a mailbox of its own in a folder."""

import asyncio
import os
import pwd
import shutil
import socket
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

BINARY = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
PASSWORD = "open-sesame"
_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
mailbox_idle_check_interval = 1 secs
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={mail_user} gid={mail_group} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
_numbers = count(1)


@dataclass
class Dovecot:
    """The running server."""

    folder: Path
    port: int
    password: str = PASSWORD

    def deliver(self, raw: bytes) -> None:
        """Puts a mail into the mailbox, as a delivery agent does: written apart, then moved in."""
        name = f"{int(time.time())}.{next(_numbers)}.test"
        part = self.folder / "mail" / "tmp" / name
        part.write_bytes(raw)
        if os.geteuid() == 0:
            shutil.chown(part, "nobody")
        part.rename(self.folder / "mail" / "new" / name)


@asynccontextmanager
async def running() -> AsyncIterator[Dovecot]:
    """Dovecot with an empty mailbox, stopped and forgotten afterwards."""
    with tempfile.TemporaryDirectory(prefix="dovecot-") as name:
        folder = Path(name)
        port = _free_port()
        _prepare(folder, port)
        log = (folder / "said").open("wb")
        process = await asyncio.create_subprocess_exec(
            str(BINARY), "-F", "-c", str(folder / "conf"), stdout=log, stderr=log
        )
        try:
            await _listening(port, process, folder)
            yield Dovecot(folder, port)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()
            log.close()


def _prepare(folder: Path, port: int) -> None:
    is_root = os.geteuid() == 0
    me = pwd.getpwuid(os.geteuid())
    mail = pwd.getpwnam("nobody") if is_root else me
    internal = "dovecot" if is_root else me.pw_name
    config = _CONFIG.format(
        folder=folder,
        port=port,
        password=PASSWORD,
        user=internal,
        group=internal if is_root else me.pw_gid,
        mail_user=mail.pw_uid,
        mail_group=mail.pw_gid,
    )
    (folder / "conf").write_text(config)
    for part in ("home", "mail", "mail/tmp", "mail/new", "mail/cur"):
        (folder / part).mkdir()
        if is_root:
            os.chown(folder / part, mail.pw_uid, mail.pw_gid)
    folder.chmod(0o755)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _listening(port: int, process: asyncio.subprocess.Process, folder: Path) -> None:
    async with asyncio.timeout(20):
        while True:
            if process.returncode is not None:
                raise RuntimeError((folder / "said").read_text())
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.close()
            return

"""dibs demo."""

import asyncio
import socket
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from dibs.commands.console import BAD_SETTINGS, fail, settings
from dibs.demo.run import invitation, prepared
from dibs.demo.run import run as run_demo
from dibs.operations import logs
from dibs.operations.serving import listen, url_of

Port = Annotated[int | None, typer.Option(help="Port to listen on.", show_default="8000")]
Quiet = Annotated[bool, typer.Option("--quiet-traffic", help="Customers and colleagues take their time.")]


def demo(*, port: Port = None, quiet_traffic: Quiet = False) -> None:
    """Start a server with a workspace that lives. Its data stays in DIBS_DATA_DIR, or goes when none is set."""
    asked = settings(port=port)
    with ExitStack() as stack:
        folder = asked.data_dir
        if "data_dir" not in asked.model_fields_set:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dibs-demo-")))
        folder.mkdir(parents=True, exist_ok=True)
        found = asked.model_copy(
            update={
                "data_dir": folder,
                "database_url": f"sqlite:///{folder.resolve() / 'demo.db'}",
                "workers": 1,
                "rate_limit_per_minute": 0,
                # All its customers are at one address, and what is outside is on loopback.
                "visitor_limit_per_minute": 0,
                "allow_private_targets": True,
                "smtp_listen_port": asked.smtp_listen_port or _free_port(),
                # Its people send some requests every second; what you do should not drown in them.
                "log_level": "warning" if "log_level" not in asked.model_fields_set else asked.log_level,
            }
        )
        logs.configure(found)
        try:
            listener = listen(found)
        except OSError as error:
            fail(f"cannot listen on {found.host}:{found.port}: {error.strerror}; choose another --port", BAD_SETTINGS)
            raise
        stack.enter_context(listener)
        typer.echo("Preparing the workspace, some seconds the first time…", err=True)
        members = asyncio.run(prepared(found))
        lines = "\n".join(invitation(url_of(listener), members, folder))
        asyncio.run(run_demo(found, listener, members, quiet=quiet_traffic, ready=lambda: typer.echo(lines)))
        typer.echo("The demo has ended.")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port

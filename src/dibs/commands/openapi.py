"""dibs openapi."""

import json

import typer

from dibs.app import create
from dibs.commands.console import settings


def openapi() -> None:
    """Print the OpenAPI document, in the form in which the web app's sources keep it. Opens no database."""
    typer.echo(json.dumps(create(settings()).openapi(), indent=1, ensure_ascii=False))

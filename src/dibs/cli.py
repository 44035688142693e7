"""The command line. Each command is a function in dibs.commands; this file only lists them."""

import typer

from dibs.commands import accounts, articles, audit, backup, demo, doctor, openapi, seed, serve
from dibs.commands.console import OneLine

app = typer.Typer(
    cls=OneLine,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Dibs: a shared inbox in which a conversation has at most one human owner.",
)
app.command()(serve.serve)
app.command()(demo.demo)
app.command()(serve.migrate)
app.command()(doctor.doctor)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(seed.seed)
app.command(hidden=True)(openapi.openapi)
app.add_typer(audit.audit, name="audit")
app.add_typer(articles.articles, name="articles")
app.add_typer(accounts.workspace, name="workspace")
app.add_typer(accounts.agent, name="agent")
app.add_typer(accounts.api_key, name="api-key")

if __name__ == "__main__":
    app()

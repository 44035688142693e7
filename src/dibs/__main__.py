"""`python -m dibs` is `dibs`."""

from dibs.cli import app

app()

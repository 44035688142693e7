"""Looks for words in everything that an installation keeps of a workspace: every table, every file."""

import asyncio
from pathlib import Path

from dibs.migrations.apply import tables
from tests.support.house import House


async def traces(house: House, folder: Path, *words: str) -> list[str]:
    """Where any of `words` still stands: table and column, or a file's path."""
    found = []
    for table in tables().sorted_tables:
        column = "workspace_id" if "workspace_id" in table.columns else "id"
        if column not in table.columns:
            continue
        for row in await house.rows(f"SELECT * FROM {table.name} WHERE {column} = :ws"):
            for name, value in vars(row).items():
                text = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
                found += [f"{table.name}.{name}: {word}" for word in words if word.lower() in text.lower()]
    return found + await asyncio.to_thread(_in_files, folder, words)


def _in_files(folder: Path, words: tuple[str, ...]) -> list[str]:
    kept = [path for path in (folder / "files").rglob("*") if path.is_file()]
    return [f"{path}: {word}" for path in kept for word in words if word.encode() in path.read_bytes()]

"""dev.py builds the web app when its sources changed, and at no other time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools import web

OLD, NEW = "v20.20.2", "v24.1.0"


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What npm was asked to do in a small web folder; `build` writes a document, as Vite would."""
    place, calls = tmp_path / "web", list[str]()
    for name in ("src/main.ts", "node_modules/react/index.js", "package.json", "package-lock.json"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(name)

    def npm(_: web.Tree, *arguments: str) -> None:
        calls.append(next(word for word in arguments if word not in ("run", "--silent")))
        if calls[-1] == "build":
            (tmp_path / "dist").mkdir(exist_ok=True)
            (tmp_path / "dist/index.html").write_text("built")

    @contextmanager
    def alone() -> Iterator[None]:
        yield

    monkeypatch.setattr(web, "ROOT", tmp_path)
    monkeypatch.setattr(web, "TREES", (web.Tree("the web app", place, tmp_path / "dist"),))
    monkeypatch.setattr(web, "npm", npm)
    monkeypatch.setattr(web, "one_at_a_time", alone)
    return calls


def test_it_installs_and_builds_once(ran: list[str]) -> None:
    web.build()
    web.build()
    assert ran == ["ci", "build"]


@pytest.mark.parametrize("name", ["src/main.ts", "src/new.ts", "public/favicon.svg", "vite.config.ts"])
def test_a_changed_source_is_built_again(ran: list[str], name: str) -> None:
    web.build()
    (web.TREES[0].folder / name).parent.mkdir(exist_ok=True)
    (web.TREES[0].folder / name).write_text("changed")
    web.build()
    assert ran == ["ci", "build", "build"]


def test_a_renamed_source_is_built_again(ran: list[str]) -> None:
    web.build()
    (web.TREES[0].folder / "src/main.ts").rename(web.TREES[0].folder / "src/other.ts")
    web.build()
    assert ran == ["ci", "build", "build"]


@pytest.mark.parametrize("name", ["node_modules/react/index.js", "coverage/report.html", ".cache/x", "test-results/a"])
def test_what_is_no_source_builds_nothing(ran: list[str], name: str) -> None:
    web.build()
    (web.TREES[0].folder / name).parent.mkdir(parents=True, exist_ok=True)
    (web.TREES[0].folder / name).write_text("changed")
    web.build()
    assert ran == ["ci", "build"]


def test_a_changed_lock_file_installs_again(ran: list[str]) -> None:
    web.build()
    (web.TREES[0].folder / "package-lock.json").write_text("changed")
    web.build()
    assert ran == ["ci", "build", "ci", "build"]


def test_a_build_that_failed_is_tried_again(ran: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    works = web.npm

    def fails(tree: web.Tree, *arguments: str) -> None:
        if "build" in arguments:
            sys.exit(1)
        works(tree, *arguments)

    web.build()
    (web.TREES[0].folder / "src/main.ts").write_text("broken")
    monkeypatch.setattr(web, "npm", fails)
    with pytest.raises(SystemExit):
        web.build()
    monkeypatch.setattr(web, "npm", works)
    web.build()
    assert ran == ["ci", "build", "build"]


def test_a_source_that_changes_during_the_build_is_not_taken_for_built(
    ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    works = web.npm

    def edited_meanwhile(tree: web.Tree, *arguments: str) -> None:
        works(tree, *arguments)
        if "build" in arguments:
            (web.TREES[0].folder / "src/main.ts").write_text("edited")

    monkeypatch.setattr(web, "npm", edited_meanwhile)
    web.build()
    monkeypatch.setattr(web, "npm", works)
    web.build()
    assert ran == ["ci", "build", "build"]


def test_a_tree_without_the_app_has_nothing_to_do(ran: list[str]) -> None:
    (web.TREES[0].folder / "package.json").unlink()
    web.build()
    web.test()
    web.check(fix=True)
    assert ran == []


def _on_path(folder: Path, version: str) -> None:
    for name in ("node", "npm"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="writes shell scripts")
@pytest.mark.parametrize(("version", "taken"), [(OLD, False), ("v22.19.9", False), ("nonsense", False), (NEW, True)])
def test_only_a_new_enough_node_on_path_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, taken: bool
) -> None:
    _on_path(tmp_path, version)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    web.tools.cache_clear()
    try:
        node, npm = web.tools()
        assert (node == tmp_path / "node") is taken
        assert (npm == [str(tmp_path / "npm")]) is taken
    finally:
        web.tools.cache_clear()


def test_without_any_node_it_says_what_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(web, "wheel", lambda: None)
    web.tools.cache_clear()
    with pytest.raises(SystemExit):
        web.tools()
    assert "needs Node 22.20 or newer" in capsys.readouterr().out

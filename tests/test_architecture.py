"""The house rules, run: sizes, the one commit site, actors of routes, documents that keep up."""

import ast
import re
from pathlib import Path
from typing import get_type_hints

import pytest
from fastapi.routing import APIRoute

from dibs.accounts.identify import Call, IdentifyingRoute
from dibs.app import create
from dibs.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src/dibs").rglob("*.py"))
BESIDE = [path for folder in ("tests", "bench", "tools") for path in sorted((ROOT / folder).rglob("*.py"))]
PYTHON = [*SOURCES, *BESIDE, ROOT / "dev.py"]
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
# Nobody has signed in yet there, or a machine asks.
PUBLIC = {
    ("POST", "/v1/sessions"),
    ("GET", "/v1/invitations/by-token/{token}"),
    ("POST", "/v1/invitations/accept"),
    ("POST", "/v1/password-resets"),
    ("POST", "/v1/password-resets/{token}"),
    ("GET", "/v1/first-run"),
    ("POST", "/v1/first-run"),
    ("GET", "/channels/whatsapp/webhook"),
    ("POST", "/channels/whatsapp/webhook"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/docs"),
    ("GET", "/problems"),
    ("GET", "/problems/{code}"),
    # Signed: the signature is the credential.
    ("GET", "/files/{workspace_id}/{file_id}/{expires}/{signature}/{name}"),
    ("GET", "/widget/v1/{key}/config"),
    ("POST", "/widget/v1/{key}/session"),
    ("POST", "/widget/v1/{key}/identify"),
    ("GET", "/widget/v1/{key}/messages"),
    ("POST", "/widget/v1/{key}/messages"),
    ("POST", "/widget/v1/{key}/offline"),
    ("POST", "/widget/v1/{key}/seen"),
    ("POST", "/widget/v1/{key}/files"),
    ("GET", "/widget/v1/{key}/files/{file_id}"),
    ("OPTIONS", "/widget/v1/{key}/{rest}"),
    ("GET", "/widget.js"),
    ("GET", "/widget/{name}"),
    ("GET", "/widget-demo"),
    ("GET", "/assets/{name}"),
    ("GET", "/{name}"),
    ("GET", "/{page}"),
}


def is_migration(path: Path) -> bool:
    return "versions" in path.parts


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_fit_a_screen(path: Path) -> None:
    if is_migration(path):
        return
    text = path.read_text()
    assert text.count("\n") <= LONGEST_FILE, f"{path} is too long: split it by what it does"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            assert lines <= LONGEST_FUNCTION, f"{node.name} in {path} has {lines} lines"


def test_packages_have_empty_init_files() -> None:
    assert [path for path in SOURCES if path.name == "__init__.py" and path.read_text().strip()] == []


def test_no_drawer_for_everything() -> None:
    drawers = {"service", "services", "manager", "repository", "utils", "util", "helpers", "common", "base", "misc"}
    assert [path for path in SOURCES if path.stem in drawers or drawers & set(path.parts)] == []


def test_only_the_transaction_and_the_databases_below_it_commit() -> None:
    """Verbs and routes cannot: a COMMIT stands in db/, and writing transactions are opened in the places listed."""
    commits = {
        str(path.relative_to(ROOT / "src/dibs"))
        for path in SOURCES
        if re.search(r"\.commit\(|\"COMMIT\"|'COMMIT'", path.read_text())
    }
    assert commits <= {"db/sqlite.py", "seeding/bulk.py", "commands/backup.py", "migrations/apply.py"}, commits
    opened = {
        str(path.relative_to(ROOT / "src/dibs"))
        for path in SOURCES
        if re.search(r"database\.transaction\(\)", path.read_text())
    }
    # Beside tx.py: housekeeping that deletes what nobody can ask for, and counts refusals that changed nothing.
    print("open transactions without a ledger:", sorted(opened))
    assert "conversations/claims.py" not in opened
    assert not {path for path in opened if path.endswith("routes.py")}


def test_tasks_are_started_where_their_failures_are_seen() -> None:
    starters = {
        str(path.relative_to(ROOT / "src/dibs"))
        for path in SOURCES
        if re.search(r"create_task\(|ensure_future\(", path.read_text())
    }
    assert starters <= {"tasks.py", "db/sqlite.py"}, starters


def test_every_route_declares_its_actor(tmp_path: Path) -> None:
    app = create(Settings(data_dir=tmp_path))
    routes = [route for route in app.routes if isinstance(route, APIRoute)]
    public = {
        (method, route.path_format)
        for route in routes
        if not isinstance(route, IdentifyingRoute)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert public == PUBLIC
    for route in routes:
        if isinstance(route, IdentifyingRoute):
            asked = {hint for hint in get_type_hints(route.endpoint).values() if isinstance(hint, type)}
            assert Call in asked, f"{route.path} does not ask for a Call"


def test_imports_stand_at_the_top() -> None:
    """An import inside a function usually hides a cycle."""
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_the_decisions_are_all_listed() -> None:
    index = (ROOT / "docs/adr/README.md").read_text()
    assert [path.name for path in (ROOT / "docs/adr").glob("0*.md") if path.name not in index] == []


def test_links_between_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name} points at {target}"


def test_no_file_names_a_registry_or_a_machine() -> None:
    # Put together here, so that this file does not name them either.
    words = ["files.python" + "hosted", "registry." + "npmjs", "/" + "work/"]
    pins = (
        "constraints.txt",
        "pyproject.toml",
        "web/package.json",
        "web/package-lock.json",
        "widget/package.json",
        "widget/package-lock.json",
    )
    tracked = [path for path in [*PYTHON, *(ROOT / name for name in pins)] if path.exists()]
    assert [(path.name, word) for path in tracked for word in words if word in path.read_text()] == []

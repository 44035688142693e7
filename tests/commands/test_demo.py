"""dibs demo: it starts by itself, lives, and stops cleanly."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.support.server import ROOT, _environment

START_SECONDS, LIVE_SECONDS = 90.0, 60.0


@pytest.fixture
def backend() -> str:
    """The demo brings its own database."""
    return "sqlite"


def _started(folder: Path) -> tuple[subprocess.Popen[str], str]:
    environment = _environment() | {"DIBS_DATA_DIR": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "-m", "dibs", "demo", "--port", "0"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    os.set_blocking(process.stdout.fileno(), True)
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C stops" in line:
            return process, said
    raise RuntimeError(said)


def _stopped(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    return rest


def test_the_demo_lives_and_stops(tmp_path: Path) -> None:
    process, said = _started(tmp_path)
    try:
        url = re.search(r"http://\S+", said)
        keys = re.findall(r"ak_\w+", said)
        assert url
        assert len(set(keys)) == 3
        assert said.count("password") == 3
        headers = {"Authorization": f"Bearer {keys[0]}"}
        with httpx.Client(base_url=url[0], headers=headers, trust_env=False, timeout=20) as client:
            deadline, moved = time.monotonic() + LIVE_SECONDS, False
            while time.monotonic() < deadline and not moved:
                try:
                    held = client.get("/v1/conversations", params={"view": "others"})
                    moved = held.status_code == 200 and bool(held.json()["data"])
                except httpx.TransportError:
                    pass
                time.sleep(0.1)
            assert moved, "no colleague claimed anything"
            assert len(client.get("/v1/pools").json()["data"]) == 3
            assert client.get("/v1/conversations", params={"view": "resolved"}).json()["next_cursor"]
            channels = client.get("/v1/channels").json()["data"]
            assert sorted(each["kind"] for each in channels) == ["email", "whatsapp", "widget"]
            assert [each["problem"] for each in channels] == [None, None, None]
            assert _bot_has_answered(client), "the bot has answered nobody"
            assert 'data-key="wk_' in client.get("/widget-demo").text
        rest = _stopped(process)
        assert process.returncode == 0
        assert "Traceback" not in rest
        assert "The demo has ended." in rest
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _bot_has_answered(client: httpx.Client) -> bool:
    """Whether a customer of today, who came through a channel, was answered by the bot, within a while."""
    deadline = time.monotonic() + LIVE_SECONDS
    while time.monotonic() < deadline:
        for row in client.get("/v1/conversations", params={"view": "any", "sort": "newest"}).json()["data"]:
            if row["channel"] != "api" and row["message_count"] > 1:
                said = client.get(f"/v1/conversations/{row['id']}/messages").json()["data"]
                if any(message["kind"] == "bot" for message in said):
                    return True
        time.sleep(0.1)
    return False


def test_it_prints_where_to_sign_in_and_as_whom(tmp_path: Path) -> None:
    process, said = _started(tmp_path)
    try:
        url = re.search(r"Dibs Demo runs at (http://\S+)", said)
        people = re.findall(r"^ +(agent|admin) +(\S+@\S+) +password (\S+)$", said, re.MULTILINE)
        assert url
        assert sorted(role for role, _, _ in people) == ["admin", "agent", "agent"]
        for role, email, password in people:
            with httpx.Client(base_url=url[1], trust_env=False, timeout=20) as browser:
                answer = browser.post("/v1/sessions", json={"email": email, "password": password})
                assert (answer.status_code, answer.json()["role"]) == (201, role)
                assert browser.get("/v1/first-run").json() == {"needed": False}
                page = browser.get("/", headers={"Accept": "text/html"})
                assert ("The web app is not built" in said) == ("The web app is not built" in page.text)
    finally:
        _stopped(process)


def test_a_second_start_keeps_the_workspace_and_its_sign_ins(tmp_path: Path) -> None:
    first, said = _started(tmp_path)
    _stopped(first)
    second, again = _started(tmp_path)
    _stopped(second)
    assert re.findall(r"ak_\w+|password \S+", again) == re.findall(r"ak_\w+|password \S+", said)
    assert (tmp_path / "demo.json").stat().st_mode & 0o077 == 0

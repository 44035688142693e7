"""Which pages may call: those of the origins that an admin named, exactly, and the installation's own."""

from itertools import product

import httpx
import pytest

from tests.support.house import House
from tests.support.visitors import SHOP, Widget, widget_of


@pytest.fixture
def backend() -> str:
    """One database is enough: origins are judged outside of it."""
    return "sqlite"


OTHERS = [
    "http://shop.example",
    "https://shop.example:8443",
    "https://evil.example",
    "https://shop.example.evil.example",
    "https://evilshop.example",
    "https://SHOP.example/",
    "https://www.shop.example",
    "http://localhost",
    "http://localhost:3000",
    "http://127.0.0.1",
    "null",
    "",
    "*",
    "ünïcode".encode().decode("latin-1"),
]


async def test_a_page_of_another_origin_gets_nothing(widget: Widget, page: httpx.AsyncClient) -> None:
    calls = (("GET", "/config"), ("POST", "/session"), ("GET", "/messages"), ("OPTIONS", "/messages"))
    for origin, (method, path) in product(OTHERS, calls):
        headers = {b"Origin": origin.encode("latin-1")}
        answer = await page.request(method, widget.path + path, headers=headers, json={} if method == "POST" else None)
        assert answer.status_code == 403, (origin, method, path, answer.text)
        assert "access-control-allow-origin" not in answer.headers


async def test_a_page_of_the_widgets_origin_may_read_answers_and_refusals(
    widget: Widget, page: httpx.AsyncClient
) -> None:
    for path, status in (("/config", 200), ("/messages", 401), ("/files/file_x", 422)):
        answer = await page.get(widget.path + path, headers={"Origin": SHOP})
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == SHOP
        assert "Origin" in answer.headers["vary"]
        assert "access-control-allow-credentials" not in answer.headers


async def test_a_browser_is_told_what_it_may_send(widget: Widget, page: httpx.AsyncClient) -> None:
    asked = {"Origin": SHOP, "Access-Control-Request-Method": "POST"}
    answer = await page.options(f"{widget.path}/messages", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == SHOP
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "Authorization" in answer.headers["access-control-allow-headers"]


async def test_the_installations_own_pages_need_no_permission(widget: Widget, page: httpx.AsyncClient) -> None:
    answer = await page.get(f"{widget.path}/config", headers={"Origin": "http://dibs.test"})
    assert answer.status_code == 200 and "access-control-allow-origin" not in answer.headers
    assert (await page.get(f"{widget.path}/config")).status_code == 200


async def test_localhost_is_let_in_only_where_it_is_named(house: House, page: httpx.AsyncClient) -> None:
    local = await widget_of(house.ada, allowed_origins=["http://localhost:3000/", "HTTPS://Other.Example:443"])
    for origin, status in (
        ("http://localhost:3000", 200),
        ("http://localhost:3001", 403),
        ("https://other.example", 200),
    ):
        assert (await page.get(f"{local.path}/config", headers={"Origin": origin})).status_code == status


MEANINGLESS: list[dict[str, object]] = [
    {"allowed_origins": ["shop.example"]},
    {"allowed_origins": ["https://shop.example/path"]},
    {"allowed_origins": ["*"]},
    {"allowed_origins": ["https://*.shop.example"]},
    {"allowed_origins": ["javascript:alert(1)"]},
    {"allowed_origins": "https://shop.example"},
    {"colour": "red"},
    {"colour": "#fff"},
    {"colour": "#12345g"},
    {"languages": []},
    {"languages": ["fr"]},
    {"title": "x" * 81},
    {"greeting": "NUL \x00"},
    {"offline_form": "yes"},
    {"key": "wk_mine"},
    {"identity_secret": "short"},
    {"position": "top"},
    {"surprise": 1},
]


async def test_settings_that_mean_nothing_are_refused(house: House) -> None:
    for given in MEANINGLESS:
        answer = await house.ada.post("/channels", {"kind": "widget", "name": "Website", "settings": given})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), (given, answer.text)
    assert (await house.ada.get("/channels")).json()["data"] == []


async def test_each_widget_has_a_key_of_its_own_that_stays(house: House) -> None:
    one, other = await widget_of(house.ada), await widget_of(house.ada)
    assert one.key != other.key
    changed = await house.ada.patch(f"/channels/{one.id}", {"settings": {"title": "Help"}})
    assert changed.json()["address"] == one.key and changed.json()["settings"]["allowed_origins"] == [SHOP]


async def test_who_asks_too_often_is_told_to_wait(house: House, widget: Widget, app: object) -> None:
    state = app.state  # type: ignore[attr-defined]
    visitor = await widget.visitor()
    state.settings = state.settings.model_copy(update={"visitor_limit_per_minute": 3})
    answers = [await visitor.say() for _ in range(4)]
    assert [answer.status_code for answer in answers][-1] == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    assert answers[-1].headers["access-control-allow-origin"] == SHOP


async def test_a_body_that_is_too_large_is_not_read(widget: Widget) -> None:
    visitor = await widget.visitor()
    answer = await visitor.say("x" * 300_000)
    assert answer.status_code == 413

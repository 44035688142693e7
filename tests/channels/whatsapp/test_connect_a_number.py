"""An admin connects a WhatsApp number: tried at WhatsApp first, in whose words it is refused."""

from typing import Any

from tests.support.graph import Graph
from tests.support.house import House
from tests.support.whatsapp import Line, settings


async def test_a_number_is_connected_and_shows_no_secret(house: House, line: Line) -> None:
    shown = (await house.vic.get(f"/channels/{line.channel['id']}")).json()
    assert shown["address"] == shown["settings"]["phone_number_id"] == line.number
    assert set(shown["settings"]) == {"phone_number_id", "business_account_id", "graph_url"}
    for secret in ("EAAJB", "app-secret", "verify-"):
        assert secret not in str(shown)


NOT_ACCEPTED: list[Any] = [
    ({"access_token": "old"}, "Invalid OAuth access token"),
    ({"phone_number_id": "555"}, "does not exist"),
    ({"business_account_id": "555"}, "does not exist"),
    ({"graph_url": "http://127.0.0.1:9/v26.0"}, "cannot be reached"),
]


async def test_what_whatsapp_does_not_accept_is_not_connected(house: House, graph: Graph) -> None:
    for wrong, words in NOT_ACCEPTED:
        body = {"kind": "whatsapp", "name": "Line", "settings": settings(graph) | wrong}
        answer = await house.ada.post("/channels", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "channel_refused"), answer.text
        assert words in answer.json()["detail"]
        assert (await house.ada.get("/channels")).json()["data"] == []


MALFORMED: list[Any] = [
    ({"phone_number_id": "+1 555"}, "invalid"),
    ({"phone_number_id": 5}, "invalid"),
    ({"business_account_id": "../me"}, "invalid"),
    ({"app_secret": ""}, "invalid"),
    ({"verify_token": None}, "invalid"),
    ({"graph_url": "file:///etc/passwd"}, "target_refused"),
    ({"graph_url": "https://user:pass@graph.example"}, "target_refused"),
    ({"colour": "green"}, "invalid"),
]


async def test_what_is_malformed_is_refused_before_anybody_is_asked(house: House, graph: Graph) -> None:
    for wrong, code in MALFORMED:
        answer = await house.ada.post(
            "/channels", {"kind": "whatsapp", "name": "L", "settings": settings(graph) | wrong}
        )
        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
        assert graph.asked == []


async def test_a_new_token_is_tried_and_the_other_secrets_stay(line: Line) -> None:
    path = f"/channels/{line.channel['id']}"
    assert (await line.house.ada.patch(path, {"settings": {"access_token": "old"}})).status_code == 422
    line.graph.token = "EAAJB-new"
    assert (await line.house.ada.patch(path, {"settings": {"access_token": "EAAJB-new"}})).status_code == 200
    await line.write("Still signed with the same secret")

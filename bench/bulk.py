"""A bulk claim of fifty conversations against a claim of one."""

import json

from bench import wire
from bench.installation import Store, stores
from bench.table import Line, at_most, median, ms

AT_ONCE = 50
BAR, AIM = 12.0, 7.0
LIMIT = 100_000


async def main(argv: list[str]) -> list[Line]:
    """Measures both databases, bulk and single claims in turn; `--quick` 20 of each, else 100."""
    rounds = 20 if "--quick" in argv else 100
    with stores() as both:
        return [await measure(store, rounds) for store in both]


async def measure(store: Store, rounds: int) -> Line:
    """The line of one database. Claims come over one connection, so nothing waits for anything else."""
    installation = store.new()
    installation.dibs("migrate")
    needed = rounds * (AT_ONCE + 5)
    owner, _, agent = installation.seed(3, needed)["agents"]
    with installation.serve() as server:
        server.call("PATCH", "/workspace/settings", owner["key"], {"max_claims_per_agent": LIMIT})
        left: list[str] = []
        cursor = ""
        while len(left) < needed:
            page = server.call("GET", f"/conversations?view=unclaimed&limit=100{cursor}", agent["key"])
            left += [each["id"] for each in page["data"]]
            cursor = f"&cursor={page['next_cursor']}"
        client = await wire.connect(server.port)
        singles, bulks = [], []
        for _ in range(rounds):
            for _ in range(5):
                request = wire.request("POST", f"/v1/conversations/{left.pop()}/claim", agent["key"])
                singles.append((await _ask(client, request)).seconds)
            ids = [left.pop() for _ in range(AT_ONCE)]
            body = json.dumps({"conversation_ids": ids}).encode()
            answer = await _ask(client, wire.request("POST", "/v1/conversations/bulk/claim", agent["key"], body))
            if json.loads(answer.body)["claimed"] != AT_ONCE:
                raise RuntimeError(f"not all were claimed: {answer.body[:500]!r}")
            bulks.append(answer.seconds)
        client.close()
    store.remove(installation)
    one, many = median(singles), median(bulks)
    return Line(
        f"bulk claim of {AT_ONCE}, p50, {store.name}",
        ms(many),
        f"one claim {ms(one)}",
        f"{many / one:.1f}",
        f"<= {BAR:g}",
        f"{AIM:g}",
        at_most(many / one, BAR, AIM),
    )


async def _ask(client: wire.Wire, request: bytes) -> wire.Answer:
    answer = await client.ask(request)
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} {answer.body[:500]!r}")
    return answer

"""The first page of a list, in a small workspace and in one of a million conversations: it must take as long."""

from collections.abc import Mapping
from typing import Any

from bench import wire
from bench.installation import Installation, Server, Store, stores
from bench.table import Line, at_most, median, ms
from dibs.seeding.inbox import COMMON_TAG

AGENTS = 5
SIZES, QUICK_SIZES = (10_000, 100_000, 1_000_000), (1_000, 10_000, 50_000)
BAR, AIM = 1.5, 1.1
ASKED = 300
# As many in every size, so that the pages have the same length.
RARE_TAG, RARE = "quite-rare", 10
PAGES: Mapping[str, str] = {
    "unclaimed": "",
    "by channel": "&channel=whatsapp",
    "by a common tag": f"&tag={COMMON_TAG}",
    "by a rare tag": f"&tag={RARE_TAG}",
    "by a tag without match": "&tag=on-nothing",
}


async def main(argv: list[str]) -> list[Line]:
    """Measures both databases; `--quick` with small sizes."""
    sizes = QUICK_SIZES if "--quick" in argv else SIZES
    with stores() as both:
        return [line for store in both for line in await measure(store, sizes)]


async def measure(store: Store, sizes: tuple[int, ...]) -> list[Line]:
    """The lines of one database: the slowest-growing first page against the same page of the smallest size."""
    found = []
    for size in sizes:
        installation, seed, _ = store.full(AGENTS, size)
        found.append(await _first_pages(installation, seed, size))
    lines = []
    for page in PAGES:
        times = [each[page] for each in found]
        ratio = times[-1] / times[0]
        lines.append(
            Line(
                f"first page, {page}, {store.name}",
                " · ".join(ms(each) for each in times),
                "at " + " · ".join(_short(size) for size in sizes),
                f"{ratio:.2f}",
                f"<= {BAR}",
                str(AIM),
                at_most(ratio, BAR, AIM),
            )
        )
    return lines


async def _first_pages(installation: Installation, seed: Mapping[str, Any], size: int) -> dict[str, float]:
    """The median seconds of each page, asked for in turn over one connection."""
    key = seed["agents"][0]["key"]
    taken: dict[str, list[float]] = {page: [] for page in PAGES}
    with installation.serve() as server:
        _tag_a_few(server, key, size)
        client = await wire.connect(server.port)
        requests = {
            page: wire.request("GET", f"/v1/conversations?view=unclaimed{more}", key) for page, more in PAGES.items()
        }
        for number in range(ASKED):
            for page, request in requests.items():
                answer = await client.ask(request)
                if answer.status != 200:
                    raise RuntimeError(f"{page}: {answer.status} {answer.body[:500]!r}")
                # The first look warms caches and plans.
                if number >= ASKED // 10:
                    taken[page].append(answer.seconds)
        client.close()
    return {page: median(seconds) for page, seconds in taken.items()}


def _tag_a_few(server: Server, key: str, size: int) -> None:
    """Puts the rare tag on conversations of the first pages of different lists, unless they have it already."""
    path = f"/conversations?view=unclaimed&tag={RARE_TAG}"
    if server.call("GET", path, key)["data"]:
        return
    page = server.call("GET", f"/conversations?view=unclaimed&limit={RARE // 2}", key)["data"]
    page += server.call("GET", f"/conversations?view=all&limit={RARE // 2}", key)["data"]
    ids = [each["id"] for each in page]
    answer = server.call("POST", "/conversations/bulk/tag", key, {"conversation_ids": ids, "add": [RARE_TAG]})
    if answer["done"] != RARE:
        raise RuntimeError(f"{size}: tagged {answer['done']} of {RARE}")


def _short(size: int) -> str:
    return f"{size // 1_000_000} M" if size >= 1_000_000 else f"{size // 1_000} k"

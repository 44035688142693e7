"""The first page of a list, in a small workspace and in one of a million conversations: it must take as long."""

from collections.abc import Mapping
from contextlib import ExitStack

from bench import wire
from bench.installation import Server, Store, stores
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
    """The lines of one database: each page at the largest size against the same page at the smallest.

    All sizes are served at once and asked in turn, so that whatever else the machine does slows all of them.
    """
    taken: dict[tuple[int, str], list[float]] = {(size, page): [] for size in sizes for page in PAGES}
    with ExitStack() as running:
        asked = []
        for size in sizes:
            installation, seed, _ = store.full(AGENTS, size)
            server, key = running.enter_context(installation.serve()), seed["agents"][0]["key"]
            _tag_a_few(server, key, size)
            client = await wire.connect(server.port)
            running.callback(client.close)
            for page, more in PAGES.items():
                request = wire.request("GET", f"/v1/conversations?view=unclaimed{more}", key)
                asked.append((client, request, taken[size, page]))
        for number in range(ASKED):
            for client, request, seconds in asked:
                answer = await client.ask(request)
                if answer.status != 200:
                    raise RuntimeError(f"{request!r}: {answer.status} {answer.body[:500]!r}")
                # The first looks warm caches and plans.
                if number >= ASKED // 10:
                    seconds.append(answer.seconds)
    return [_line(store, page, {size: median(taken[size, page]) for size in sizes}) for page in PAGES]


def _line(store: Store, page: str, times: Mapping[int, float]) -> Line:
    ratio = times[max(times)] / times[min(times)]
    return Line(
        f"first page, {page}, {store.name}",
        " · ".join(ms(each) for each in times.values()),
        "at " + " · ".join(_short(size) for size in times),
        f"{ratio:.2f}",
        f"<= {BAR}",
        str(AIM),
        at_most(ratio, BAR, AIM),
    )


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

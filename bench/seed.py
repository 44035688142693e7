"""How long `dibs seed` takes for a million conversations."""

from bench.installation import Store, stores
from bench.lists import AGENTS, QUICK_SIZES, SIZES
from bench.table import Line, at_most

BAR, AIM = 300.0, 150.0


async def main(argv: list[str]) -> list[Line]:
    """Measures both databases; with `--quick` fewer, which says nothing about the bar."""
    size = (QUICK_SIZES if "--quick" in argv else SIZES)[-1]
    with stores() as both:
        return [measure(store, size) for store in both]


def measure(store: Store, size: int) -> Line:
    """The line of one database. The lists are then measured on what was made here."""
    _, _, seconds = store.full(AGENTS, size)
    is_whole = size == SIZES[-1]
    return Line(
        f"seed {size:,} conversations, {store.name}",
        f"{seconds:.0f} s",
        f"{size / seconds:,.0f}/s",
        bar=f"<= {BAR:g} s" if is_whole else "",
        aim=f"{AIM:g} s" if is_whole else "",
        verdict=at_most(seconds, BAR, AIM) if is_whole else "",
    )

"""What axe finds wrong with a page, in words that say where to look."""

from typing import Any

from playwright.async_api import Page

from tests.support import chromium

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What the colours decide; all else is the same, light or dark.
COLOURS = ["color-contrast", "link-in-text-block"]
# What is still fading in has no colour to be judged.
_SETTLED = """async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const isEnding = (each) => each.playState === "running" && each.effect.getComputedTiming().endTime !== Infinity;
  for (let calm = 0; calm < 3; calm = document.getAnimations().some(isEnding) ? 0 : calm + 1) await frame();
}"""
_RUN = """([where, options]) => axe.run(where ?? document, options).then(({ violations, passes }) => ({
  passed: passes.length,
  violations: violations.map(({ id, help, nodes }) => ({
    id, help, nodes: nodes.map(({ target, html, failureSummary }) => ({ target, html, failureSummary })),
  })),
}))"""


async def violations(page: Page, theme: str = "light", where: str | None = None) -> list[str]:
    """The violations of WCAG 2.2 A and AA in the page as it is now; in the dark theme, those of colour.

    `where` is the selector of what alone is judged: what lies half under a panel has no size of its own.
    """
    assert await page.evaluate("() => document.documentElement.dataset.theme") == theme
    await page.evaluate(_SETTLED)
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(chromium.axe())
    only = {"type": "tag", "values": TAGS} if theme == "light" else {"type": "rule", "values": COLOURS}
    options = {"runOnly": only, "resultTypes": ["violations"]}
    if theme == "light":
        options["rules"] = {"target-size": {"enabled": True}}
    found: dict[str, Any] = await page.evaluate(_RUN, [where, options])
    # A page on which nothing could be judged would look faultless.
    assert found["passed"] > 0
    return [_told(each, node, theme) for each in found["violations"] for node in each["nodes"]]


def _told(violation: dict[str, Any], node: dict[str, Any], theme: str) -> str:
    why = node["failureSummary"].splitlines()[-1].strip()
    return f"{violation['id']} ({theme}): {violation['help']}\n  {node['target']}\n  {node['html'][:200]}\n  {why}"

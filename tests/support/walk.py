"""A walk through the app on which every place is judged by axe."""

import re
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.async_api import Locator, expect

from tests.support import axe
from tests.support.desk import Desk


@dataclass
class Walk:
    """Goes through the app and judges what is on screen at each place."""

    desk: Desk
    theme: str
    found: list[str] = field(default_factory=list)

    async def judge(self, place: str, where: str | None = None) -> None:
        """Judges this place."""
        self.found += [f"{place}: {told}" for told in await axe.violations(self.desk.page, self.theme, where)]

    async def judge_dialog(self, place: str, role: Literal["dialog", "menu"] = "dialog") -> None:
        """Judges what has opened over the page, and closes it."""
        await expect(self.desk.page.get_by_role(role).last).to_be_visible()
        await self.judge(place, f"[role={role}]")
        await self.desk.page.keyboard.press("Escape")
        await expect(self.desk.page.get_by_role(role)).to_have_count(0)

    async def menu(self, item: str | re.Pattern[str]) -> None:
        """Chooses from the menu of the open conversation."""
        await self.desk.header.get_by_role("button", name="More actions").click()
        await self.desk.page.get_by_role("menuitem", name=item).click()

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """The first button of that name."""
        return self.desk.page.get_by_role("button", name=name).first

    def conclude(self) -> None:
        """Fails with everything that was found."""
        if self.found:
            pytest.fail("\n\n".join(self.found), pytrace=False)

"""A person at a browser, in the words of the field. Every page she sees is checked with axe, also narrow and dark."""

import re
from datetime import date

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kursvis.demo.rules.cast import PASSWORD, CastMember

NARROW = {"width": 320, "height": 800}
WIDE = {"width": 1280, "height": 900}


class Visitor:
    """Drives one page."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.axe = Axe()
        self.size = WIDE
        self.checked: set[str] = set()

    def has_a_phone(self) -> None:
        """Go on in a window of 320 px; every page is still checked wide too."""
        self.size = NARROW
        self.page.set_viewport_size(NARROW)

    def goes_to(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.checks_page()

    def clicks(self, name: str, *, role: str = "link", exact: bool = False, within: str | None = None) -> None:
        scope = self.page.locator(within) if within else self.page
        scope.get_by_role(role, name=name, exact=exact).first.click()
        self.page.wait_for_load_state()
        self.checks_page()

    def presses(self, name: str, *, exact: bool = False, within: str | None = None) -> None:
        self.clicks(name, role="button", exact=exact, within=within)

    def fills(self, label: str, value: str) -> None:
        labelled = self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(?!\w)"))
        labelled.and_(self.page.locator("input, textarea, select")).first.fill(value)

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def does_not_see(self, text: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(text)

    def checks_page(self) -> None:
        """Check each kind of page once in a journey: wide, at 320 px, and dark."""
        kind = re.sub(r"[0-9a-f-]{36}", "*", self.page.url.removeprefix(self.base).split("?")[0])
        state = (kind, self.page.locator("h1").first.inner_text() if self.page.locator("h1").count() else "")
        key = "|".join(state)
        if key in self.checked:
            return
        self.checked.add(key)
        self.page.set_viewport_size(WIDE)
        self._is_accessible(f"{key} wide")
        self.page.set_viewport_size(NARROW)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROW["width"], f"{key} is {width} px wide at 320 px"
        self.page.emulate_media(color_scheme="dark")
        self._is_accessible(f"{key} narrow and dark")
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(self.size)

    def _is_accessible(self, where: str) -> None:
        found = self.axe.run(self.page, options={"resultTypes": ["violations"]})  # what passed takes most of the time
        assert found.violations_count == 0, f"{where}: {found.generate_report()}"

    def logs_in_as(self, person: CastMember) -> None:
        """Log in with the demo's test e-ID."""
        self.logs_out()
        self.goes_to("/logga-in/test/")
        self.presses(f"{person.first_name} {person.last_name}")

    def logs_in_with_password(self, user_name: str) -> None:
        self.goes_to("/logga-in/")
        self.fills("Användarnamn", user_name)
        self.fills("Lösenord", PASSWORD)
        self.presses("Logga in", exact=True)

    def confirms(self) -> None:
        """Show anew who she is with the test e-ID, and do what she was about to do."""
        self.presses("Bekräfta med test-legitimation")
        self.sees("Du är bekräftad")
        self.presses("Gör det nu")

    def logs_out(self) -> None:
        self.page.context.clear_cookies()

    def is_on_day(self, day: date) -> None:
        """Move the demo's date forward."""
        self.goes_to("/demo/datum/")
        self.fills("Gå till dag", day.isoformat())
        self.presses("Gå till dagen")
        self.sees(f"I demon är det {day.isoformat()}")

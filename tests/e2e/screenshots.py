"""Pictures of the main pages of the running demo, into docs/screenshots/.

Start the demo, then: python -m tests.e2e.screenshots --address http://127.0.0.1:8000 --password PASSWORD
Where Pillow is installed (no other part of the project needs it) they come out at a third of the size. `--only` makes
those whose name begins with it; `--into` puts them elsewhere.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.harness import browser

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
WIDE, NARROW = 1280, 390


def row(words: str = "") -> Callable[[Any], None]:
    """Opens the first row of the page's tables that has these words."""
    return lambda page: page.locator("tbody a", has_text=words).first.click()


@dataclass(frozen=True)
class Shot:
    """`then`: what is pressed there first."""

    name: str
    address: str
    then: Callable[[Any], None] | None = None
    scheme: str = "light"
    width: int = WIDE


def a_staged_file(page: Any) -> None:
    """An import with a wrong cell, as far as its preview; the demo keeps it as a staged one."""
    order = int(time.time())  # the same file again would lead to the import that is there
    rows = (
        "Ref,Entity,Risk,Kind,Amount,Expected",
        f"SO-{order},ALD-SE,USDEUR,FORECAST,1250000,2027-03-31",
        f"SO-{order + 1},ALD-SE,USDEUR,FORECAST,1.2.5,2027-04-30",
        f"SO-{order + 2},ALD-UK,AUDGBP,FORECAST,-400000,2027-13-30",
    )
    content = "\n".join(rows).encode()
    page.get_by_label("Source").fill("SALES")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "orders.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Keep the file and go on").click()
    for name, value in {
        "encoding": "utf-8", "separator": ",", "decimal": ".", "dates": "ISO", "sign": "AS_IS",
    }.items():  # fmt: skip
        page.locator(f"select[name={name}]").select_option(value)
    page.get_by_label("Row of the headings").fill("1")
    page.get_by_role("button", name="Show the columns").click()
    for place, name in enumerate(("reference", "entity", "risk", "kind", "amount", "expected_date"), 1):
        page.locator(f"select[name=column_{name}]").select_option(str(place))
    page.get_by_role("button", name="Check every row").click()
    page.get_by_text("2 cells are wrong").wait_for()


TICKET = (
    "/trades/new/?kind=FORWARD&entity=ALD-SE&side=SELL&currency=USD&amount=5m&against=EURUSD&value_date=3M"
    "&counterparty=NLB&rate=1.1232"
)
COLUMNS = "?columns=risk_code,kind,exposure_amount,unit,expected_date,decision"
SHOTS = (
    Shot("position", "/"),
    Shot("position-dark", "/", scheme="dark"),
    Shot("position-narrow", "/", width=NARROW),
    Shot("first-steps", "/"),
    Shot("position-cell", "/", row("Over-hedged")),
    Shot("why-moved", "/why/ALD-UK/?risk=AUDGBP"),
    Shot("why-moved-dark", "/why/ALD-UK/?risk=AUDGBP", scheme="dark"),
    Shot("horizon", "/horizon/"),
    Shot("horizon-dark", "/horizon/", scheme="dark"),
    Shot("into-band", "/proposals/into-band/ALD-SE/TRYEUR/"),
    Shot("proposals", "/proposals/"),
    Shot("policy", "/policies/ALD-SE/USDEUR/"),
    Shot("exposures", f"/exposures/{COLUMNS}"),
    Shot("exposures-narrow", "/exposures/", width=NARROW),
    Shot("exposure", "/exposures/", row()),
    Shot("import-preview", "/exposures/imports/new/", a_staged_file),
    Shot("instruments", "/instruments/"),
    Shot("instruments-dark", "/instruments/", scheme="dark"),
    Shot("ticket", TICKET),
    Shot("ticket-dark", TICKET, scheme="dark"),
    Shot("ticket-narrow", TICKET, width=NARROW),
    Shot("trade-life", "/search/?q=D-2025-063", row()),
    Shot("coming-days", "/instruments/coming/"),
    Shot("relationship", "/relationships/?effectiveness=EFFECTIVE", row("HR-")),
    Shot("effectiveness", "/effectiveness/?sort=r_squared&status=EFFECTIVE", row("HR-")),
    Shot("accounting", "/accounting/"),
    Shot("journal", "/journal/?entity=ALD-SE"),
    Shot("journal-dark", "/journal/?entity=ALD-SE", scheme="dark"),
    Shot("strategy", "/strategy/compare/"),
    Shot("strategy-dark", "/strategy/compare/", scheme="dark"),
    Shot("explanation", "/instruments/?kind=FORWARD", lambda page: (row()(page), page.locator("a.how").first.click())),
    Shot("runs", "/runs/"),
    Shot("market", "/market/?kind=FORWARD_POINTS"),
    Shot("measure", "/calculators/cost_of_hedging/"),
    Shot("calculator", "/calculators/hedge_ratio/?hedged_amount=6000000&exposure_amount=10000000"),
    Shot("keys", "/help/keyboard/"),
    Shot("search", "/search/?q=USD"),
)  # fmt: skip


def in_few_colours(picture: Path) -> None:
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(picture) as shot:
        few = shot.convert("RGB").quantize(colors=192, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def screen(shot: Shot) -> tuple[str, int]:
    return shot.scheme, shot.width


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--user", default="treasurer")
    parser.add_argument("--password", required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--into", type=Path, default=FOLDER)
    chosen = parser.parse_args()
    chosen.into.mkdir(parents=True, exist_ok=True)
    asked = sorted((shot for shot in SHOTS if shot.name.startswith(chosen.only)), key=screen)
    with browser.started() as program:
        for (scheme, width), shots in groupby(asked, key=screen):
            context = program.new_context(
                base_url=chosen.address, color_scheme=scheme, viewport={"width": width, "height": 800}
            )
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("input[name=login]", chosen.user)
            page.fill("input[name=password]", chosen.password)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(lambda url: "login" not in url)
            for shot in shots:
                steps = "shown" if shot.name == "first-steps" else "hidden"
                context.add_cookies([{"name": "first_steps", "value": steps, "url": chosen.address}])
                taken(page, shot, chosen.into / f"{shot.name}.png")
            context.close()


def taken(page: Any, shot: Shot, picture: Path) -> None:
    page.goto(shot.address)
    if shot.then:
        shot.then(page)
        page.wait_for_load_state()
    page.screenshot(path=str(picture))
    in_few_colours(picture)
    print(picture.name)


if __name__ == "__main__":
    main()

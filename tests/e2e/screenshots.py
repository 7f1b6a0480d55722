"""Pictures of the main pages of the running demo, into docs/screenshots/.

Start the demo, then: python -m tests.e2e.screenshots --address http://127.0.0.1:8000 --password PASSWORD
Where Pillow is installed (no other part of the project needs it) they come out at a third of the size.
"""

import argparse
from pathlib import Path

from tests.harness import browser

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
#: name: (address, or a list's address and the words of the row to open; scheme; width)
PAGES = {
    "position": ("/", "", "light", 1280),
    "position-dark": ("/", "", "dark", 1280),
    "position-narrow": ("/", "", "light", 390),
    "position-cell": ("/", "Over-hedged", "light", 1280),
    "horizon": ("/horizon/", "", "light", 1280),
    "horizon-dark": ("/horizon/", "", "dark", 1280),
    "instruments": ("/instruments/", "", "light", 1280),
    "relationship": ("/relationships/?effectiveness=EFFECTIVE", "HR-", "light", 1280),
    "effectiveness": ("/effectiveness/?sort=r_squared&status=EFFECTIVE", "HR-", "light", 1280),
    "explanation": ("/numbers/valuations/61/31/present_value/", "", "light", 1280),
    "runs": ("/runs/", "", "light", 1280),
    "market": ("/market/?kind=FORWARD_POINTS", "", "light", 1280),
    "measure": ("/calculators/cost_of_hedging/", "", "light", 1280),
    "calculator": (
        "/calculators/hedge_ratio/?hedged_amount=-6000000&exposure_amount=10000000",
        "",
        "light",
        1280,
    ),
}


def in_few_colours(picture: Path) -> None:
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(picture) as shot:
        few = shot.convert("RGB").quantize(colors=192, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--user", default="treasurer")
    parser.add_argument("--password", required=True)
    chosen = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with browser.started() as program:
        for name, (address, row, scheme, width) in PAGES.items():
            context = program.new_context(
                base_url=chosen.address, color_scheme=scheme, viewport={"width": width, "height": 800}
            )
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("input[name=login]", chosen.user)
            page.fill("input[name=password]", chosen.password)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(lambda url: "login" not in url)
            page.goto(address)
            if row:
                page.locator("table a", has_text=row).first.click()
            page.screenshot(path=str(FOLDER / f"{name}.png"))
            in_few_colours(FOLDER / f"{name}.png")
            context.close()
            print(f"{name}.png")


if __name__ == "__main__":
    main()

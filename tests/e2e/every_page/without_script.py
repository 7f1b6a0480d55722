"""What a page without script leaves dead: a form that nothing sends, a field of no form, a button or link of script."""

from typing import Any

#: Over the page as the server sends it; the key Enter sends a form of one field, and what is hidden is shown by script.
DEAD = """html => {
    const page = new DOMParser().parseFromString(html, "text/html"), found = [];
    const all = marks => [...page.querySelectorAll(marks)].filter(one => !one.closest("[hidden], template"));
    const tell = (what, one) => found.push(`${what}: ${one.outerHTML.slice(0, 160)}`);
    const sends = one => one.matches("button:not([type]), [type=submit]") && !one.closest("[hidden]");
    const typed = one => one.matches("input:not([type]), [type=text], [type=search], [type=number], [type=date]");
    for (const form of all("form")) {
        const fields = [...form.elements];
        if (!fields.some(sends) && fields.filter(typed).length !== 1) tell("a form without a button", form);
    }
    for (const one of all("input, select, textarea, button")) if (!one.form && !one.readOnly) tell("of no form", one);
    for (const one of all("button[type=button], a[href='#'], a:not([href])")) tell("dead", one);
    return found;
}"""


def dead(page: Any, html: str) -> list[str]:
    found: list[str] = page.evaluate(DEAD, html)
    return found

"""From a description to SVG that may stand inline under a strict content security policy."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from treasury.web import formats
from treasury.web.charts.theme import KINDS, PAPER

KEEP_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True)
class Picture:
    svg: SafeString
    words: str
    keys: SafeString | str = ""
    name: str = ""
    long: bool = False


def draw(spec: dict, *, words: str = "", kinds: list[str] | None = None) -> Picture:
    """The same description is the same picture, byte for byte, so its digest is the key of the cache.

    A description holds the numbers of one published run, which never change.
    """
    text = json.dumps(spec, sort_keys=True, separators=(",", ":"), default=float)
    digest = hashlib.sha256(text.encode()).hexdigest()
    key = f"picture:{digest}"
    svg = cache.get(key)
    if svg is None:
        svg = to_svg(text, digest, str(spec["description"]))
        cache.set(key, svg, KEEP_SECONDS)
    return Picture(
        svg=mark_safe(svg), words=words, keys=keys_of(kinds or []), name=str(spec["description"]),
        long=spec["width"] > 600,
    )  # fmt: skip


def to_svg(spec: str, digest: str, name: str) -> str:
    import vl_convert  # here and not above: see the package's docstring

    svg = vl_convert.vegalite_to_svg(json.loads(spec))
    names: dict[str, str] = {}

    def renamed(match: re.Match[str]) -> str:
        old = match.group(2)
        names.setdefault(old, f"c{digest[:10]}{len(names)}")
        return f"{match.group(1)}{names[old]}{match.group(3)}"

    svg = re.sub(r'(id="|url\(#)((?:clip|gradient)[\w-]*)("|\))', renamed, svg)
    svg = re.sub(r'\sstyle="([^"]*)"', _as_attributes, svg)
    return svg.replace(
        "<svg ",
        f'<svg role="graphics-document" aria-roledescription="picture" aria-label="{escape(name)}" ',
        1,
    )


def _as_attributes(match: re.Match[str]) -> str:
    """`style="a: b; c: d"` becomes ` a="b" c="d"`: an inline style would need a hole in the policy."""
    pairs = (part.split(":", 1) for part in match.group(1).split(";") if ":" in part)
    return "".join(f' {name.strip()}="{escape(value.strip())}"' for name, value in pairs)


def on_paper(svg: str) -> str:
    """The same picture with its colours written out, for a file without the style sheet."""
    return re.sub(r"var\(--([\w-]+)\)", lambda match: PAPER[match.group(1)], svg)


def keys_of(kinds: list[str]) -> SafeString:
    if not kinds:
        return mark_safe("")
    items = format_html_join("", "<li>{}{}</li>", ((formats.swatch(kind), KINDS[kind][0]) for kind in kinds))
    return format_html('<ul class="keys" aria-label="Colours">{}</ul>', items)

"""Draw static/icons.svg: the icons named in dev/icons.txt and the project's own status glyphs, as one sprite.

Usage: python dev/icons.py FOLDER
FOLDER is the npm package @tabler/icons, unpacked (`npm pack @tabler/icons@3.51.0`, then `tar xzf`).
Symbols carry no colour and no stroke of their own: `.i` in app.css gives both, so one sprite serves every theme.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ROOT / "dev" / "icons.txt"
SPRITE = ROOT / "static" / "icons.svg"

FULL = 'fill="currentColor" stroke="none"'
RING = '<circle cx="6" cy="6" r="4.75"/>'
# One shape per status, so that a status can be told without its colour.
GLYPHS = {
    "st-incomplete": '<circle cx="6" cy="6" r="4.75" stroke-dasharray="1.7 2.03" stroke-linecap="butt"/>',
    "st-coming-soon": f'{RING}<path {FULL} d="M6 3a3 3 0 0 1 0 6z"/>',
    "st-active": f'<circle {FULL} cx="6" cy="6" r="5"/>',
    "st-contract": f'{RING}<circle {FULL} cx="6" cy="6" r="2.6"/>',
    "st-pending": f'{RING}<path {FULL} d="M6 6V3a3 3 0 1 1-3 3z"/>',
    "st-closed": f'<path {FULL} fill-rule="evenodd" d="M6 .7a5.3 5.3 0 1 0 0 10.6A5.3 5.3 0 0 0 6 .7zM8.9 5'
    'L5.6 8.3a.75.75 0 0 1-1.06 0L3 6.75a.75.75 0 1 1 1.06-1.06l1 1 2.78-2.75A.75.75 0 1 1 8.9 5z"/>',
    "st-hold": f'<path {FULL} d="M2.5 1.5h2.2v9H2.5zM7.3 1.5h2.2v9H7.3z"/>',
    "st-withdrawn": '<path d="M10.5 6h-9M5 2.5L1.5 6 5 9.5"/>',
    "st-expired": f'{RING}<path d="M6 3.4V6l1.7 1"/>',
    "st-canceled": '<path d="M2.3 2.3l7.4 7.4M9.7 2.3L2.3 9.7"/>',
}


def wanted(lines):
    """Name in templates -> Tabler's name, from the lines of icons.txt."""
    pairs = (line.split("#")[0].split() for line in lines)
    return {words[0]: words[-1] for words in pairs if words}


def symbol(name, svg):
    """One <symbol> from a Tabler drawing, without the empty frame that each of them starts with."""
    body = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    body = re.sub(r'<path stroke="none"[^>]*/>', "", body)
    body = re.sub(r"\s+", " ", body).replace("> <", "><").replace(" />", "/>").strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>'


def sprite(package):
    """The whole sprite as text."""
    drawings = Path(package) / "icons" / "outline"
    icons = wanted(NAMES.read_text().splitlines())
    parts = [symbol(name, (drawings / f"{source}.svg").read_text()) for name, source in sorted(icons.items())]
    parts += [f'<symbol id="{name}" viewBox="0 0 12 12">{body}</symbol>' for name, body in GLYPHS.items()]
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(parts) + "</svg>\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    SPRITE.write_text(sprite(sys.argv[1]))
    print(f"{SPRITE.relative_to(ROOT)}: {SPRITE.stat().st_size} bytes")

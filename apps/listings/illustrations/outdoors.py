"""The pool terrace in front of the towers."""

from __future__ import annotations

from random import Random

from apps.listings.illustrations.canvas import Canvas, curve
from apps.listings.illustrations.palettes import SKYLINES, Light
from apps.listings.illustrations.skyline import draw_palm, draw_skyline

DECK = 745.0
POOL = 810.0
POOLS = {
    Light.DAY: ("#59bcd1", "#3a9db6", "#eddcc2"),
    Light.DUSK: ("#7b7fb8", "#5a5c97", "#b98c86"),
    Light.TEAL: ("#58bfb4", "#389a94", "#e6dcc0"),
}


def draw_pool_terrace(canvas: Canvas, light: Light, rng: Random) -> None:
    """A pool with loungers, a parasol and palms, by one of the lights of POOLS; the skyline stands behind the deck."""
    palette = SKYLINES[light]
    draw_skyline(canvas, palette, rng)
    water, edge, stone = POOLS[light]
    width = canvas.width
    canvas.rectangle(0, DECK, width, 1000, stone)
    canvas.rectangle(0, DECK, width, DECK + 7, "#ffffff", alpha=0.35)
    canvas.polygon([(130, POOL), (width - 130, POOL), (width + 60, 1000), (-60, 1000)], edge)
    canvas.polygon([(120, POOL + 18), (width - 120, POOL + 18), (width + 80, 1000), (-80, 1000)], water)
    for _ in range(9):
        x, y = rng.uniform(120, width - 320), rng.uniform(POOL + 45, 985)
        _draw_ripple(canvas, x, y, rng.uniform(90, 180))
    parasol = rng.uniform(0.28, 0.72) * width
    accent = rng.choice(("#d9744a", "#e0b04f", "#f3efe6", "#3e7d9c"))
    for dx in (-210, 70):
        _draw_lounger(canvas, parasol + dx, DECK + 48)
    _draw_parasol(canvas, parasol, DECK + 44, accent)
    leaf = "#2c6b55" if light is not Light.DUSK else "#2c3a52"
    trunk = "#7c6247" if light is not Light.DUSK else "#3b3350"
    for x, height in ((70, 430), (width - 90, 470), (width - 240, 330)):
        draw_palm(canvas, x + rng.uniform(-25, 25), DECK + 58, height * rng.uniform(0.85, 1.1), trunk, leaf)


def _draw_ripple(canvas: Canvas, x: float, y: float, length: float) -> None:
    half = length / 2
    first = curve((x, y), (x + half / 2, y - 12), (x + half, y), steps=8)
    second = curve((x + half, y), (x + half * 1.5, y + 12), (x + length, y), steps=8)
    canvas.line(first + second[1:], "#ffffff", 4, alpha=0.45)


def _draw_lounger(canvas: Canvas, x: float, ground: float) -> None:
    canvas.line([(x + 24, ground), (x + 30, ground - 26)], "#8b6b4e", 7)
    canvas.line([(x + 118, ground), (x + 112, ground - 26)], "#8b6b4e", 7)
    canvas.line([(x + 148, ground - 28), (x + 44, ground - 28), (x, ground - 66)], "#fbfaf7", 16)


def _draw_parasol(canvas: Canvas, x: float, ground: float, colour: str) -> None:
    canvas.rectangle(x - 4, ground - 210, x + 4, ground, "#f1ece2")
    dome = curve((x - 130, ground - 176), (x - 70, ground - 252), (x, ground - 256))
    dome += curve((x, ground - 256), (x + 70, ground - 252), (x + 130, ground - 176))
    canvas.polygon(dome, colour)
    panel = [*curve((x, ground - 256), (x + 26, ground - 230), (x + 44, ground - 176)), (x - 44, ground - 176)]
    canvas.polygon(
        [*panel, *curve((x - 44, ground - 176), (x - 26, ground - 230), (x, ground - 256))], "#ffffff", alpha=0.22
    )

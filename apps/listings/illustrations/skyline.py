"""Towers over the water: the marina at five times of day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from apps.listings.illustrations.canvas import Canvas, Point, curve, mix
from apps.listings.illustrations.palettes import SkylinePalette

HORIZON = 783.0
QUAY_HEIGHT = 15.0
WINDOW_STEP = 27.0
WINDOW_SIZE = 13.5


@dataclass(frozen=True)
class Tower:
    """A tower's footprint and height; `top` is where its tallest straight wall begins, in units from the sky down."""

    left: float
    width: float
    top: float
    roof: str

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


def draw_skyline(canvas: Canvas, palette: SkylinePalette, rng: Random, *, landmark: float | None = None) -> None:
    """Fill the canvas with sky, three rows of towers, quay, palms, water and perhaps a boat.

    `landmark` is the horizontal place (0 to 1) of the tallest tower; without it, it stands somewhere near the middle.
    """
    _draw_sky(canvas, palette, rng)
    far, middle, near = palette.towers
    for tower in _row(canvas.width, rng, width=(52, 96), top=(410, 640)):
        _draw_tower(canvas, tower, far, palette, rng, row=0)
    for tower in _row(canvas.width, rng, width=(84, 128), top=(285, 540), gap=(8, 70)):
        _draw_tower(canvas, tower, middle, palette, rng, row=1)
    front = _landmarks(canvas.width, rng, landmark)
    for tower in front:
        _draw_tower(canvas, tower, near, palette, rng, row=2)
    _draw_palms(canvas, palette, rng)
    canvas.rectangle(0, HORIZON - QUAY_HEIGHT, canvas.width, HORIZON, palette.quay)
    _draw_water(canvas, palette, rng, front)
    if rng.random() < 0.8:
        _draw_boat(canvas, palette, rng.uniform(0.22, 0.78) * canvas.width, HORIZON + rng.uniform(85, 125))


def _draw_sky(canvas: Canvas, palette: SkylinePalette, rng: Random) -> None:
    canvas.gradient(0, 0, canvas.width, HORIZON, palette.sky)
    for _ in range(palette.stars):
        size = rng.uniform(1.0, 2.6)
        place = rng.random() * canvas.width, rng.random() ** 1.5 * 480
        canvas.ellipse(*place, size, size, "#ffffff", alpha=rng.uniform(0.25, 0.9))
    high = 430 if palette.clouds == 0 and not palette.stars else rng.uniform(130, 230)
    _draw_sun(canvas, palette, rng.choice((rng.uniform(0.12, 0.3), rng.uniform(0.7, 0.9))) * canvas.width, high)
    if palette.clouds:
        for _ in range(rng.randint(2, 4)):
            _draw_cloud(canvas, rng.random() * canvas.width, rng.uniform(90, 300), rng.uniform(0.7, 1.2), palette)


def _draw_sun(canvas: Canvas, palette: SkylinePalette, x: float, y: float) -> None:
    """The sun or the moon with its light around it."""
    canvas.glow(x, y, 250, palette.sun, strength=palette.sun_strength * 0.55)
    if palette.stars or palette.clouds:
        canvas.ellipse(x, y, 28 if palette.stars else 42, 28 if palette.stars else 42, palette.sun, alpha=0.9)


def _draw_cloud(canvas: Canvas, x: float, y: float, scale: float, palette: SkylinePalette) -> None:
    for dx, dy, rx, ry in ((-70, 6, 92, 15), (10, -9, 74, 17), (78, 5, 88, 13)):
        canvas.ellipse(x + dx * scale, y + dy * scale, rx * scale, ry * scale, "#ffffff", alpha=palette.clouds * 0.55)


def _row(
    total: float, rng: Random, *, width: tuple[int, int], top: tuple[int, int], gap: tuple[int, int] = (-12, 22)
) -> list[Tower]:
    towers, x = [], -rng.uniform(10, 60)
    while x < total:
        wide = rng.uniform(*width)
        towers.append(Tower(x, wide, rng.uniform(*top), rng.choice(tuple(ROOFS))))
        x += wide + rng.uniform(*gap)
    return towers


def _landmarks(total: float, rng: Random, place: float | None) -> list[Tower]:
    tallest = (place or rng.uniform(0.36, 0.6)) * total
    width = rng.uniform(165, 192)
    side = rng.choice((-1, 1))
    beside = tallest + side * rng.uniform(170, 235)
    roofs = rng.sample(tuple(ROOFS), 2)
    return [
        Tower(beside - 66, rng.uniform(118, 138), rng.uniform(285, 400), roofs[1]),
        Tower(tallest - width / 2, width, rng.uniform(115, 190), roofs[0]),
    ]


def _flat(t: Tower) -> list[Point]:
    return [(t.left, t.top), (t.right, t.top)]


def _slanted(t: Tower) -> list[Point]:
    return [(t.left, t.top + t.width * 0.42), (t.right, t.top)]


def _slanted_left(t: Tower) -> list[Point]:
    return [(t.left, t.top), (t.right, t.top + t.width * 0.36)]


def _dome(t: Tower) -> list[Point]:
    spring = t.top + t.width * 0.34
    return curve((t.left, spring), (t.left + t.width * 0.14, t.top), (t.middle, t.top)) + curve(
        (t.middle, t.top), (t.right - t.width * 0.14, t.top), (t.right, spring)
    )


def _tapered(t: Tower) -> list[Point]:
    inset, shoulder = t.width * 0.11, t.top + t.width * 1.25
    return curve((t.left, shoulder), (t.left + inset * 0.1, t.top + t.width * 0.5), (t.left + inset, t.top)) + curve(
        (t.right - inset, t.top), (t.right - inset * 0.1, t.top + t.width * 0.5), (t.right, shoulder)
    )


def _stepped(t: Tower) -> list[Point]:
    step, rise = t.width * 0.17, t.width * 0.26
    return [
        (t.left, t.top + 2 * rise),
        (t.left + step, t.top + 2 * rise),
        (t.left + step, t.top + rise),
        (t.left + 2 * step, t.top + rise),
        (t.left + 2 * step, t.top),
        (t.right - 2 * step, t.top),
        (t.right - 2 * step, t.top + rise),
        (t.right - step, t.top + rise),
        (t.right - step, t.top + 2 * rise),
        (t.right, t.top + 2 * rise),
    ]


def _sail(t: Tower) -> list[Point]:
    return [
        (t.left, t.top),
        *curve((t.left + t.width * 0.12, t.top), (t.right, t.top), (t.right, t.top + t.width * 1.3)),
    ]


ROOFS: dict[str, Callable[[Tower], list[Point]]] = {
    "flat": _flat,
    "mast": _flat,
    "slanted": _slanted,
    "slanted_left": _slanted_left,
    "dome": _dome,
    "tapered": _tapered,
    "stepped": _stepped,
    "sail": _sail,
}
HIGHEST_WINDOW = {"flat": 0.3, "mast": 0.3, "tapered": 0.5, "sail": 0.75}
STRAIGHT_BELOW = {"tapered": 1.25, "sail": 1.3}


def _draw_tower(canvas: Canvas, tower: Tower, colour: str, palette: SkylinePalette, rng: Random, *, row: int) -> None:
    ground = HORIZON - QUAY_HEIGHT / 2
    if tower.roof == "mast":
        mast = tower.middle + tower.width * rng.choice((-0.2, 0, 0.2))
        canvas.rectangle(mast - 3, tower.top - rng.uniform(50, 95), mast + 3, tower.top + 1, colour)
        canvas.rectangle(mast - tower.width * 0.13, tower.top - 16, mast + tower.width * 0.13, tower.top + 1, colour)
    outline = ROOFS[tower.roof](tower)
    canvas.polygon([*outline, (tower.right, ground), (tower.left, ground)], colour)
    shade_from = tower.top + max(tower.width * STRAIGHT_BELOW.get(tower.roof, 0.45), (HORIZON - tower.top) * 0.12)
    canvas.rectangle(
        tower.left + tower.width * 0.66, shade_from, tower.right, ground, mix(colour, "#000000", 0.5), alpha=0.17
    )
    if palette.window_alpha[row]:
        _draw_windows(canvas, tower, palette, rng, row)


def _draw_windows(canvas: Canvas, tower: Tower, palette: SkylinePalette, rng: Random, row: int) -> None:
    size = WINDOW_SIZE * (0.8 if row < 2 else 1)
    step = WINDOW_STEP * (0.8 if row < 2 else 1)
    columns = int((tower.width - 10) // step)
    first = tower.left + (tower.width - columns * step + step - size) / 2
    y = tower.top + tower.width * HIGHEST_WINDOW.get(tower.roof, 0.62)
    lit = rng.uniform(0.46, 0.62) * (0.4 if row == 0 else 1)
    while y < HORIZON - QUAY_HEIGHT - size - 8:
        for column in range(columns):
            if rng.random() < lit:
                alpha = palette.window_alpha[row] * rng.choice((1, 0.78, 0.6, 0.3))
                x = first + column * step
                canvas.rectangle(x, y, x + size, y + size, palette.window, alpha=alpha)
        y += step


def _draw_palms(canvas: Canvas, palette: SkylinePalette, rng: Random) -> None:
    for _ in range(rng.randint(3, 5)):
        x = rng.random() * canvas.width
        for _ in range(rng.choice((1, 1, 2))):
            draw_palm(canvas, x, HORIZON - 2, rng.uniform(72, 112), palette.palm, palette.palm)
            x += rng.uniform(34, 56)


def draw_palm(canvas: Canvas, x: float, ground: float, height: float, trunk: str, leaf: str) -> None:
    """A palm tree that leans a little and has six drooping leaves."""
    crown = (x - height * 0.06, ground - height)
    canvas.line(curve((x, ground), (x + height * 0.06, ground - height * 0.5), crown), trunk, height * 0.06)
    for reach, lift, drop in ((-0.46, 0.2, 0.22), (-0.36, 0.34, 0.04), (-0.2, 0.1, 0.3),
                              (0.46, 0.2, 0.26), (0.36, 0.34, 0.06), (0.22, 0.1, 0.32)):  # fmt: skip
        tip = (crown[0] + reach * height, crown[1] + drop * height)
        bend = (crown[0] + reach * height * 0.55, crown[1] - lift * height)
        under = (crown[0] + reach * height * 0.5, crown[1] - (lift - 0.17) * height)
        canvas.polygon([*curve(crown, bend, tip), *curve(tip, under, crown)], leaf)


def _draw_water(canvas: Canvas, palette: SkylinePalette, rng: Random, front: list[Tower]) -> None:
    canvas.gradient(0, HORIZON, canvas.width, 1000, palette.water)
    near = palette.towers[2]
    for tower in front:
        canvas.gradient(
            tower.left + 8,
            HORIZON,
            tower.right - 8,
            1000,
            ((0, near), (1, near)),
            alpha=0.5 if tower is front[-1] else 0.28,
        )
    for _ in range(int(canvas.width / 22)):
        depth = rng.random()
        x, y = rng.uniform(-60, canvas.width), HORIZON + 6 + depth * 185
        length = rng.uniform(24, 70) * (0.6 + depth)
        canvas.line([(x, y), (x + length, y)], palette.streak, 2.6, alpha=rng.uniform(0.12, 0.5))


def _draw_boat(canvas: Canvas, palette: SkylinePalette, x: float, y: float) -> None:
    canvas.polygon([(x - 50, y - 27), (x + 42, y - 27), (x + 60, y + 2), (x - 62, y + 2)], palette.cabin)
    canvas.polygon([(x - 80, y), (x + 80, y), (x + 54, y + 29), (x - 58, y + 29)], "#f5f3f4")
    canvas.rectangle(x - 50, y + 29, x + 46, y + 33, palette.streak, alpha=0.35)

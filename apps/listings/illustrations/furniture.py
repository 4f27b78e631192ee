"""What stands in the rooms. Every piece is placed by the point where it meets the floor or by its box."""

from __future__ import annotations

from random import Random

from apps.listings.illustrations.canvas import Canvas, Point, curve, mix
from apps.listings.illustrations.palettes import SKYLINES, RoomPalette
from apps.listings.illustrations.skyline import draw_skyline

FLOOR = 690.0


def draw_shell(canvas: Canvas, room: RoomPalette, rng: Random, *, floor: float = FLOOR) -> None:
    """Wall, skirting board, floor and the light that falls in."""
    width = canvas.width
    canvas.gradient(0, 0, width, floor, room.wall)
    slant = rng.uniform(0.15, 0.75) * width
    canvas.polygon([(slant, 0), (slant + 330, 0), (slant - 60, floor), (slant - 390, floor)], "#ffffff", alpha=0.13)
    canvas.gradient(0, floor, width, 1000, room.floor)
    canvas.polygon(
        [(width * 0.24, 1000), (width * 0.42, floor), (width * 0.78, floor), (width * 0.9, 1000)], "#ffffff", alpha=0.1
    )
    canvas.rectangle(0, floor - 12, width, floor, "#ffffff", alpha=0.75)


def draw_window(
    canvas: Canvas, room: RoomPalette, rng: Random, box: tuple[float, float, float, float], *, panes: int = 3
) -> None:
    """A window on the marina between two curtains, in the box (left, top, right, bottom)."""
    left, top, right, bottom = box
    view = canvas.inset(left, top, right, bottom)
    draw_skyline(view, SKYLINES[room.outside], rng)
    canvas.place(view, left, top)
    frame = 15.0
    canvas.rectangle(left - frame, top - frame, right + frame, top, "#ffffff")
    canvas.rectangle(left - frame, bottom, right + frame, bottom + frame * 1.2, "#ffffff")
    for index in range(panes + 1):
        x = left + (right - left) * index / panes
        thick = frame if index in (0, panes) else frame * 0.45
        canvas.rectangle(x - thick, top, x + thick, bottom, "#ffffff")
    canvas.polygon(
        [(left + 40, bottom), (left + 200, top), (left + 290, top), (left + 130, bottom)], "#ffffff", alpha=0.1
    )
    _draw_curtains(canvas, room, left - 92, left + 12, top - 38, bottom + 90)
    _draw_curtains(canvas, room, right - 12, right + 92, top - 38, bottom + 90)
    canvas.line([(left - 120, top - 38), (right + 120, top - 38)], mix(room.wood, "#ffffff", 0.25), 7)


def _draw_curtains(canvas: Canvas, room: RoomPalette, left: float, right: float, top: float, bottom: float) -> None:
    canvas.rectangle(left, top, right, bottom, room.linen, alpha=0.93)
    for fold in range(1, 4):
        x = left + (right - left) * fold / 4
        canvas.rectangle(x - 4, top, x + 4, bottom, room.wall[1][1], alpha=0.35)


def draw_floor_lamp(canvas: Canvas, room: RoomPalette, x: float, ground: float) -> None:
    top = ground - 415
    canvas.glow(x, top + 60, 190, "#fff1c9", strength=0.75)
    canvas.rectangle(x - 6, top + 100, x + 6, ground, room.wood)
    canvas.ellipse(x, ground, 40, 8, room.wood)
    canvas.polygon([(x - 36, top), (x + 36, top), (x + 58, top + 104), (x - 58, top + 104)], "#fff0cf")


def draw_plant(canvas: Canvas, x: float, ground: float, scale: float = 1.0) -> None:
    base = (x, ground - 84 * scale)
    leaves: tuple[tuple[float, float, str], ...] = (
        (-95, -135, "#4d7f5b"),
        (105, -88, "#3f6d4c"),
        (-58, -60, "#3f6d4c"),
        (70, -172, "#558a64"),
        (2, -216, "#4a7d59"),
    )
    for dx, dy, colour in leaves:
        draw_leaf(canvas, base, (x + dx * scale, base[1] + dy * scale), 25 * scale, colour)
    canvas.polygon(
        [(x - 36 * scale, ground - 86 * scale), (x + 36 * scale, ground - 86 * scale),
         (x + 27 * scale, ground), (x - 27 * scale, ground)],
        "#f0e9df",
    )  # fmt: skip
    canvas.rectangle(x - 36 * scale, ground - 86 * scale, x + 36 * scale, ground - 76 * scale, "#ddd2c4")


def draw_leaf(canvas: Canvas, stem: Point, tip: Point, breadth: float, colour: str) -> None:
    """A pointed leaf from its stem to its tip."""
    dx, dy = tip[0] - stem[0], tip[1] - stem[1]
    length = (dx * dx + dy * dy) ** 0.5
    across = (-dy / length * breadth * 1.6, dx / length * breadth * 1.6)
    middle = (stem[0] + dx * 0.55, stem[1] + dy * 0.55)
    one, other = ((middle[0] + s * across[0], middle[1] + s * across[1]) for s in (1, -1))
    canvas.polygon([*curve(stem, one, tip), *curve(tip, other, stem)], colour)
    canvas.polygon([*curve(stem, one, tip), tip, stem], "#ffffff", alpha=0.07)


def draw_sofa(canvas: Canvas, room: RoomPalette, left: float, right: float, ground: float) -> None:
    seat = mix(room.main, "#1d2a30", 0.22)
    canvas.ellipse((left + right) / 2, ground + 4, (right - left) * 0.53, 14, "#000000", alpha=0.1)
    for foot in (left + 60, right - 60):
        canvas.rectangle(foot - 7, ground - 20, foot + 7, ground + 6, room.dark)
    canvas.rectangle(left + 28, ground - 202, right - 28, ground - 60, room.main, radius=34)
    canvas.rectangle(left + 40, ground - 98, right - 40, ground - 8, seat, radius=12)
    middle = (left + right) / 2
    canvas.rectangle(middle - 2, ground - 186, middle + 2, ground - 98, seat, alpha=0.6)
    canvas.rectangle(left, ground - 146, left + 88, ground, seat, radius=40)
    canvas.rectangle(right - 88, ground - 146, right, ground, seat, radius=40)
    canvas.rectangle(left + 124, ground - 166, left + 236, ground - 78, room.accent, radius=18)
    canvas.rectangle(right - 222, ground - 160, right - 118, ground - 78, room.accent_2, radius=18)


def draw_rug(canvas: Canvas, room: RoomPalette, x: float, y: float, rx: float, ry: float) -> None:
    canvas.ellipse(x, y, rx, ry, room.rug)
    canvas.ellipse(x, y, rx * 0.93, ry * 0.88, mix(room.rug, room.accent, 0.1))
    canvas.ellipse(x, y, rx * 0.9, ry * 0.84, room.rug)


def draw_low_table(canvas: Canvas, room: RoomPalette, x: float, y: float, rx: float) -> None:
    """A low round table with a book and a bowl."""
    canvas.ellipse(x, y + 72, rx * 0.7, 12, "#000000", alpha=0.12)
    canvas.rectangle(x - 32, y, x + 32, y + 70, mix(room.wood, "#ffffff", 0.18))
    canvas.ellipse(x, y + 8, rx, rx * 0.19, room.wood)
    canvas.ellipse(x, y, rx, rx * 0.19, mix(room.wood, "#ffffff", 0.26))
    canvas.polygon([(x - 96, y - 2), (x - 16, y - 9), (x - 2, y + 3), (x - 84, y + 11)], room.accent)
    canvas.polygon([(x + 36, y - 22), (x + 108, y - 22), (x + 92, y + 4), (x + 52, y + 4)], room.linen)
    canvas.ellipse(x + 72, y - 22, 36, 8, room.accent_2)


def draw_art(canvas: Canvas, room: RoomPalette, rng: Random, x: float, y: float, width: float, height: float) -> None:
    """A framed picture hanging with its middle at (x, y)."""
    left, top, right, bottom = x - width / 2, y - height / 2, x + width / 2, y + height / 2
    canvas.rectangle(left + 5, top + 8, right + 5, bottom + 8, "#000000", alpha=0.07)
    canvas.rectangle(left, top, right, bottom, "#fdfdfc")
    inner = 0.13 * min(width, height)
    left, top, right, bottom = left + inner, top + inner, right - inner, bottom - inner
    kind = rng.choice(("mountains", "circles", "dunes"))
    if kind == "mountains":
        canvas.polygon([(left, bottom), (x - width * 0.1, top + inner), (x + width * 0.16, bottom)], room.accent)
        canvas.polygon([(x - width * 0.06, bottom), (x + width * 0.2, top + 2 * inner), (right, bottom)], room.main)
    elif kind == "circles":
        radius = (bottom - top) * 0.38
        canvas.ellipse(x - radius * 0.45, y, radius, radius, room.accent, alpha=0.8)
        canvas.ellipse(x + radius * 0.5, y, radius, radius, room.main, alpha=0.7)
    else:
        canvas.rectangle(left, top, right, bottom, room.accent_2)
        canvas.ellipse(x + width * 0.14, top + (bottom - top) * 0.34, inner * 1.1, inner * 1.1, room.accent)
        crest = curve((left, bottom - inner * 1.5), (x, top + inner), (right, bottom - inner))
        canvas.polygon([*crest, (right, bottom), (left, bottom)], room.main)

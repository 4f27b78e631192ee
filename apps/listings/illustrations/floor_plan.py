"""A floor plan: rooms with walls, doors, windows and a few pieces of furniture seen from above."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from random import Random

from apps.listings.illustrations.canvas import Canvas

PAPER, WALL, LINE = "#f7f8f8", "#2b3742", "#8a97a3"
WET, WARM, COOL, OUTSIDE = "#e3eff3", "#f5ecdf", "#e9eef4", "#e6efe4"
THICK = 13.0
HALL = 96.0


@dataclass(frozen=True)
class Room:
    left: float
    top: float
    right: float
    bottom: float
    floor: str
    kind: str


def draw_floor_plan(canvas: Canvas, rng: Random) -> None:
    """Living room and kitchen on one side, bedrooms and bath along a hall on the other; mirrored for some seeds."""
    canvas.rectangle(0, 0, canvas.width, 1000, PAPER)
    left, right = canvas.width / 2 - 500, canvas.width / 2 + 600
    split = left + rng.uniform(0.4, 0.5) * 1100
    cross = rng.uniform(395, 450)
    kitchen, bath = rng.uniform(560, 620), right - rng.uniform(215, 260)
    rooms = (
        Room(left - 105, 150, left, kitchen - 60, OUTSIDE, "balcony"),
        Room(left, 120, split, kitchen, WARM, "living"),
        Room(left, kitchen, split, 880, COOL, "kitchen"),
        Room(split, 120, right, cross, COOL, "bed"),
        Room(split, cross, right, cross + HALL, WARM, "hall"),
        Room(split, cross + HALL, bath, 880, COOL, "bed"),
        Room(bath, cross + HALL, right, 880, WET, "bath"),
    )
    if rng.random() < 0.5:
        rooms = tuple(_mirrored(room, canvas.width) for room in rooms)
    for room in rooms:
        _draw_room(canvas, room)
    for room in rooms:
        _draw_furniture(canvas, room)
        _draw_openings(canvas, room)


def _mirrored(room: Room, width: float) -> Room:
    return Room(width - room.right, room.top, width - room.left, room.bottom, room.floor, room.kind)


def _draw_room(canvas: Canvas, room: Room) -> None:
    half = THICK / 2 if room.kind != "balcony" else THICK / 4
    canvas.rectangle(room.left - half, room.top - half, room.right + half, room.bottom + half, WALL)
    canvas.rectangle(room.left + half, room.top + half, room.right - half, room.bottom - half, room.floor)


def _draw_openings(canvas: Canvas, room: Room) -> None:
    half, middle = THICK / 2, (room.left + room.right) / 2
    if room.kind == "hall":
        canvas.rectangle(room.left - half, room.top + 12, room.left + half, room.bottom - 12, WARM)
        canvas.rectangle(room.right - half, room.top + 12, room.right + half, room.bottom - 12, WARM)
        _draw_door(canvas, room.left + 30, room.top, swing=-1)
        for x in (room.left + 60, room.right - 120):
            _draw_door(canvas, x, room.bottom, swing=1)
    elif room.kind == "kitchen":
        canvas.rectangle(middle - 110, room.top - half, middle + 110, room.top + half, WARM)
        _draw_window(canvas, middle, room.bottom)
    elif room.kind == "balcony":
        for wall in (room.left, room.right):
            canvas.rectangle(wall - half / 3, room.top + 60, wall + half / 3, room.bottom - 60, "#8fb3c8")
    elif room.kind == "living" or (room.kind == "bed" and room.top < 200):
        _draw_window(canvas, middle, room.top)
    elif room.kind == "bed":
        _draw_window(canvas, middle, room.bottom)


def _draw_door(canvas: Canvas, x: float, wall: float, *, swing: int) -> None:
    """An opening in a horizontal wall with its leaf, which swings up (-1) or down (1)."""
    width, half = 70.0, THICK / 2
    canvas.rectangle(x, wall - half, x + width, wall + half, WARM)
    arc = [(x + width * cos(a * pi / 32), wall + swing * width * sin(a * pi / 32)) for a in range(17)]
    canvas.line(arc, LINE, 3)
    canvas.line([(x, wall), (x, wall + swing * width)], LINE, 4)


def _draw_window(canvas: Canvas, middle: float, wall: float) -> None:
    half = THICK / 2
    canvas.rectangle(middle - 100, wall - half, middle + 100, wall + half, "#ffffff")
    for y in (wall - half + 1.5, wall, wall + half - 1.5):
        canvas.line([(middle - 100, y), (middle + 100, y)], "#5c8fb0", 2.5)


def _outline(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, *, radius: float = 6) -> None:
    canvas.rectangle(x0, y0, x1, y1, LINE, radius=radius)
    canvas.rectangle(x0 + 3, y0 + 3, x1 - 3, y1 - 3, "#ffffff", radius=max(0.0, radius - 2))


def _draw_furniture(canvas: Canvas, room: Room) -> None:
    middle, centre = (room.left + room.right) / 2, (room.top + room.bottom) / 2
    if room.kind == "living":
        _outline(canvas, middle - 150, centre - 130, middle + 60, centre - 60, radius=16)
        _outline(canvas, middle - 90, centre - 30, middle + 10, centre + 24, radius=10)
        _outline(canvas, room.right - 150, centre - 40, room.right - 60, centre + 60, radius=40)
    elif room.kind == "kitchen":
        _outline(canvas, room.left + 10, room.bottom - 66, room.right - 10, room.bottom - 10)
        for index in range(4):
            canvas.ellipse(room.left + 56 + 30 * (index % 2), room.bottom - 50 + 24 * (index // 2), 8, 8, LINE)
        _outline(canvas, middle - 80, centre - 40, middle + 80, centre + 20)
    elif room.kind == "bed":
        head = room.top + 20 if room.top < 200 else room.bottom - 196
        pillow, fold = (head + 10, head + 78) if room.top < 200 else (head + 122, head + 98)
        _outline(canvas, middle - 84, head, middle + 84, head + 176, radius=12)
        for dx in (-74, 6):
            _outline(canvas, middle + dx, pillow, middle + dx + 68, pillow + 44, radius=12)
        canvas.line([(middle - 84, fold), (middle + 84, fold)], LINE, 3)
    elif room.kind == "bath":
        _outline(canvas, room.left + 14, room.bottom - 90, room.right - 14, room.bottom - 14, radius=30)
        canvas.ellipse(room.right - 44, centre - 20, 26, 32, LINE)
        canvas.ellipse(room.right - 44, centre - 20, 23, 29, "#ffffff")
        _outline(canvas, room.left + 12, centre - 50, room.left + 70, centre + 20, radius=14)

"""Four rooms of an apartment, each with the marina behind its window."""

from __future__ import annotations

from random import Random

from apps.listings.illustrations import furniture
from apps.listings.illustrations.canvas import Canvas, mix
from apps.listings.illustrations.palettes import RoomPalette


def draw_living_room(canvas: Canvas, room: RoomPalette, rng: Random) -> None:
    """A sofa under a wide window, with a lamp, a plant, a rug and a low table."""
    middle = canvas.width / 2
    furniture.draw_shell(canvas, room, rng)
    half = rng.uniform(330, 400)
    furniture.draw_window(canvas, room, rng, (middle - half, 118, middle + half, 585), panes=rng.choice((2, 3, 4)))
    side = rng.choice((-1, 1))
    furniture.draw_floor_lamp(canvas, room, middle + side * 515, 840)
    furniture.draw_rug(canvas, room, middle, 915, 530, 74)
    sofa = rng.uniform(345, 395)
    furniture.draw_sofa(canvas, room, middle - sofa, middle + sofa, 856)
    furniture.draw_plant(canvas, middle - side * 512, 868, 1.15)
    furniture.draw_low_table(canvas, room, middle, 905, rng.uniform(160, 190))
    if rng.random() < 0.6:
        furniture.draw_art(canvas, room, rng, middle - side * 615, 300, 150, 200)


def draw_bedroom(canvas: Canvas, room: RoomPalette, rng: Random) -> None:
    """A bed beside a window, a framed picture above it, a bedside table with a lamp, a plant."""
    furniture.draw_shell(canvas, room, rng)
    right = canvas.width - 175
    furniture.draw_window(canvas, room, rng, (right - 440, 140, right, 560), panes=3)
    left = 95.0
    furniture.draw_art(canvas, room, rng, left + 305, 270, 290, 180)
    furniture.draw_rug(canvas, room, left + 470, 905, 520, 56)
    _draw_bed(canvas, room, left, left + 770)
    _draw_bedside_table(canvas, room, left + 850)
    furniture.draw_plant(canvas, right + 40, 880, 1.1)


def _draw_bed(canvas: Canvas, room: RoomPalette, left: float, right: float) -> None:
    head = mix(room.main, "#ffffff", 0.12)
    blanket = mix(room.main, "#ffffff", 0.42)
    canvas.rectangle(left, 470, right - 110, 800, head, radius=22)
    for seam in range(1, 4):
        x = left + (right - 110 - left) * seam / 4
        canvas.rectangle(x - 2, 490, x + 2, 690, room.dark, alpha=0.1)
    for foot in (left + 40, right - 40):
        canvas.rectangle(foot - 10, 860, foot + 10, 900, room.dark)
    canvas.rectangle(left + 8, 836, right, 876, mix(room.wood, "#000000", 0.08), radius=6)
    canvas.rectangle(left + 14, 660, right - 8, 846, room.linen, radius=26)
    canvas.polygon(
        [(left + 236, 660), (right - 30, 660), (right - 8, 690), (right - 8, 846), (left + 262, 846)], blanket
    )
    canvas.polygon([(left + 236, 660), (left + 300, 660), (left + 326, 846), (left + 262, 846)], "#ffffff", alpha=0.35)
    canvas.rectangle(left + 40, 600, left + 236, 690, "#ffffff", radius=30)
    canvas.rectangle(left + 62, 612, left + 262, 700, mix(room.linen, room.wall[1][1], 0.4), radius=30)
    canvas.rectangle(left + 120, 622, left + 250, 698, room.accent, radius=20)


def _draw_bedside_table(canvas: Canvas, room: RoomPalette, x: float) -> None:
    canvas.glow(x, 655, 150, "#fff1c9", strength=0.7)
    canvas.rectangle(x - 66, 730, x + 66, 860, room.wood, radius=6)
    canvas.rectangle(x - 54, 792, x + 54, 796, room.dark, alpha=0.5)
    canvas.rectangle(x - 5, 690, x + 5, 730, room.dark)
    canvas.polygon([(x - 25, 628), (x + 25, 628), (x + 44, 696), (x - 44, 696)], "#fff0cf")


def draw_kitchen(canvas: Canvas, room: RoomPalette, rng: Random) -> None:
    """Cupboards along the wall, an island with stools, three hanging lamps."""
    width = canvas.width
    furniture.draw_shell(canvas, room, rng, floor=700)
    furniture.draw_window(canvas, room, rng, (width - 620, 150, width - 145, 460), panes=3)
    front = rng.choice((mix(room.accent, "#1f3a52", 0.35), "#3a6b80", "#4f6f5c", mix(room.main, "#2a3036", 0.3)))
    canvas.rectangle(70, 125, 690, 330, room.accent_2, radius=6)
    for door in range(1, 4):
        canvas.rectangle(70 + 155 * door - 2, 125, 70 + 155 * door + 2, 330, room.dark, alpha=0.22)
    canvas.rectangle(70, 330, 690, 336, "#fff3cf")
    canvas.rectangle(70, 336, 690, 470, "#ffffff", alpha=0.45)
    for tile in range(1, 12):
        canvas.rectangle(70 + tile * 52, 336, 72 + tile * 52, 470, room.dark, alpha=0.07)
    canvas.rectangle(70, 402, 690, 404, room.dark, alpha=0.07)
    _draw_counter(canvas, room, front, 70, width - 60)
    _draw_hob_and_bottles(canvas, room, 190)
    _draw_island(canvas, room, rng, width / 2 - 60)
    for index in (-1, 0, 1):
        _draw_hanging_lamp(canvas, width / 2 - 60 + index * 230)


def _draw_counter(canvas: Canvas, room: RoomPalette, front: str, left: float, right: float) -> None:
    canvas.rectangle(left, 488, right, 722, front)
    doors = 6
    for door in range(1, doors):
        x = left + (right - left) * door / doors
        canvas.rectangle(x - 2, 500, x + 2, 716, "#000000", alpha=0.16)
    for door in range(doors):
        x = left + (right - left) * (door + 0.5) / doors
        canvas.rectangle(x - 36, 516, x + 36, 521, "#e8cf9f")
    canvas.rectangle(left - 10, 470, right + 10, 490, "#fbfbf9")
    canvas.rectangle(left, 722, right, 738, room.dark)


def _draw_hob_and_bottles(canvas: Canvas, room: RoomPalette, x: float) -> None:
    canvas.rectangle(x, 414, x + 96, 470, mix(room.dark, "#ffffff", 0.12), radius=8)
    canvas.rectangle(x - 22, 424, x + 118, 432, room.dark, radius=4)
    canvas.rectangle(x + 220, 392, x + 246, 470, "#7d9b76", radius=8)
    canvas.rectangle(x + 228, 370, x + 238, 396, "#7d9b76")
    canvas.rectangle(x + 262, 412, x + 296, 470, room.accent, radius=8)


def _draw_island(canvas: Canvas, room: RoomPalette, rng: Random, middle: float) -> None:
    left, right = middle - 395, middle + 395
    canvas.ellipse(middle, 962, 430, 20, "#000000", alpha=0.12)
    canvas.rectangle(left, 752, right, 960, room.wood)
    canvas.rectangle(left, 752, right, 784, "#000000", alpha=0.14)
    canvas.rectangle(left - 36, 724, right + 36, 756, "#fdfdfc", radius=5)
    seats = rng.choice((3, 4))
    for index in range(seats):
        x = left + (right - left) * (index + 0.5) / seats
        for leg in (-34, 34):
            canvas.line([(x + leg * 0.8, 856), (x + leg * 1.1, 990)], "#f1efec", 8)
        canvas.line([(x - 33, 930), (x + 33, 930)], "#f1efec", 6)
        canvas.rectangle(x - 52, 834, x + 52, 860, mix(room.main, "#ffffff", 0.3), radius=12)
    canvas.polygon([(right - 150, 694), (right - 30, 694), (right - 54, 726), (right - 126, 726)], room.linen)
    for dx, colour in ((-116, "#e7b45c"), (-88, "#d9823f"), (-62, "#e7b45c")):
        canvas.ellipse(right + dx, 684, 18, 18, colour)


def _draw_hanging_lamp(canvas: Canvas, x: float) -> None:
    canvas.rectangle(x - 2.5, 0, x + 2.5, 300, "#3c4046")
    canvas.glow(x, 372, 130, "#fff1c9", strength=0.6)
    canvas.polygon([(x - 16, 296), (x + 16, 296), (x + 56, 352), (x - 56, 352)], "#33373d")
    canvas.ellipse(x, 352, 56, 8, "#fff0cf")


def draw_bathroom(canvas: Canvas, room: RoomPalette, rng: Random) -> None:
    """A free-standing bath under a window, a basin under a round mirror, towels."""
    width = canvas.width
    furniture.draw_shell(canvas, room, rng, floor=720)
    _draw_tiles(canvas, room, 720)
    furniture.draw_window(canvas, room, rng, (width - 745, 130, width - 215, 480), panes=2)
    _draw_basin(canvas, room, 120, 560)
    furniture.draw_rug(canvas, room, width - 500, 945, 330, 36)
    _draw_bath(canvas, room, width - 790, width - 150)
    furniture.draw_plant(canvas, width - 75, 905, 0.95)


def _draw_tiles(canvas: Canvas, room: RoomPalette, floor: float) -> None:
    colour = mix(room.main, "#ffffff", 0.55)
    canvas.rectangle(0, 430, canvas.width, floor - 12, colour, alpha=0.55)
    for row in range(5):
        y = 430 + row * 58
        canvas.rectangle(0, y - 1.5, canvas.width, y + 1.5, "#ffffff", alpha=0.6)
        offset = 0 if row % 2 else 58
        for column in range(int(canvas.width // 116) + 2):
            x = column * 116 - offset
            canvas.rectangle(x - 1.5, y, x + 1.5, min(y + 58, floor - 12), "#ffffff", alpha=0.6)


def _draw_basin(canvas: Canvas, room: RoomPalette, left: float, right: float) -> None:
    middle = (left + right) / 2
    canvas.glow(middle, 260, 260, "#fff6de", strength=0.6)
    canvas.ellipse(middle, 270, 138, 138, mix(room.wood, "#ffffff", 0.2))
    canvas.ellipse(middle, 270, 126, 126, "#dfeaf0")
    canvas.polygon(
        [(middle - 70, 350), (middle + 20, 160), (middle + 62, 160), (middle - 28, 356)], "#ffffff", alpha=0.5
    )
    canvas.rectangle(left, 566, right, 800, mix(room.wood, "#ffffff", 0.1), radius=6)
    canvas.rectangle(left, 680, right, 684, room.dark, alpha=0.5)
    for y in (618, 736):
        canvas.rectangle(middle - 46, y, middle + 46, y + 6, "#e8cf9f")
    canvas.rectangle(left - 18, 544, right + 18, 570, "#fdfdfc", radius=4)
    canvas.rectangle(middle - 120, 486, middle + 120, 546, "#ffffff", radius=26)
    canvas.line([(middle, 486), (middle, 424), (middle + 54, 424), (middle + 54, 446)], "#b8955a", 10)
    canvas.rectangle(left + 16, 488, left + 44, 545, room.accent, radius=8)
    canvas.rectangle(right - 74, 504, right - 20, 545, room.linen, radius=6)


def _draw_bath(canvas: Canvas, room: RoomPalette, left: float, right: float) -> None:
    canvas.ellipse((left + right) / 2, 925, (right - left) * 0.46, 16, "#000000", alpha=0.14)
    canvas.polygon([(left + 14, 700), (right - 14, 700), (right - 70, 900), (left + 70, 900)], "#f7f8f8")
    canvas.rectangle(left + 62, 850, right - 62, 922, "#f7f8f8", radius=34)
    canvas.polygon(
        [(right - 130, 700), (right - 14, 700), (right - 70, 900), (right - 150, 900)], "#000000", alpha=0.05
    )
    canvas.rectangle(left, 680, right, 712, "#ffffff", radius=16)
    canvas.line([(left + 96, 680), (left + 96, 560), (left + 168, 560), (left + 168, 590)], "#b8955a", 10)
    canvas.rectangle(right - 230, 690, right - 120, 812, room.accent, radius=6)
    canvas.rectangle(right - 230, 786, right - 120, 794, room.accent_2)

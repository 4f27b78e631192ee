"""A drawing surface measured in thousandths of the picture's height, anti-aliased by drawing larger and shrinking."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from PIL import Image, ImageColor, ImageDraw

HEIGHT = 1000.0
Point = tuple[float, float]
Stops = Sequence[tuple[float, str]]


def mix(one: str, other: str, share: float) -> str:
    """The colour that lies `share` (0 to 1) of the way from `one` to `other`, as `#rrggbb`."""
    a, b = ImageColor.getrgb(one), ImageColor.getrgb(other)
    return "#" + "".join(f"{round(p + (q - p) * share):02x}" for p, q in zip(a, b, strict=True))


def colour_at(stops: Stops, position: float) -> str:
    """The colour of a gradient at `position` (0 to 1). `stops` are (position, colour) in rising order."""
    for (low, first), (high, second) in pairwise(stops):
        if position <= high:
            return mix(first, second, max(0.0, position - low) / (high - low))
    return stops[-1][1]


class Canvas:
    """A picture `HEIGHT` units high and as many units wide as its shape asks for; (0, 0) is the top left."""

    def __init__(self, size: tuple[int, int], *, oversample: int = 2) -> None:
        self.size = size
        self.pixels_per_unit = size[1] * oversample / HEIGHT
        self.width = size[0] / size[1] * HEIGHT
        self.image = Image.new("RGB", (size[0] * oversample, size[1] * oversample))
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def finish(self) -> Image.Image:
        """The picture in its real size."""
        return self.image.resize(self.size, Image.Resampling.BOX)

    def rectangle(
        self, x0: float, y0: float, x1: float, y1: float, colour: str, *, alpha: float = 1, radius: float = 0
    ) -> None:
        box = self._box(x0, y0, x1, y1)
        if radius:
            self._draw.rounded_rectangle(box, radius * self.pixels_per_unit, fill=_ink(colour, alpha))
        else:
            self._draw.rectangle(box, fill=_ink(colour, alpha))

    def polygon(self, points: Sequence[Point], colour: str, *, alpha: float = 1) -> None:
        self._draw.polygon(self._points(points), fill=_ink(colour, alpha))

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: str, *, alpha: float = 1) -> None:
        self._draw.ellipse(self._box(x - rx, y - ry, x + rx, y + ry), fill=_ink(colour, alpha))

    def line(self, points: Sequence[Point], colour: str, width: float, *, alpha: float = 1) -> None:
        """A line with round ends (square ends where it is see-through)."""
        thick = max(1, round(width * self.pixels_per_unit))
        self._draw.line(self._points(points), fill=_ink(colour, alpha), width=thick, joint="curve")
        if alpha == 1:
            for x, y in (points[0], points[-1]):
                self.ellipse(x, y, width / 2, width / 2, colour)

    def gradient(self, x0: float, y0: float, x1: float, y1: float, stops: Stops, *, alpha: float | None = None) -> None:
        """A box filled from its top to its bottom through `stops`; with `alpha`, fading out towards the bottom."""
        left, top, right, bottom = (round(v) for v in self._box(x0, y0, x1, y1))
        size = (right - left + 1, bottom - top + 1)
        column = Image.new("RGB", (1, size[1]))
        last = max(1, size[1] - 1)
        column.putdata([ImageColor.getrgb(colour_at(stops, row / last)) for row in range(size[1])])
        mask = None
        if alpha is not None:
            mask = Image.new("L", (1, size[1]))
            mask.putdata([round(255 * alpha * (1 - row / last)) for row in range(size[1])])
            mask = mask.resize(size, Image.Resampling.NEAREST)
        self.image.paste(column.resize(size, Image.Resampling.NEAREST), (left, top), mask)

    def glow(self, x: float, y: float, radius: float, colour: str, *, strength: float = 1) -> None:
        """Light that is strongest (`strength`, 0 to 1) at the centre and gone at `radius`."""
        side = ceil(2 * radius * self.pixels_per_unit)
        darkness = Image.radial_gradient("L").resize((side, side), Image.Resampling.BILINEAR)
        mask = darkness.point([round(255 * strength * max(0.0, 1 - level / 181) ** 1.6) for level in range(256)])
        corner = tuple(round((v - radius) * self.pixels_per_unit) for v in (x, y))
        self.image.paste(Image.new("RGB", (side, side), colour), corner, mask)

    def inset(self, x0: float, y0: float, x1: float, y1: float) -> Canvas:
        """A canvas of its own for a view that fills this box; hand it back with `place`."""
        left, top, right, bottom = (round(v) for v in self._box(x0, y0, x1, y1))
        return Canvas((right - left + 1, bottom - top + 1), oversample=1)

    def place(self, inset: Canvas, x0: float, y0: float) -> None:
        self.image.paste(inset.image, (round(x0 * self.pixels_per_unit), round(y0 * self.pixels_per_unit)))

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> list[float]:
        return [v * self.pixels_per_unit for v in (x0, y0, x1, y1)]

    def _points(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.pixels_per_unit, y * self.pixels_per_unit) for x, y in points]


def _ink(colour: str, alpha: float) -> tuple[int, int, int, int]:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue, round(255 * alpha)


def curve(start: Point, control: Point, end: Point, *, steps: int = 16) -> list[Point]:
    """Points on the quadratic Bézier curve from `start` to `end`."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append((a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1]))
    return points

"""The colours of the drawings: light over the water at five times of day, and four kinds of rooms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from apps.listings.illustrations.canvas import Stops


class Light(StrEnum):
    """The light that a skyline stands in."""

    DAY = "day"
    DUSK = "dusk"
    NIGHT = "night"
    TEAL = "teal"
    MISTY = "misty"


@dataclass(frozen=True)
class SkylinePalette:
    """`towers` runs from the farthest row to the nearest."""

    sky: Stops
    water: Stops
    towers: tuple[str, str, str]
    window: str
    window_alpha: tuple[float, float, float]
    quay: str
    palm: str
    streak: str
    sun: str
    sun_strength: float
    cabin: str
    clouds: float
    stars: int = 0


SKYLINES = {
    Light.DAY: SkylinePalette(
        sky=((0, "#3f90cb"), (0.45, "#7bb6de"), (1, "#d9eef8")),
        water=((0, "#b3d7ed"), (0.4, "#85bfe1"), (1, "#4796cf")),
        towers=("#a9c9de", "#6f9fc2", "#2f5f85"),
        window="#e6f3fb",
        window_alpha=(0.0, 0.75, 0.8),
        quay="#5d86a3",
        palm="#34617f",
        streak="#ffffff",
        sun="#fff6e0",
        sun_strength=0.95,
        cabin="#3f86c0",
        clouds=0.62,
    ),
    Light.DUSK: SkylinePalette(
        sky=((0, "#1f2b53"), (0.42, "#54457d"), (0.75, "#a9627c"), (1, "#ec8f74")),
        water=((0, "#c46e78"), (0.35, "#a05e6f"), (1, "#272c55")),
        towers=("#7f608c", "#4c4474", "#272c53"),
        window="#f3c98a",
        window_alpha=(0.25, 0.8, 0.82),
        quay="#4a3a5a",
        palm="#282a50",
        streak="#f6cfc4",
        sun="#ffdcae",
        sun_strength=0.75,
        cabin="#2d2f54",
        clouds=0.0,
    ),
    Light.NIGHT: SkylinePalette(
        sky=((0, "#0b1430"), (0.5, "#172449"), (1, "#2d4373")),
        water=((0, "#263b6b"), (0.4, "#1a2b53"), (1, "#0c1533")),
        towers=("#2b3f6d", "#1c2c58", "#0f1938"),
        window="#f6cf8b",
        window_alpha=(0.3, 0.85, 0.85),
        quay="#131f42",
        palm="#0e1735",
        streak="#8fa6d6",
        sun="#dfe7fb",
        sun_strength=0.35,
        cabin="#1d2a52",
        clouds=0.0,
        stars=70,
    ),
    Light.TEAL: SkylinePalette(
        sky=((0, "#14626b"), (0.5, "#3f9a98"), (1, "#cfe7d6")),
        water=((0, "#8fcabd"), (0.4, "#3c9390"), (1, "#12565f")),
        towers=("#74b3ac", "#3a8585", "#14515a"),
        window="#f4efcf",
        window_alpha=(0.15, 0.72, 0.78),
        quay="#1f5f64",
        palm="#124a51",
        streak="#e6f6ea",
        sun="#fff3cf",
        sun_strength=0.8,
        cabin="#17555e",
        clouds=0.3,
    ),
    Light.MISTY: SkylinePalette(
        sky=((0, "#80a8c0"), (0.5, "#a8c2cb"), (1, "#dde3dc")),
        water=((0, "#d5dcd6"), (0.4, "#b3c8cd"), (1, "#82a9be")),
        towers=("#bccaca", "#8aa5ab", "#557885"),
        window="#f4f4ec",
        window_alpha=(0.0, 0.7, 0.78),
        quay="#6d8c95",
        palm="#4c707c",
        streak="#ffffff",
        sun="#fffaf0",
        sun_strength=0.55,
        cabin="#4f7688",
        clouds=0.5,
    ),
}


@dataclass(frozen=True)
class RoomPalette:
    """Walls and floor run from top to bottom; `accent` and `accent_2` are for cushions and art.

    `outside` is the light behind the windows.
    """

    wall: Stops
    floor: Stops
    wood: str
    linen: str
    main: str
    accent: str
    accent_2: str
    rug: str
    dark: str
    outside: Light


_ROOMS = (
    RoomPalette(
        wall=((0, "#efe6da"), (1, "#e5d7c5")),
        floor=((0, "#c9a982"), (1, "#b88f66")),
        wood="#8b6546",
        linen="#f6f2ec",
        main="#6f8690",
        accent="#c9774b",
        accent_2="#dde1e2",
        rug="#ead9c4",
        dark="#5a4433",
        outside=Light.DAY,
    ),
    RoomPalette(
        wall=((0, "#e6ebee"), (1, "#d9e0e4")),
        floor=((0, "#bdb5ac"), (1, "#a79e94")),
        wood="#6d5b4a",
        linen="#fbfaf8",
        main="#c8bba8",
        accent="#3e6b8d",
        accent_2="#e2c79f",
        rug="#e4e0da",
        dark="#4a4038",
        outside=Light.MISTY,
    ),
    RoomPalette(
        wall=((0, "#e3e7de"), (1, "#d3dacd")),
        floor=((0, "#b99a78"), (1, "#a58463")),
        wood="#77583d",
        linen="#f7f5ee",
        main="#5f7f6d",
        accent="#d9a441",
        accent_2="#f0ece2",
        rug="#dcd7c6",
        dark="#45392d",
        outside=Light.TEAL,
    ),
    RoomPalette(
        wall=((0, "#e7dfe2"), (1, "#d8ced4")),
        floor=((0, "#a88a74"), (1, "#8f715d")),
        wood="#5d4436",
        linen="#f5f0f0",
        main="#6a5f86",
        accent="#cf8f7a",
        accent_2="#e9e2ea",
        rug="#d9cccb",
        dark="#3d3037",
        outside=Light.DUSK,
    ),
)
_OTHER_LIGHT = (Light.TEAL, Light.DAY, Light.DAY, Light.NIGHT)
# Each room by a first and by a second light.
ROOMS = _ROOMS + tuple(replace(room, outside=light) for room, light in zip(_ROOMS, _OTHER_LIGHT, strict=True))

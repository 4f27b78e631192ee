"""Drawn pictures for demonstrations and tests: skylines, rooms, a pool, floor plans. No photograph is fetched.

`draw(Scene.LIVING_ROOM, seed=7)` always gives the same picture for the same scene, seed and size.
"""

from __future__ import annotations

from enum import StrEnum
from random import Random

from PIL import Image

from apps.listings.illustrations import floor_plan, outdoors, rooms
from apps.listings.illustrations.canvas import Canvas
from apps.listings.illustrations.palettes import ROOMS, SKYLINES, Light
from apps.listings.illustrations.skyline import draw_skyline

SIZE = (1600, 1067)


class Scene(StrEnum):
    """What can be drawn."""

    SKYLINE_DAY = "skyline_day"
    SKYLINE_DUSK = "skyline_dusk"
    SKYLINE_NIGHT = "skyline_night"
    SKYLINE_TEAL = "skyline_teal"
    SKYLINE_MISTY = "skyline_misty"
    LIVING_ROOM = "living_room"
    BEDROOM = "bedroom"
    KITCHEN = "kitchen"
    BATHROOM = "bathroom"
    POOL_TERRACE = "pool_terrace"
    FLOOR_PLAN = "floor_plan"

    @property
    def light(self) -> Light | None:
        """The light of a skyline; None for every other scene."""
        prefix, _, light = self.value.partition("_")
        return Light(light) if prefix == "skyline" else None


ROOM_SCENES = {
    Scene.LIVING_ROOM: rooms.draw_living_room,
    Scene.BEDROOM: rooms.draw_bedroom,
    Scene.KITCHEN: rooms.draw_kitchen,
    Scene.BATHROOM: rooms.draw_bathroom,
}


def draw(scene: Scene, *, seed: int, size: tuple[int, int] = SIZE, landmark: float | None = None) -> Image.Image:
    """Draw a scene as an RGB picture of `size` pixels; `landmark` (0 to 1) places a skyline's tallest tower.

    Rooms of the same seed belong together: walls, furniture and the light outside are ROOMS[seed % 8].
    """
    rng = Random(f"{scene}-{seed}")  # noqa: S311 - a drawing, not a secret
    canvas = Canvas(size)
    if scene.light:
        draw_skyline(canvas, SKYLINES[scene.light], rng, landmark=landmark)
    elif scene in ROOM_SCENES:
        ROOM_SCENES[scene](canvas, ROOMS[seed % len(ROOMS)], rng)
    elif scene is Scene.POOL_TERRACE:
        outdoors.draw_pool_terrace(canvas, tuple(outdoors.POOLS)[seed % len(outdoors.POOLS)], rng)
    else:
        floor_plan.draw_floor_plan(canvas, rng)
    return canvas.finish()

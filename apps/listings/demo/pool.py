"""The demo's photos: some forty drawn pictures that all listings share, made once."""

import io
from collections.abc import Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from django.core.files.storage import default_storage

from apps.listings import photo_files
from apps.listings.illustrations import Scene, draw
from apps.listings.illustrations.palettes import Light
from apps.listings.lookups import MediaCategory
from apps.listings.models import Photo
from apps.listings.pictures import prepare

SIZE = (1280, 853)
VIEWS = {
    Light.DAY: (0, 3, 7, 9),
    Light.DUSK: (0, 4, 6),
    Light.NIGHT: (0, 1, 5),
    Light.TEAL: (0, 1, 6),
    Light.MISTY: (0, 1, 4),
}
# Which rooms and which pool go with a view: seeds of the illustrations whose windows show the same light.
ROOMS_WITH = {Light.DAY: 0, Light.MISTY: 1, Light.TEAL: 2, Light.DUSK: 3, Light.NIGHT: 3}
POOL_WITH = {Light.DAY: 0, Light.MISTY: 3, Light.TEAL: 2, Light.DUSK: 1, Light.NIGHT: 1}
SECOND = 8  # the same room drawn again: seeds 8 apart share their palette
PLANS = 4
CAPTIONS = {
    Scene.LIVING_ROOM: "Living room",
    Scene.BEDROOM: "Main bedroom",
    Scene.KITCHEN: "Kitchen",
    Scene.BATHROOM: "Bathroom",
    Scene.POOL_TERRACE: "Pool",
    Scene.FLOOR_PLAN: "Floor plan",
}


@dataclass(frozen=True)
class Drawing:
    """One picture of the pool. `file_name` is how its rows are found again."""

    scene: Scene
    seed: int

    @property
    def file_name(self) -> str:
        return f"demo-{self.scene}-{self.seed}.jpg"

    @property
    def caption(self) -> str:
        if self.scene is Scene.BEDROOM and self.seed >= SECOND:
            return "Second bedroom"
        return CAPTIONS.get(self.scene, "View")

    @property
    def media_category(self) -> str:
        return MediaCategory.FLOOR_PLAN if self.scene is Scene.FLOOR_PLAN else MediaCategory.PHOTO


@dataclass(frozen=True)
class Stored:
    """A picture in storage: what a row of Photo says about its file."""

    name: str
    digest: str
    look: int
    width: int
    height: int


def drawings_of(light: Light, number: int, count: int) -> list[Drawing]:
    """`count` pictures that could be of one apartment: its view first, then its rooms, pool and floor plan.

    `number` varies view and floor plan from listing to listing.
    """
    views, view, rooms = VIEWS[light], Scene(f"skyline_{light}"), ROOMS_WITH[light]
    chosen = [
        Drawing(view, views[number % len(views)]),
        Drawing(Scene.LIVING_ROOM, rooms),
        Drawing(Scene.BEDROOM, rooms),
        Drawing(Scene.KITCHEN, rooms),
        Drawing(Scene.POOL_TERRACE, POOL_WITH[light]),
        Drawing(Scene.BATHROOM, rooms),
        Drawing(Scene.FLOOR_PLAN, number % PLANS),
        Drawing(Scene.BEDROOM, rooms + SECOND),
        Drawing(view, views[(number + 1) % len(views)]),
    ]
    return chosen[:count]


def stored_drawings(needed: Iterable[Drawing]) -> dict[Drawing, Stored]:
    """Those of the pictures that an earlier run has stored, read from the rows that show them."""
    wanted = {drawing.file_name: drawing for drawing in needed}
    rows = Photo.objects.filter(original_name__in=wanted).order_by("original_name").distinct("original_name")
    return {
        wanted[photo.original_name]: Stored(photo.name, photo.digest, photo.look, photo.width, photo.height)
        for photo in rows
        if default_storage.exists(photo_files.size_path(photo.name, "2048"))
    }


def start_drawing(missing: list[Drawing], threads: Executor) -> dict[Drawing, Future]:
    """Draw and store pictures beside the work of this thread; each answer is a Stored."""
    return {drawing: threads.submit(_draw_and_store, drawing) for drawing in missing}


def _draw_and_store(drawing: Drawing) -> Stored:
    file = io.BytesIO()
    draw(drawing.scene, seed=drawing.seed, size=SIZE).save(file, "JPEG", quality=95, subsampling=0)
    prepared = prepare(file, drawing.file_name)
    name = photo_files.new_name()
    photo_files.store_original(name, prepared.image)
    photo_files.store_sizes(name, prepared.image, effort=2)
    return Stored(name, prepared.digest, prepared.look, prepared.width, prepared.height)

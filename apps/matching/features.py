"""The table of words: each feature that may be asked for, and where a listing tells of it.

A view is told by the unit's `view`, bays by its `parking_total`; where that is empty, and for all other features, the
title and description are searched for the phrases. What they do not mention is unknown, never missing.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Feature:
    """One feature: `said` are phrases of texts, `view` are words of the unit's view, `bays` is the least parking."""

    key: str
    label: str
    said: tuple[str, ...]
    view: tuple[str, ...] = ()
    bays: int = 0


def _view(key: str, *words: str) -> Feature:
    said = tuple(f"{word} {end}" for word in words for end in ("view", "views"))
    return Feature(key, f"{key.removesuffix('_view').replace('_', ' ').title()} view", said, view=words)


FEATURES = (
    _view("marina_view", "marina", "مارينا"),
    _view("sea_view", "sea", "ocean", "gulf", "البحر"),
    _view("beach_view", "beach"),
    _view("palm_view", "palm"),
    _view("skyline_view", "skyline", "city"),
    _view("burj_khalifa_view", "burj khalifa", "burj"),
    _view("canal_view", "canal"),
    _view("creek_view", "creek"),
    _view("lake_view", "lake"),
    _view("park_view", "park", "garden"),
    _view("golf_view", "golf"),
    _view("pool_view", "pool"),
    Feature("parking_1", "Parking", ("parking", "covered parking", "موقف"), bays=1),
    Feature("parking_2", "2 parking bays", ("2 parking", "two parking", "2 bays", "two bays"), bays=2),
    Feature("parking_3", "3 parking bays", ("3 parking", "three parking", "3 bays", "three bays"), bays=3),
    Feature("balcony", "Balcony", ("balcony", "balconies", "terrace", "بلكونة", "شرفة")),
    Feature("study", "Study", ("study", "home office")),
    Feature("maids_room", "Maid's room", ("maid s room", "maids room", "maid room", "maid")),
    Feature("storage", "Storage room", ("store room", "storage", "storeroom")),
    Feature("wardrobes", "Built-in wardrobes", ("built in wardrobes", "built in wardrobe", "fitted wardrobes")),
    Feature("separate_kitchen", "Separate kitchen", ("separate kitchen", "closed kitchen")),
    Feature("upgraded", "Upgraded", ("upgraded", "renovated", "renewed")),
    Feature("chiller_free", "Chiller included", ("chiller free", "chiller is included", "chiller included")),
    Feature("pool", "Pool", ("pool", "swimming pool", "مسبح")),
    Feature("gym", "Gym", ("gym", "fitness centre", "fitness center")),
    Feature("garden", "Garden", ("private garden", "garden", "حديقة")),
    Feature("pets", "Pets welcome", ("pets welcome", "pets allowed", "pet friendly")),
    Feature("metro", "Near the metro", ("near metro", "near the metro", "metro station", "close to metro")),
    Feature("beach_access", "Beach access", ("beach access", "private beach")),
    Feature("vacant", "Vacant", ("vacant", "ready to move in", "ready to move")),
)
BY_KEY = {feature.key: feature for feature in FEATURES}
# A view told as partial is not the view that was asked for.
PARTIAL = "partial"

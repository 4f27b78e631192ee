"""Finding and adding places for thousands of rows: the rule of `find_or_add_place`, a batch at a time."""

from collections.abc import Iterable

from django.db import connection

from apps.imports.listings.values import PlacePath
from apps.listings.models import Place
from apps.listings.models.place import PlaceLevel


class Places:
    """The tree of places as it is during one run. `added` are the ids of those that the run made, top first."""

    def __init__(self):
        self.added: list[int] = []
        self._keys: dict[str, str] = {}
        self._known: dict[tuple[int | None, str, str], int] = {}
        self._by_name: dict[tuple[str, str], list[int]] = {}
        self._found: dict[PlacePath, int] = {}
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, parent_id, level, crm_normalise(name) FROM listings_place ORDER BY id")
            for row in cursor.fetchall():
                self._remember(*row)

    def find(self, paths: Iterable[PlacePath], *, add: bool) -> dict[PlacePath, int | None]:
        """The place at the end of each path. What is missing is added, or None where `add` is false."""
        wanted = {path for path in paths if path}
        self._normalise({name for path in wanted - self._found.keys() for _, name in path})
        for depth in range(1, max(map(len, wanted), default=0) + 1):
            self._find_depth({path[:depth] for path in wanted if len(path) >= depth}, add)
        return {path: self._found.get(path) for path in wanted}

    def anywhere(self, names: set[str]) -> dict[str, int | None]:
        """The one place of each name: at the topmost level that has it, None where there is none or more than one."""
        self._normalise(names)
        found = {}
        for name in names:
            levels = (self._by_name.get((level, self._keys[name]), []) for level in PlaceLevel.values)
            places = next(filter(None, levels), [])
            found[name] = places[0] if len(places) == 1 else None
        return found

    def _find_depth(self, prefixes: set[PlacePath], add: bool) -> None:
        missing: dict[tuple, list[PlacePath]] = {}
        for prefix in prefixes - self._found.keys():
            parent = self._found.get(prefix[:-1]) if len(prefix) > 1 else None
            if len(prefix) > 1 and parent is None:
                continue
            level, name = prefix[-1]
            key = (parent, level, self._keys[name])
            place = self._known.get(key) or (self._anywhere(level, name) if len(prefix) == 1 else None)
            if place:
                self._found[prefix] = place
            else:
                missing.setdefault(key, []).append(prefix)
        if add and missing:
            self._add(missing)

    def _anywhere(self, level: str, name: str) -> int | None:
        """A path that starts below the country means the one place of that name, wherever it lies."""
        places = self._by_name.get((level, self._keys[name]), [])
        return places[0] if len(places) == 1 and level != PlaceLevel.COUNTRY else None

    def _add(self, missing: dict[tuple, list[PlacePath]]) -> None:
        places = [
            Place(parent_id=parent, level=level, name=min(prefixes)[-1][1])
            for (parent, level, _), prefixes in missing.items()
        ]
        Place.objects.bulk_create(places)
        for place, ((parent, level, key), prefixes) in zip(places, missing.items(), strict=True):
            self.added.append(place.pk)
            self._remember(place.pk, parent, level, key)
            self._found.update(dict.fromkeys(prefixes, place.pk))

    def _remember(self, pk, parent, level, key) -> None:
        self._known[parent, level, key] = pk
        self._by_name.setdefault((level, key), []).append(pk)

    def _normalise(self, names: set[str]) -> None:
        self._keys |= normalised(names - self._keys.keys())


def normalised(texts: set[str]) -> dict[str, str]:
    """Each text as `crm_normalise()` compares it."""
    if not texts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, crm_normalise(text) FROM unnest(%s::text[]) AS text", [list(texts)])
        return dict(cursor.fetchall())

"""A website in memory that answers as the client of WordPress does, for faults that a real one has only by chance."""

from collections import Counter
from copy import deepcopy

from apps.website.wordpress import Temporary


class FakeSite:
    """`posts` and `media` by number. `faults` are taken from its front, one for each call: None, or a fault's name.

    "lost": the work is done and the answer is lost; "down": nothing is done; "lie": it is said to be done and is not.
    """

    batches, lines = 25, 1

    def __init__(self):
        self.posts, self.media_files, self.ids, self.copied = {}, {}, {}, {}
        self.calls = Counter()
        self.faults = []
        self.number = 100

    def __call__(self, site):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def close(self):
        pass

    # -- What the client offers ----------------------------------------------------------------------------------------
    def read(self, ids):
        self._call("read")
        return {key: deepcopy(self.posts[key]) for key in ids if key in self.posts}

    def find(self, ids):
        self._call("find")
        return {ours: post for ours, post in self.ids.items() if ours in ids and post in self.posts}

    def find_all(self, ids):
        self._call("find_all")
        carried = {ours: [self.ids[ours], *self.copied.get(ours, [])] for ours in ids if ours in self.ids}
        return {
            ours: [deepcopy(self.posts[one]) for one in there if one in self.posts] for ours, there in carried.items()
        }

    def copy(self, key):
        """As a plugin that duplicates posts does."""
        self.number += 1
        self.posts[self.number] = deepcopy(self.posts[key]) | {"id": self.number}
        ours = next(ours for ours, post in self.ids.items() if post == key)
        self.copied.setdefault(ours, []).append(self.number)
        return self.number

    def create(self, body, listing_id):
        return self._write("create", lambda: self._create(body, listing_id))

    def update(self, key, body):
        return self._write("update", lambda: self._update(key, body))

    def batch(self, pairs):
        self._write("batch", lambda: [self._update(key, body) for key, body in pairs])
        return [self.posts.get(key) for key, _ in pairs]

    def trash_together(self, keys):
        return self._write("trash_together", lambda: [self.posts[key].update(status="trash") for key in keys])

    def trash(self, key):
        return self._write("trash", lambda: self.posts[key].update(status="trash"))

    def upload(self, content, name, mime, *, alt, post):
        return self._write("upload", lambda: self._upload(name, post))

    def media(self, ids):
        self._call("media")
        return {key: self.media_files[key] for key in ids if key in self.media_files}

    def find_media(self, name):
        self._call("find_media")
        return next((key for key, file in self.media_files.items() if file["name"] == name), None)

    def delete_media(self, key):
        return self._write("delete_media", lambda: self.media_files.pop(key))

    # -- How it works --------------------------------------------------------------------------------------------------
    def _call(self, name):
        self.calls[name] += 1
        if self.faults and self.faults[0] in ("down", "read down") and self.faults.pop(0):
            raise Temporary("The site does not answer.")

    def _write(self, name, work):
        fault = self.faults.pop(0) if self.faults else None
        self.calls[name] += 1
        if fault == "down":
            raise Temporary("The site does not answer.")
        answer = {"id": 0} if fault == "lie" else work()
        if fault == "lost":
            raise Temporary("The answer was lost.")
        return deepcopy(answer)

    def mark(self, post, listing_id):
        return {}

    def _create(self, body, listing_id):
        assert listing_id not in self.ids or self.ids[listing_id] not in self.posts, "made twice"
        self.number += 1
        key = self.number
        self.ids[listing_id] = key
        self.posts[key] = {"id": key, "link": f"https://site.test/{key}", "slug": f"listing-{key}", "meta": {}}
        return self._update(key, body)

    def _update(self, key, body):
        meta = self.posts[key]["meta"] | body.get("meta", {})
        self.posts[key] |= body | {"meta": meta}
        return self.posts[key]

    def _upload(self, name, post):
        assert all(file["name"] != name for file in self.media_files.values()), "sent twice"
        self.number += 1
        self.media_files[self.number] = {"id": self.number, "name": name, "post": post, "slug": name}
        return self.media_files[self.number]

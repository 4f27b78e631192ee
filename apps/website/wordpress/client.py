"""Asking a WordPress site. Each answer is read with suspicion (`answers`); terms have names here, numbers there."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings

from apps.core.outbound import TOTAL_SECONDS, Answer, NoAnswer, Outbound
from apps.website.models import Site
from apps.website.profiles.spec import read_spec
from apps.website.wordpress import answers, words
from apps.website.wordpress.answers import Wrong, not_answered
from apps.website.wordpress.terms import Terms

WP, OURS = "wp-json/wp/v2/", "wp-json/realestatecrm/v1/"
ID_KEY, DIGEST_KEY = "crm_listing_id", "crm_photo_digest"
MOST_IDS = 100  # WordPress's own limit of a page
ANY = "publish,future,draft,pending,private,trash"
OF_POST = ("id", "status", "slug", "link", "type", "modified_gmt")
TEXTS = ("title", "content", "excerpt")  # the raw text alone: a site need not make a page of each
OF_MEDIA = {"_fields": "id,source_url,post,slug", "context": "edit"}
OF_PICTURE = {
    "_fields": "id,post,source_url,alt_text,media_details.sizes",
    "media_type": "image",
    "orderby": "id",
    "order": "asc",
}
UPLOAD_SECONDS, TRASH_SECONDS = 120, 10
MOST_PAGES = 50
LINES = 4  # what asks a site for several things at once


class Client:
    """One site, as its user, over one connection. Use it in a `with`, or `close` it. `batches` is how many changes go
    into one request (0: none), `lines` how many clients may ask at once.

    `saw_notices` is whether PHP wrote something in front of an answer; `clock_skew` by how many seconds the site's
    clock was ahead of ours when it last answered.
    """

    def __init__(self, site: Site, *, seconds: float = TOTAL_SECONDS):
        self.site, self.spec, self.seconds = site, read_spec(site.profile.spec), seconds
        self.batches, self.lines = self.spec.batch, LINES
        self.saw_notices, self.clock_skew = False, None
        self.base = WP + self.spec.rest_base
        self.terms = Terms(self, self.spec.taxonomies)
        self._fields = ",".join(dict.fromkeys([*OF_POST, *(_asked_for(one.path) for one in self.spec.fields)]))
        try:
            self._out = Outbound(
                site.url,
                auth=(site.username, site.secret_password()),
                allow_local=settings.WEBSITE_ALLOW_LOCAL,
                allowed=settings.WEBSITE_ALLOWED_NETWORKS,
            )
        except NoAnswer as error:
            raise not_answered(error) from None

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *exception) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._out.close()

    # -- The site ------------------------------------------------------------------------------------------------------
    def index(self) -> dict:
        """What the site says of itself and its REST API, to anybody."""
        return answers.an_object(self.get_json("wp-json/", {"_fields": "name,url,namespaces,authentication"}))

    def whoami(self) -> dict:
        """The user that the site takes us for, with roles and rights."""
        return answers.a_post(self.get_json(WP + "users/me", {"context": "edit"}))

    def status(self) -> dict:
        """What the companion says of the site."""
        return answers.an_object(self.get_json(OURS + "status"))

    def enquiries(self, after: int) -> dict:
        """What people asked on the site, from its companion's own queue: `enquiries` with `n` above `after`, `more`."""
        return answers.rows_of("enquiries", self.get_json(OURS + "enquiries", {"after": after}))

    def numbers(self, since: date, offset: int = 0) -> dict:
        """Views and enquiries of each listing by day from that day on: `days`, `more`."""
        params = {"since": since.isoformat(), "offset": offset}
        return answers.rows_of("days", self.get_json(OURS + "numbers", params))

    def schema(self) -> dict:
        """The fields of the profile's post type, as the site knows them."""
        found = answers.read(self._ask("OPTIONS", self.base))
        if found == []:  # what WordPress says of an address that nobody serves
            raise Wrong(words.NO_TYPE, code="rest_no_route")
        found = answers.an_object(found)
        properties = answers.an_object(found.get("schema")).get("properties")
        return answers.an_object(properties)

    def most_in_batch(self) -> int | None:
        """How many changes the site takes in one request; None where it takes no batches."""
        try:
            found = answers.an_object(answers.read(self._ask("OPTIONS", "wp-json/batch/v1")))
        except Wrong:
            return None
        try:
            most = found["endpoints"][0]["args"]["requests"]["maxItems"]
        except (LookupError, TypeError):
            return None
        return most if isinstance(most, int) else None

    def get_json(self, path: str, params: dict | None = None):
        """The JSON of any address of the site."""
        return answers.read(self._ask("GET", path, params=params or {}))

    # -- Posts ---------------------------------------------------------------------------------------------------------
    def get(self, number: int) -> dict:
        """One post, in the trash or not; Wrong (`is_missing`) where it is gone."""
        params = {"context": "edit", "_fields": self._fields}
        found = answers.read(self._ask("GET", f"{self.base}/{number}", params=params))
        return self.terms.named(answers.a_post(found, number=number))

    def read(self, numbers: Iterable[int]) -> dict[int, dict]:
        """Posts by number, those in the trash too; what is gone is left out."""
        wanted, found = list(dict.fromkeys(numbers)), {}
        for part in _in_parts(wanted):
            for post in self._list({"include": _joined(part), "per_page": MOST_IDS}):
                found[post["id"]] = post
        # Some plugins hide posts from lists even of administrators, so each that lacks is asked for by its number.
        for number in wanted:
            if number not in found:
                try:
                    found[number] = self.get(number)
                except Wrong as error:
                    if not error.is_missing:
                        raise
        return {number: found[number] for number in wanted if number in found}

    def page(self, number: int) -> tuple[list[dict], int]:
        """A hundred posts of the profile's type, the oldest on page 1, and how many there are in all."""
        params = {"per_page": MOST_IDS, "orderby": "id", "order": "asc", "page": number}
        answer = self._ask("GET", self.base, params=self._of_list(params))
        rows = answers.posts(answers.read(answer))
        return [self.terms.named(row) for row in rows], answers.count(answer.headers.get("x-wp-total", ""))

    def find_all(self, listing_ids: Iterable[int]) -> dict[int, list[dict]]:
        """Posts that carry our ids, those in the trash too: id → posts, the one that shows first."""
        by_id = {}
        for part in _in_parts(list(listing_ids)):
            found = self._by_companion(part) if self.spec.needs_companion else self._by_slug(part)
            by_id |= {ours: sorted(there, key=_shown_first) for ours, there in found.items() if there}
        return by_id

    def find(self, listing_ids: Iterable[int]) -> dict[int, int]:
        """The number of the post of each of our ids that is on the site."""
        return {ours: there[0]["id"] for ours, there in self.find_all(listing_ids).items()}

    def create(self, body: dict, listing_id: int) -> dict:
        """Make a post that carries our id. Where one is there already, that one is returned as it is."""
        try:
            answer = self._ask("POST", self.base, json=self.terms.numbered(self._with_id(body, listing_id)))
            return self.terms.named(answers.a_post(answers.read(answer, status=(201,))))
        except Wrong as error:
            number = error.data.get("id")
            if error.code != "crm_exists" or not isinstance(number, int):
                raise
            return self.get(number)

    def mark(self, post: dict, listing_id: int) -> dict[str, str]:
        """What to send so that a post carries our id: nothing where it does, or where its slug would have to."""
        meta = post.get("meta")
        if not self.spec.needs_companion or not isinstance(meta, dict) or ID_KEY not in meta:
            return {}
        return {} if meta[ID_KEY] == str(listing_id) else {f"meta.{ID_KEY}": str(listing_id)}

    def update(self, number: int, body: dict) -> dict:
        """Change fields of a post."""
        answer = self._ask("POST", f"{self.base}/{number}", json=self.terms.numbered(body))
        return self.terms.named(answers.a_post(answers.read(answer), number=number))

    def batch(self, changes: list[tuple[int, dict]]) -> list:
        """Change several posts in one request: the post of each, or its trouble. Not all or nothing."""
        return self._together("PUT", [(number, {"body": self.terms.numbered(body)}) for number, body in changes])

    def trash_together(self, numbers: list[int]) -> list:
        """Take several posts off in one request: the post of each, or its trouble."""
        return self._together("DELETE", [(number, {}) for number in numbers])

    def trash(self, number: int) -> None:
        """Take a post off; it lies in the site's trash afterwards, or was gone already."""
        try:
            answer = self._ask("DELETE", f"{self.base}/{number}", seconds=TRASH_SECONDS)
            answers.a_post(answers.read(answer), number=number)
        except Wrong as error:
            if error.code not in ("rest_already_trashed", "rest_post_invalid_id"):
                raise

    def restore(self, number: int) -> dict:
        """Bring a post back from the trash and show it."""
        return self.update(number, {"status": "publish"})

    # -- Photos --------------------------------------------------------------------------------------------------------
    def upload(self, content: bytes, file_name: str, mime: str, *, alt: str = "", post: int | None = None) -> dict:
        """Send a photo. Its file name is kept as its mark, by which `find_media` knows it again."""
        fields = {"alt_text": alt, f"meta[{DIGEST_KEY}]": _stem(file_name)} | ({"post": str(post)} if post else {})
        answer = self._ask(
            "POST", WP + "media", data=fields, files={"file": (file_name, content, mime)}, seconds=UPLOAD_SECONDS
        )
        try:
            return answers.a_post(answers.read(answer, status=(201,)))
        except Wrong as error:  # the answer to an earlier sending was lost
            if error.code != "crm_exists" or not isinstance(error.data.get("id"), int):
                raise
            return {"id": error.data["id"]}

    def find_media(self, file_name: str) -> int | None:
        """The number of a photo that was sent under this name; None where the site does not have it."""
        stem = _stem(file_name)
        if self.spec.needs_companion:
            found = answers.found_by_our_id(self.get_json(OURS + "media", {"digests": stem})).get(stem, [])
        else:
            found = answers.posts(self.get_json(WP + "media", {"slug": stem} | OF_MEDIA))
        return min((one["id"] for one in found), default=None)

    def media(self, numbers: Iterable[int]) -> dict[int, dict]:
        """Photos by number; what is gone is left out."""
        found = {}
        for part in _in_parts(list(dict.fromkeys(numbers))):
            params = {"include": _joined(part), "per_page": MOST_IDS} | OF_MEDIA
            found |= {one["id"]: one for one in answers.posts(self.get_json(WP + "media", params))}
        return found

    def pictures(self, key: str, values: Iterable[int]) -> list[dict]:
        """Pictures with their sizes, the oldest first: by number (`include`), or what hangs on posts (`parent`)."""
        found = []
        for part in _in_parts(list(dict.fromkeys(values))):
            for page in range(1, MOST_PAGES + 1):
                params = {key: _joined(part), "per_page": MOST_IDS, "page": page} | OF_PICTURE
                answer = self._ask("GET", WP + "media", params=params)
                found += answers.posts(answers.read(answer))
                if answers.count(answer.headers.get("x-wp-total", "")) <= page * MOST_IDS:
                    break
        return found

    def delete_media(self, number: int) -> None:
        """Delete a photo for good (WordPress has no trash for them)."""
        answers.an_object(answers.read(self._ask("DELETE", f"{WP}media/{number}", params={"force": "true"})))

    # -- Below ---------------------------------------------------------------------------------------------------------
    def _ask(self, method: str, path: str, **sent) -> Answer:
        try:
            answer = self._out.request(method, path, **{"seconds": self.seconds} | sent)
        except NoAnswer as error:
            raise not_answered(error) from None
        self.saw_notices = self.saw_notices or answers.has_notices(answer)
        self.clock_skew = answers.clock_skew(answer)
        return answer

    def _together(self, method: str, parts: list[tuple[int, dict]]) -> list:
        fields = f"/wp/v2/{self.spec.rest_base}/%d?_fields=id,status"
        requests = [{"method": method, "path": fields % number} | sent for number, sent in parts]
        answer = self._ask("POST", "wp-json/batch/v1", json={"validation": "normal", "requests": requests})
        return answers.parts(answers.read(answer, status=(207, 200)), len(parts))

    def _of_list(self, params: dict) -> dict:
        return {"status": ANY, "context": "edit", "_fields": self._fields} | params

    def _list(self, params: dict) -> list[dict]:
        found = answers.posts(self.get_json(self.base, self._of_list(params)))
        return [self.terms.named(post) for post in found]

    def _by_companion(self, ids: list[int]) -> dict[int, list[dict]]:
        found = answers.found_by_our_id(self.get_json(OURS + "find", {"ids": _joined(ids)}))
        wanted = {str(ours): ours for ours in ids}
        of_type = {
            ours: [post for post in there if post.get("type") == self.spec.type] for ours, there in found.items()
        }
        return {wanted[ours]: there for ours, there in of_type.items() if ours in wanted}

    def _by_slug(self, ids: list[int]) -> dict[int, list[dict]]:
        slugs = {slug: ours for ours in ids for slug in (_slug(ours), f"{_slug(ours)}__trashed")}
        found = {}
        for part in _in_parts(list(slugs)):
            for post in self._list({"slug": _joined(part), "per_page": MOST_IDS}):
                if post.get("slug") in slugs:
                    found.setdefault(slugs[post["slug"]], []).append(post)
        return found

    def _with_id(self, body: dict, listing_id: int) -> dict:
        if self.spec.needs_companion:
            return body | {"meta": body.get("meta", {}) | {ID_KEY: str(listing_id)}}
        return body | {"slug": _slug(listing_id)}


def _asked_for(path: str) -> str:
    return f"{path}.raw" if path in TEXTS else path.partition(".")[0]


def _slug(listing_id: int) -> str:
    return f"crm-{listing_id}"


def _stem(file_name: str) -> str:
    return file_name.rpartition(".")[0] or file_name


def _joined(values) -> str:
    return ",".join(str(value) for value in values)


def _in_parts(values: list) -> Iterator[list]:
    return (values[start : start + MOST_IDS] for start in range(0, len(values), MOST_IDS))


def _shown_first(post: dict) -> tuple:
    return {"publish": 0, "trash": 2}.get(post.get("status"), 1), post["id"]

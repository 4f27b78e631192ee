"""Terms of taxonomies: the CRM says their names, WordPress wants their numbers."""

from django.utils.translation import gettext as _

from apps.website.wordpress import answers
from apps.website.wordpress.answers import Wrong


class Terms:
    """The terms of a site, read when they are first needed. `taxonomies` maps fields to addresses in the REST API."""

    def __init__(self, client, taxonomies: dict[str, str]):
        self._client, self._taxonomies, self._known = client, taxonomies, {}

    def numbered(self, body: dict) -> dict:
        """The body with numbers for names; a term that is not there yet is made."""
        if not self._taxonomies.keys() & body.keys():
            return body
        return body | {
            field: [self._number(field, name) for name in body[field]] for field in self._taxonomies if field in body
        }

    def named(self, post: dict) -> dict:
        """The post with names for numbers; a number that has no name stays one."""
        if not self._taxonomies.keys() & post.keys():
            return post
        return post | {field: self._names(field, post[field]) for field in self._taxonomies if field in post}

    def _names(self, field, numbers) -> list:
        if not numbers or not isinstance(numbers, list):
            return []
        by_number = {number: name for name, number in self._all(field).items()}
        return [by_number.get(number, number) for number in numbers]

    def _number(self, field, name) -> int:
        known = self._all(field)
        if name not in known:
            known[name] = self._make(field, name)
        return known[name]

    def _all(self, field) -> dict[str, int]:
        if field not in self._known:
            address = f"wp-json/wp/v2/{self._taxonomies[field]}"
            rows = answers.posts(self._client.get_json(address, {"per_page": 100, "_fields": "id,name"}))
            self._known[field] = {answers.words.plain(str(row.get("name", ""))): row["id"] for row in rows}
        return self._known[field]

    def _make(self, field, name) -> int:
        address = f"wp-json/wp/v2/{self._taxonomies[field]}"
        try:
            answer = self._client._ask("POST", address, json={"name": name})
            return answers.a_post(answers.read(answer, status=(201,)))["id"]
        except Wrong as error:
            if error.code == "term_exists" and isinstance(error.data.get("term_id"), int):
                return error.data["term_id"]
            sentence = _("The site has no “%(name)s” among its “%(field)s”, and its user may not add it.")
            raise Wrong(sentence % {"name": name, "field": field}, field, error.code) from error

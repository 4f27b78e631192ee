"""People with the edit page open, for tests: what its inputs hold, and the answer to sending them."""

import html
import re
import uuid

from django.urls import reverse


def inputs(page: str) -> dict[str, str]:
    """Names and values of a page's inputs, as a browser would send them, with a fresh submission key."""
    values = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        is_off = re.search(r'type="(checkbox|radio|file|search)"', tag) and "checked" not in tag
        if name and not is_off:
            values[name[1]] = html.unescape(value[1]) if value else "on" if 'type="checkbox"' in tag else ""
    for name, body in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', page, re.S):
        values[name] = html.unescape(body)
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        values[name] = html.unescape(chosen[1]) if chosen else ""
    return values | {"submission_key": str(uuid.uuid4())}


class Editor:
    """Somebody with the edit page of a listing open."""

    def __init__(self, client, listing_id: str):
        self.client = client
        self.url = reverse("listings:edit", args=[listing_id])
        self.typed: dict[str, str] = {}

    def open(self):
        """Read the page."""
        answer = self.client.get(self.url)
        assert answer.status_code == 200, answer
        self.typed = inputs(answer.content.decode().split('id="edit-form"')[1].split("</form>")[0])
        return self

    def save(self, **changes):
        """Type and send."""
        self.typed |= changes
        return self.client.post(self.url, self.typed)

    def resend(self, answer, **choices):
        """Send the form of a page that compares two people's values."""
        self.typed = inputs(answer.content.decode().split('id="conflict-form"')[1].split("</form>")[0])
        return self.save(**choices)

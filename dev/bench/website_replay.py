"""The bare loop: the very requests that the CRM sent, sent again to another site as fast as that takes them.

The site gives numbers of its own, so a request that names one of the other site's waits until its twin was made here.
"""

import http.client
import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import httpx2


class Replay:
    """One site that is sent what another was sent; it keeps which number there is which here."""

    def __init__(self, site, user, lines: int):
        self.port, self.authorization, self.lines = site.port, user.authorization, lines
        self.numbers: dict[int, int] = {}
        self.made = threading.Condition()
        self.turn = threading.Lock()
        self.refused = 0

    def run(self, record: Path) -> float:
        """Send all that was written down, in its order, over so many lines at once; the seconds it took."""
        requests = list(read(record))
        waiting = iter(requests)
        threads = [threading.Thread(target=self._line, args=(waiting,)) for _ in range(self.lines)]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - started

    def _line(self, waiting: Iterator) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        while True:
            with self.turn:
                request = next(waiting, None)
            if request is None:
                return
            method, path, sent, number = request
            self._send(connection, method, path, sent, number)

    def _send(self, connection, method, path, sent, number) -> None:
        built = httpx2.Request(method, "http://127.0.0.1/" + self._here(path), **self._ours(sent))
        headers = {"Authorization": self.authorization, "Accept": "application/json"}
        headers |= {name: built.headers[name] for name in ("content-type",) if name in built.headers}
        connection.request(method, built.url.raw_path.decode(), built.read() or None, headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status >= 400:
            self.refused += 1
        if number is not None:
            with self.made:
                self.numbers[number] = json.loads(body).get("id", 0)
                self.made.notify_all()

    # -- Numbers -------------------------------------------------------------------------------------------------------
    def _number(self, there: int) -> int:
        with self.made:
            self.made.wait_for(lambda: there in self.numbers, timeout=120)
            return self.numbers.get(there, there)

    def _here(self, path: str) -> str:
        return re.sub(r"(crm-properties/|/media/)(\d+)", lambda m: f"{m[1]}{self._number(int(m[2]))}", path)

    def _ours(self, sent: dict) -> dict:
        """What was sent, with this site's numbers."""
        ours = dict(sent)
        if "include" in (sent.get("params") or {}):
            numbers = [str(self._number(int(one))) for one in sent["params"]["include"].split(",")]
            ours["params"] = sent["params"] | {"include": ",".join(numbers)}
        if sent.get("data", {}).get("post"):
            ours["data"] = sent["data"] | {"post": str(self._number(int(sent["data"]["post"])))}
        if "requests" in (sent.get("json") or {}):
            parts = [
                part | {"path": self._here(part["path"]), "body": self._body(part["body"])}
                for part in sent["json"]["requests"]
            ]
            ours["json"] = sent["json"] | {"requests": parts}
        elif sent.get("json"):
            ours["json"] = self._body(sent["json"])
        return ours

    def _body(self, body: dict) -> dict:
        ours = dict(body)
        if body.get("featured_media"):
            ours["featured_media"] = self._number(body["featured_media"])
        photos = body.get("meta", {}).get("crm_photos")
        if photos:
            ours["meta"] = body["meta"] | {"crm_photos": [self._number(one) for one in photos]}
        return ours


# -- The record --------------------------------------------------------------------------------------------------------
def write(record: BinaryIO, method: str, path: str, sent: dict, number: int | None) -> None:
    """Add a request and the number that the site gave: a line of JSON, then the bytes of its photo as they are."""
    name, content, mime = sent.get("files", {}).get("file", ("", b"", ""))
    rest = {key: value for key, value in sent.items() if key != "files"}
    line = {"method": method, "path": path, "sent": rest, "number": number, "photo": [name, len(content), mime]}
    record.write(json.dumps(line).encode() + b"\n" + content)


def read(record: Path) -> Iterator[tuple]:
    """What `write` put there, one request after another."""
    with record.open("rb") as file:
        for text in file:
            line = json.loads(text)
            name, length, mime = line["photo"]
            photo = {"files": {"file": (name, file.read(length), mime)}} if length else {}
            yield line["method"], line["path"], line["sent"] | photo, line["number"]

"""Several connections to one site: what does not wait for each other is asked at once, as far as the site likes it.

The threads do nothing but ask: rows are read and written by the one who started them, as each answer comes in.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from functools import partial

from django.utils.translation import get_language, override

from apps.website.wordpress import Client


class Lines:
    """`connect` makes a client. Use it in a `with`. A site that failed before is only probed: over one line."""

    def __init__(self, connect: Callable[[], Client], *, one: bool = False):
        self._connect = connect
        self.client = connect()
        self.count = 1 if one else self.client.lines
        self.meanwhile: Callable | None = None  # done once, while all lines wait for the site
        self._free, self._all = deque([self.client]), [self.client]
        self._pool = None

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *_) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        for client in self._all:
            client.close()

    def each(self, ask: Callable, items: Iterable, *, then: Callable | None = None) -> "Answers":
        """`ask(client, item)` for each; iterate over (item, take) as they come: `take()` is the answer, or raises.

        `then()` is called once the last of them were handed out and the lines are about to be free.
        """
        return Answers(self, ask, items, then)

    def begin(self, ask: Callable, keys: Iterable, size: int) -> "Answers":
        """Ask for so many keys at a time, now; `together()` is what `ask(client, some keys)` finds, or raises."""
        keys = list(dict.fromkeys(keys))
        answers = self.each(ask, [keys[start : start + size] for start in range(0, len(keys), size)])
        answers.begin()
        return answers

    def read(self, ask: Callable, keys: Iterable, size: int) -> dict:
        """The same, and wait for it."""
        return self.begin(ask, keys, size).together()

    def once(self, ask: Callable, item):
        """The answer of one, over a line that is free."""
        client = self._take()
        try:
            return ask(client, item)
        finally:
            self._free.append(client)

    def submit(self, ask: Callable, item) -> Future:
        """The same in a thread, in the language of this one."""
        self._pool = self._pool or ThreadPoolExecutor(self.count, thread_name_prefix="website")
        return self._pool.submit(copy_context().run, self._ask_in, get_language(), ask, item)

    def _ask_in(self, language: str | None, ask: Callable, item):
        with override(language):
            return self.once(ask, item)

    def _take(self) -> Client:
        try:
            return self._free.pop()
        except IndexError:
            client = self._connect()
            self._all.append(client)
            return client


class Answers:
    """Answers as they come; after `stop` nothing more is asked, and what is under way still comes."""

    def __init__(self, lines: Lines, ask: Callable, items: Iterable, then: Callable | None = None):
        self._lines, self._ask, self._items, self._then = lines, ask, iter(items), then
        self._running: dict[Future, object] = {}
        self._is_stopped = False

    def stop(self) -> None:
        """Ask nothing more."""
        self._is_stopped = True
        for future in list(self._running):
            if future.cancel():
                del self._running[future]

    def begin(self) -> None:
        """Ask now, where there are several lines; else each in its turn."""
        if self._lines.count > 1:
            self._fill()

    def together(self) -> dict:
        """Answers that are dicts, as one. Trouble is raised."""
        found = {}
        for _item, take in self:
            found |= take()
        return found

    def __iter__(self) -> Iterator[tuple]:
        return self._one_by_one() if self._lines.count == 1 else self._at_once()

    def _one_by_one(self) -> Iterator[tuple]:
        for item in self._items:
            if self._is_stopped:
                return
            yield item, partial(self._lines.once, self._ask, item)

    def _at_once(self) -> Iterator[tuple]:
        self._fill()
        while self._running:
            if meanwhile := self._lines.meanwhile:
                self._lines.meanwhile = None
                meanwhile()
            ended, _ = wait(self._running, return_when=FIRST_COMPLETED)
            for future in ended:
                item = self._running.pop(future)
                self._fill()
                yield item, future.result

    def _fill(self) -> None:
        """Hand out what keeps every line busy while an answer is written down."""
        while not self._is_stopped and len(self._running) < 2 * self._lines.count:
            for item in self._items:
                self._running[self._lines.submit(self._ask, item)] = item
                break
            else:
                then, self._then = self._then, None
                if then:
                    then()
                return

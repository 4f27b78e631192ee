"""What a WordPress site answers, read with suspicion: JSON of the right shape, or trouble in a sentence.

Temporary trouble goes away by itself and is tried again. Wrong means that somebody has to mend something.
"""

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils.translation import gettext as _

from apps.core.outbound import Answer, Cause, NoAnswer
from apps.website.wordpress import words

LONGEST_WAIT = 3600
MOST = 2**63
MOST_DEEP = 100
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
MAY_BE_UNSTORABLE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")  # as JSON writes them
MEND = ("rest_invalid_param", "rest_invalid_type", "rest_missing_callback_param")


class Trouble(Exception):
    """Why it did not work, in a sentence for people."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = str(sentence)


class Temporary(Trouble):
    """It may work later; `retry_after` is how many seconds the site asked for, if it did."""

    def __init__(self, sentence: str, retry_after: int | None = None):
        super().__init__(sentence)
        self.retry_after = retry_after


class Wrong(Trouble):
    """Trying again cannot help. `field` is the field of the site to mend, `code` WordPress's own word.

    `is_of_site`: whatever else is asked of the site would fare the same.
    """

    def __init__(self, sentence: str, field="", code="", data: dict | None = None, *, is_of_site: bool = False):
        super().__init__(sentence)
        self.field, self.code, self.data, self.is_of_site = field, code, data or {}, is_of_site

    @property
    def is_missing(self) -> bool:
        """Whether what was asked for is not on the site at all."""
        return self.code == "rest_post_invalid_id"


def not_answered(error: NoAnswer) -> Trouble:
    """The trouble behind a request that got no answer."""
    if error.cause == Cause.REDIRECT:
        return Wrong(words.redirected(error.location), code="redirect", is_of_site=True)
    if error.cause in (Cause.ADDRESS, Cause.TLS):
        return Wrong(words.UNREACHED[error.cause], code=str(error.cause), is_of_site=True)
    return Temporary(words.UNREACHED[error.cause])


def read(answer: Answer, *, status: tuple[int, ...] = (200,)):
    """The JSON of an answer with one of these statuses; anything else is trouble."""
    found = parsed(answer)
    if 200 <= answer.status < 300:
        if found is None:
            raise Temporary(words.a_page_instead(answer))
        if answer.status not in status:
            raise Wrong(words.not_done(answer.status), code="status")
        return found
    raise trouble(answer.status, found, answer)


def parsed(answer: Answer):
    """The JSON of a body, also behind notices that PHP wrote in front of it; None where there is none."""
    text = answer.text.lstrip("\ufeff").strip()
    for start in _starts(text):
        try:
            found = json.loads(text[start:] if start else text)
            found = _storable(found) if MAY_BE_UNSTORABLE.search(text) else found
            _limit_depth(found, MOST_DEEP)
        except (ValueError, RecursionError):
            continue
        return found if isinstance(found, dict | list) else None
    return None


def _limit_depth(found, left: int) -> None:
    """ValueError for what is nested as nothing of a site is: whoever walks through it later would fall."""
    if isinstance(found, dict | list):
        if not left:
            raise ValueError("too deep")
        for one in found.values() if isinstance(found, dict) else found:
            if type(one) in (dict, list):
                _limit_depth(one, left - 1)


def _storable(found):
    """The same without what no database keeps as text: NUL, and halves of pairs of UTF-16."""
    if isinstance(found, str):
        return found if found.isascii() and "\0" not in found else UNSTORABLE.sub("", found)
    if isinstance(found, list):
        return [_storable(one) for one in found]
    if isinstance(found, dict):
        return {_storable(name): _storable(one) for name, one in found.items()}
    return found


def has_notices(answer: Answer) -> bool:
    """Whether something stands before the JSON."""
    return answer.body.lstrip()[:1] == b"<" and parsed(answer) is not None


def clock_skew(answer: Answer) -> float | None:
    """By how many seconds the site's clock is ahead of ours; None where it does not say."""
    said = _moment(answer.headers.get("date", ""))
    return (said - datetime.now(UTC)).total_seconds() if said else None


def _starts(text: str) -> list[int]:
    """Where JSON may begin: at once, or after a line of something else."""
    if not text:
        return []
    later = [text.find(f"\n{mark}") + 1 or text.find(f">{mark}") + 1 for mark in "{["] if text[0] not in "{[" else []
    return [0, *(start for start in sorted(later) if start)]


def trouble(status: int, found, answer: Answer | None = None) -> Trouble:
    """The trouble behind a status and the JSON (None: a page) that came with it; also for parts of a batch."""
    said = found if isinstance(found, dict) else {}
    code, message = str(said.get("code", "")), str(said.get("message", ""))
    data = said.get("data") if isinstance(said.get("data"), dict) else {}
    if status in (408, 425, 429) or (status >= 500 and code not in words.PERMANENT_ERRORS):
        return Temporary(words.later(status, is_page=found is None), _seconds(answer))
    if status == 412:
        return Temporary(_("A photo was damaged on its way to the site."))
    if code in words.BY_CODE:
        is_of_site = status == 401 or code in words.CODES_OF_SITE
        return Wrong(words.BY_CODE[code], words.FIELD_BY_CODE.get(code, ""), code, data, is_of_site=is_of_site)
    if code in MEND:
        return _invalid(message, data, code)
    if status == 413:
        return Wrong(words.TOO_LARGE, "photos", code or "413")
    if status in (401, 403) and not code:
        sentence = words.FIREWALL if status == 403 else words.NO_SIGN_IN
        return Wrong(sentence, code=str(status), is_of_site=status == 401)
    if status == 404 and not code:
        return Wrong(words.NO_REST, code="404")
    if message:
        return Wrong(_("The site refused: %(message)s") % {"message": words.plain(message)}, code=code, data=data)
    return Wrong(words.not_done(status), code=code or str(status))


def _invalid(message, data, code) -> Wrong:
    params = data.get("params")
    name, why = next(iter(params.items())) if isinstance(params, dict) and params else ("", message)
    field = words.field_within(str(why)) or str(name)
    if not field:
        return Wrong(_("The site refused: %(message)s") % {"message": words.plain(message)}, code=code, data=data)
    sentence = _("The site does not take the value of “%(field)s”: %(why)s")
    return Wrong(sentence % {"field": field, "why": words.plain(str(why))}, field, code, data)


def _seconds(answer: Answer | None) -> int | None:
    """What Retry-After says: seconds, or a date."""
    said = answer.headers.get("retry-after", "") if answer else ""
    if said.isascii() and said.isdigit():
        return min(int(said[:9]), LONGEST_WAIT)
    until = _moment(said)
    return min(max(int((until - datetime.now(UTC)).total_seconds()), 0), LONGEST_WAIT) if until else None


def _moment(said: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# -- Shapes ------------------------------------------------------------------------------------------------------------
def a_post(found, *, number: int | None = None) -> dict:
    """A post (or a media item) as an object with its number; the one that was asked for, where it was one."""
    if isinstance(found, list):  # a write that became a read on the way
        raise Wrong(words.redirected(""), code="redirect")
    if not isinstance(found, dict) or not _is_number(found.get("id")):
        raise Temporary(words.NOT_WORDPRESS)
    if number is not None and found["id"] != number:
        raise Temporary(words.ANOTHER)
    return found


def posts(found) -> list[dict]:
    """A list of posts."""
    if not isinstance(found, list):
        raise Temporary(words.NOT_WORDPRESS)
    return [a_post(one) for one in found]


def count(said: str) -> int:
    """A number of a header; 0 where it says none."""
    return int(said[:9]) if said.isascii() and said.isdigit() else 0


def an_object(found) -> dict:
    """An object."""
    if not isinstance(found, dict):
        raise Temporary(words.NOT_WORDPRESS)
    return found


def rows_of(name: str, found) -> dict:
    """An object with a list of objects under this name, as the companion hands out what it counted or took down."""
    rows = an_object(found).get(name)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Temporary(words.NOT_WORDPRESS)
    return found


def found_by_our_id(found) -> dict[str, list[dict]]:
    """What the companion finds: our id → posts. PHP writes an empty object as a list."""
    inside = an_object(found).get("found")
    if inside == []:
        return {}
    if not isinstance(inside, dict):
        raise Temporary(words.NOT_WORDPRESS)
    return {str(ours): posts(there) for ours, there in inside.items()}


def parts(found, count: int) -> list:
    """The answers within a batch, each an object of the post or a Trouble."""
    inside = an_object(found).get("responses")
    if not isinstance(inside, list) or len(inside) != count:
        raise Temporary(words.NOT_WORDPRESS)
    return [_part(one) for one in inside]


def _part(one):
    if not isinstance(one, dict) or not isinstance(one.get("status"), int):
        return Temporary(words.NOT_WORDPRESS)
    if 200 <= one["status"] < 300:
        try:
            return a_post(one.get("body"))
        except Trouble as error:
            return error
    return trouble(one["status"], one.get("body"))


def dropped(sent: dict, echoed: dict) -> list[str]:
    """Fields that were sent and do not come back at all: nobody registered them, and WordPress drops them silently."""
    lost = [name for name in sent if name not in ("meta", "status", "slug") and name not in echoed]
    meta = echoed.get("meta") if isinstance(echoed.get("meta"), dict) else {}
    return lost + [f"meta.{key}" for key in sent.get("meta", {}) if key not in meta]


def _is_number(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < MOST

"""What a post that somebody wrote by hand says of an apartment, from its fields and from its text."""

import html
import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from apps.website.compare import read_at
from apps.website.profiles.spec import Spec

TEXT_LIMIT = 20_000
BEDROOMS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
BED = r"(?:b\s?/\s?r|br|bhk|bed|beds|bedroom|bedrooms|bdr|bdrm)\b"
BEDS = re.compile(rf"\b(\d{{1,2}}|{'|'.join(BEDROOMS)})[\s-]*{BED}")
STUDIO = re.compile(r"\bstudio\b")
UNIT = re.compile(
    r"(?:\b(?:unit|apt|apartment|flat|villa|townhouse|door|suite)\b\.?\s*(?:no\b\.?|number\b|nr\b\.?)?|#)"
    r"[\s:#]*((?:[a-z]{1,2}[\s-]?)?\d{1,5}[a-z]?)\b"
)
FOLLOWED_BY_BED = re.compile(rf"[\s-]*{BED}")
AMOUNT = re.compile(
    r"(?<![\d.,-])(\d{1,3}(?:[,'\u00a0 ]\d{3})+|\d{4,10}|\d{1,4}(?:\.\d{1,3})?)(\.\d{1,2})?"
    r"\s*(k|m|mn|mil|million|thousand)?\b(?!\s*(?:sq|ft|m2|m²))"
)
TIMES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "mil": 1_000_000, "million": 1_000_000}
MONEY = re.compile(r"(?:aed|dhs|dh|usd|eur|gbp|sar|qar|omr|bhd|egp|\$|€|£|درهم)")
LEAST_PRICE = 10_000
PERMIT = re.compile(r"(?:permit|trakheesi|rera|dld)\D{0,20}?(\d[\d\s-]{4,20}\d)")
RENT = re.compile(
    r"\b(?:rent|rental|to let|for lease|per year|a year|yearly|per annum|p\.?a\.?|/\s?yr|/\s?year|cheques?)\b"
)
SALE = re.compile(r"\b(?:for sale|sale|resale|to buy|freehold)\b")
REFERENCE_WORDS = {"ref", "reference", "refno", "code"}
NUMBER_WORDS = {"no", "nr", "number", "id"}


@dataclass(frozen=True)
class PostFacts:
    """What a post says. `words` are those of its title and text; empty and None mean that it says nothing."""

    number: int
    is_shown: bool = True
    our_id: int | None = None
    reference: str = ""
    permit: str = ""
    prices: tuple[Decimal, ...] = ()
    is_lease: bool | None = None
    bedrooms: int | None = None
    units: frozenset[str] = frozenset()
    title_words: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    references: frozenset[str] = field(default=frozenset())

    @property
    def says_something(self) -> bool:
        """Whether it speaks of a property at all."""
        return bool(self.reference or self.permit or self.prices or self.units or self.bedrooms is not None)


def key(text: object) -> str:
    """Letters and digits alone, in one spelling: references, permits and unit numbers are compared so."""
    return "".join(words_of(str(text or "")))


def words_of(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(re.findall(r"[^\W_]+", plain))


def plain_text(markup: object) -> str:
    """The text of a page's markup, without blocks' comments, short codes and tags."""
    text = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", " ", str(markup or ""), flags=re.DOTALL | re.IGNORECASE)
    text = re.sub(r"<[^>]*>|\[/?[a-z_]+[^\]]*\]", " ", text)
    return html.unescape(text)[:TEXT_LIMIT]


def facts_of(post: dict, spec: Spec, our_key: str = "meta.crm_listing_id") -> PostFacts:
    """What a post says. What stands in the profile's fields counts before what stands in its text."""
    said = _by_source(post, spec)
    title, text = plain_text(said.get("title")), plain_text(said.get("public_remarks") or said.get("page"))
    everything = f"{title}\n{text}".casefold()
    price = _number(said.get("list_price"))
    words = words_of(everything)
    address = " ".join(str(said.get(name) or "") for name in ("building_name", "address"))
    return PostFacts(
        number=post["id"],
        is_shown=post.get("status") == "publish",
        our_id=_whole(read_at(post, our_key)),
        reference=key(said.get("listing_id")),
        permit=key(said.get("permit_number")) or _permit(everything),
        prices=(price,) if price else prices_in(title) or prices_in(text),
        is_lease=_is_lease(said, everything),
        bedrooms=_bedrooms(said, title, text),
        units=frozenset(units_in(title) or units_in(text)),
        title_words=words_of(f"{address} \n {title}"),
        words=words_of(address) + words,
        references=frozenset(named_references(words)),
    )


def prices_in(text: str) -> tuple[Decimal, ...]:
    """Amounts of a text that may be a price: AED 1,950,000; 1.95M; 120k."""
    found = []
    for match in AMOUNT.finditer(text.casefold()):
        digits, cents, unit = match.groups()
        amount = Decimal(re.sub(r"[^\d.]", "", digits) + (cents or "")) * TIMES.get(unit or "", 1)
        near = text.casefold()[max(match.start() - 8, 0) : match.end() + 8]
        if amount >= LEAST_PRICE and (unit or "," in digits or MONEY.search(near)):
            found.append(amount)
    return tuple(dict.fromkeys(found))


def units_in(text: str) -> list[str]:
    """Numbers of doors: unit 1204, apt. A-12, #1204; not the 2 of “apartment 2 bedrooms”."""
    low = text.casefold()
    return [key(match[1]) for match in UNIT.finditer(low) if not FOLLOWED_BY_BED.match(low, match.end())]


def named_references(words: tuple[str, ...]) -> list[str]:
    """What stands behind “ref”, joined in as many ways as it may have been cut."""
    found = []
    for at, word in enumerate(words):
        if word in REFERENCE_WORDS:
            start = at + 2 if words[at + 1 : at + 2] and words[at + 1] in NUMBER_WORDS else at + 1
            found += ["".join(words[start : start + count]) for count in (1, 2, 3, 4)]
    return [one for one in dict.fromkeys(found) if any(letter.isdigit() for letter in one)]


def _by_source(post, spec) -> dict[str, object]:
    """The listing's value → what the post holds for it, in the CRM's words where the profile translates."""
    said = {}
    for one in spec.fields:
        value = read_at(post, one.path)
        if not one.source or value in (None, "", [], 0) or one.source in said:
            continue
        if isinstance(value, list):
            value = value[0]
        if one.words:
            value = next((ours for ours, theirs in one.words.items() if str(theirs) == str(value)), None)
        said[one.source] = value
    return said


def _permit(text) -> str:
    found = PERMIT.search(text)
    return key(found[1]) if found else ""


def _is_lease(said, text) -> bool | None:
    if said.get("property_type"):
        return said["property_type"] == "Residential Lease"
    rent, sale = bool(RENT.search(text)), bool(SALE.search(text))
    return rent if rent != sale else None


def _bedrooms(said, title, text) -> int | None:
    if said.get("bedrooms_total") is not None:
        return _whole(said["bedrooms_total"])
    for part in (title.casefold(), text.casefold()):
        found = BEDS.search(part)
        if found:
            return BEDROOMS.get(found[1]) or int(found[1])
        if STUDIO.search(part):
            return 0
    return None


def _number(value) -> Decimal | None:
    try:
        number = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None


def _whole(value) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number < 2**62 else None

"""Words that stand for one of a field's values, in any spelling, and the value to suggest for other words."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property

from apps.core.money import Currency
from apps.listings.lookups import FeeFrequency

NO_WORD = re.compile(r"[\W_]+")
F = FeeFrequency


def plain(text: str) -> str:
    """Words in lower case without punctuation, as the tables of choices spell them."""
    return " ".join(NO_WORD.sub(" ", text).lower().split())


class Choices:
    """The fields of fixed values of one vocabulary: their lookups, the synonyms, and words that are only offered."""

    def __init__(self, lookups: Mapping, synonyms: Mapping, suggested: Mapping | None = None):
        self.lookups, self._synonyms, self._suggested = lookups, synonyms, suggested or {}

    @cached_property
    def _words(self) -> dict[str, dict[str, str]]:
        return {name: self._words_of(name) for name in self.lookups}

    def _words_of(self, name: str) -> dict[str, str]:
        """Every word that stands for a value of that field: its own spelling, its label, and the synonyms."""
        words: dict[str, str] = {}
        for value, label in self.lookups[name].choices:
            words[plain(value)] = words[plain(str(label))] = value
        for value, spellings in self._synonyms.get(name, {}).items():
            for spelling in spellings.split("|"):
                words.setdefault(plain(spelling), str(value))
        return words

    def words_of(self, name: str) -> dict[str, str]:
        """Every word that is taken for a value of that field."""
        return self._words[name]

    def read(self, name: str, text: str) -> str | None:
        """The value of the field that the text stands for, or None."""
        return self._words[name].get(plain(text))

    def suggest(self, name: str, text: str) -> str | None:
        """The value to offer for a word that is not taken by itself, or None."""
        word = plain(text)
        if word in self._suggested.get(name, {}):
            return str(self._suggested[name][word])
        close = get_close_matches(word, self._words[name], n=1, cutoff=0.8)
        return self._words[name][close[0]] if close else None


FREQUENCIES = {
    F.ANNUALLY: "year | yearly | annual | annually | per year | a year | per annum | pa | p a | yr | per yr | y"
    " | سنوي | سنويا",
    F.SEMI_ANNUALLY: "half year | half yearly | biannual | semi annual | every 6 months",
    F.QUARTERLY: "quarter | quarterly | per quarter | a quarter",
    F.MONTHLY: "month | monthly | per month | a month | pcm | pm | p m | mo | mth | m | شهري | شهريا",
    F.WEEKLY: "week | weekly | per week | a week | pw | p w | wk | w | اسبوعي | اسبوعيا",
    F.DAILY: "day | daily | per day | a day | night | nightly | per night | d | يومي | يوميا",
}
CURRENCIES = {
    Currency.AED: "dhs | dh | dirham | dirhams | uae dirham | د إ | درهم",
    Currency.OMR: "ro | r o | rial omani | ر ع | ريال عماني | omani rial",
    Currency.SAR: "sr | riyal | saudi riyal | ر س | ريال سعودي",
    Currency.QAR: "qr | qatari riyal",
    Currency.USD: "us | dollar | dollars | us dollar",
    Currency.EUR: "euro | euros",
    Currency.GBP: "pound | pounds | sterling",
    Currency.KWD: "kd | dinar kuwaiti",
    Currency.BHD: "bd",
    Currency.JOD: "jd",
    Currency.EGP: "le | egyptian pound",
    Currency.INR: "rs | rupee | rupees",
}
# What prices are written with, whatever they are prices of.
TERMS = Choices({"currency": Currency, "frequency": FeeFrequency}, {"currency": CURRENCIES, "frequency": FREQUENCIES})
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "د.إ": "AED", "ر.ع.": "OMR", "ر.ع": "OMR", "ر.س": "SAR"}
CURRENCY_WORDS = frozenset(word for word in TERMS.words_of("currency") if word not in ("us", "pound", "pounds"))


def read_currency(text: str) -> str | None:
    """The ISO 4217 code that a code, symbol or word stands for, or None."""
    return SYMBOLS.get(text.strip()) or TERMS.read("currency", text)


def read_frequency(text: str) -> str | None:
    """The period of a rent that a word stands for, or None."""
    return TERMS.read("frequency", text)

"""Cells that only lists of customers have."""

import re

from apps.customers.lookups import Source
from apps.imports.customers import fields as kinds
from apps.imports.customers.choices import AGREES, NOT_ASKED, OPTED_OUT, REFUSES
from apps.imports.customers.contacts import read_emails
from apps.imports.problems import warn
from apps.imports.understanding.cells import TAKERS
from apps.imports.understanding.choices import plain
from apps.imports.understanding.money import read_money
from apps.imports.understanding.rooms import read_rooms
from apps.imports.understanding.text import clean_line, clean_text, latin_digits

OUR_SOURCES = frozenset(plain(value) for value in Source.values) | {"walk in"}
BETWEEN = re.compile(r"\s*[;,|/\n&]\s*|\s+and\s+")
BETWEEN_PLACES = re.compile(r"\s*[;,|/\n]\s*")
RANGE = re.compile(r"^(.*?\d[^-–]*?)\s*(?:-|–|\bto\b)\s*(.*\d.*)$", re.I)
MOST_PLACES = 20


def _phones(context, taking, column, name, text):
    """Kept as written: which country a number without a country code is of, other columns may say."""
    taking.fields.setdefault(name, []).append((column, text))


def _emails(context, taking, column, name, text):
    found, problems = read_emails(column, text)
    taking.problems.extend(problems)
    if found:
        taking.fields.setdefault(name, []).extend(found)


def _roles(context, taking, column, name, text):
    for word in BETWEEN.split(clean_line(text)):
        role = context.choices.read("roles", word) if word else None
        if role:
            taking.fields.setdefault(name, []).append(role)
        elif word:
            sentence = f"“{word[:40]}” is no role (buyer, tenant, seller, landlord). It was left out."
            suggestion = context.choices.suggest("roles", word)
            taking.problems.append(warn(column, text, sentence, "unknown role", suggestion))


def _source(context, taking, column, name, text):
    """Words of other systems say more than our few sources: the word itself is kept as the campaign."""
    word = clean_line(text)[:120]
    value = context.choices.read("source", word)
    taking.fields[name] = value or Source.OTHER.value
    if plain(word) not in OUR_SOURCES:
        taking.fields.setdefault("said_source", word)


def _region(context, taking, column, name, text):
    """A country that is not known says nothing: numbers are then of the agency's own."""
    value = context.choices.read(name, clean_line(text)[:60])
    if value:
        taking.fields.setdefault(name, value)


def _answer(context, taking, column, name, text):
    word = plain(text)
    if word in AGREES or word in REFUSES:
        taking.fields[name] = word in AGREES
    elif word not in NOT_ASKED:
        sentence = f"{context.fields[name].label}: write yes or no. It was left empty."
        taking.problems.append(warn(column, text, sentence, "not yes or no"))


def _refusal(context, taking, column, name, text):
    """Only what was refused is said: that somebody has not opted out is no consent."""
    word = plain(text)
    if word in (*AGREES, *OPTED_OUT, plain(name), plain(context.fields[name].label)):
        taking.fields[name] = True
    elif word in REFUSES:
        taking.fields[name] = False
    elif word not in NOT_ASKED:
        sentence = f"{context.fields[name].label}: write yes or no. It was left empty."
        taking.problems.append(warn(column, text, sentence, "not yes or no"))


def _notes(context, taking, column, name, text):
    value, longest = clean_text(text), context.fields[name].max_length
    if len(value) > longest:
        taking.problems.append(warn(column, value, f"Only the first {longest:,} characters were taken.", "long text"))
        value = value[:longest]
    if value:
        taking.fields.setdefault(name, []).append(value)


def _budget(context, taking, column, name, text):
    """One amount is the most they pay; of two, the first is the least."""
    cleaned = latin_digits(clean_line(text))
    both = RANGE.match(cleaned)
    parts = [("price_min", both[1]), ("price_max", both[2])] if both else [("price_max", cleaned)]
    for field, part in parts:
        money = read_money(part, column, context.column_currency(column))
        if money.problem or money.amount is None:
            sentence = "The budget is not understood. Enter one amount, or two with a dash between. It was left empty."
            taking.problems.append(warn(column, text, sentence, "not a budget"))
            return
        taking.fields[field] = money.amount
        if money.currency:
            taking.fields["currency"] = money.currency


def _bedrooms(context, taking, column, name, text):
    cleaned = latin_digits(clean_line(text))
    both = RANGE.match(cleaned)
    for field, part in [(name, both[1]), ("bedrooms_max", both[2])] if both else [(name, cleaned)]:
        rooms = read_rooms(part, column)
        if rooms.problem and rooms.count is None:
            taking.problems.append(rooms.problem)
        if rooms.count is not None:
            taking.fields[field] = rooms.count


def _places(context, taking, column, name, text):
    names = [part[:160] for part in BETWEEN_PLACES.split(clean_line(text)) if part]
    taking.fields[name] = list(dict.fromkeys(names))[:MOST_PLACES]


CUSTOMER_TAKERS = TAKERS | {
    kinds.PHONES: _phones,
    kinds.EMAILS: _emails,
    kinds.ROLES: _roles,
    kinds.SOURCE: _source,
    kinds.REGION: _region,
    kinds.ANSWER: _answer,
    kinds.REFUSAL: _refusal,
    kinds.NOTES: _notes,
    kinds.BUDGET: _budget,
    kinds.BEDROOMS: _bedrooms,
    kinds.PLACES: _places,
}

"""One cell to one field (a price cell may fill three): a function for each kind of field."""

from decimal import Decimal, InvalidOperation

from apps.imports.problems import refuse, warn
from apps.imports.understanding import vocabulary as kinds
from apps.imports.understanding.areas import read_area
from apps.imports.understanding.choices import read_currency
from apps.imports.understanding.dates import ASK, read_date
from apps.imports.understanding.money import read_money
from apps.imports.understanding.rooms import read_rooms
from apps.imports.understanding.text import clean_line, clean_text, is_nothing, latin_digits

YES, NO = frozenset({"yes", "y", "true", "1", "t", "نعم"}), frozenset({"no", "n", "false", "0", "f", "لا"})
GROUND = {"g": 0, "ground": 0, "ground floor": 0, "gf": 0, "b": -1, "basement": -1}


def take(context, reader, taking, column: str, name: str, text: str) -> None:
    """Read a cell with the reader of its kind, unless it says that there is nothing."""
    if not is_nothing(text):
        reader(context, taking, column, name, text)


def _text(context, taking, column, name, text):
    value = clean_line(text)
    longest = context.fields[name].max_length
    if len(value) > longest:
        sentence = f"Only the first {longest} characters were taken."
        taking.problems.append(warn(column, value, sentence, "long text"))
        value = value[:longest]
    if value:
        taking.fields[name] = value


def _long_text(context, taking, column, name, text):
    value = clean_text(text)
    longest = context.fields[name].max_length
    if len(value) > longest:
        taking.problems.append(warn(column, value, f"Only the first {longest:,} characters were taken.", "long text"))
        value = value[:longest]
    if value:
        taking.fields[name] = value


def _money(context, taking, column, name, text):
    money = read_money(text, column, context.column_currency(column) if column else "")
    if money.problem:
        taking.problems.append(money.problem)
    if money.amount is not None:
        taking.fields[name] = money.amount
    tells = context.fields[name].tells
    if money.currency and "currency" in tells:
        taking.fields["currency"] = money.currency
    if money.frequency and "lease_amount_frequency" in tells:
        taking.fields.setdefault("lease_amount_frequency", money.frequency)


def _area(context, taking, column, name, text):
    area = read_area(text, column)
    if area.problem:
        taking.problems.append(area.problem)
    if area.value is not None:
        taking.fields[name] = area.value
    if area.units:
        taking.fields["living_area_units"] = area.units


def _rooms(context, taking, column, name, text):
    rooms = read_rooms(text, column)
    if rooms.problem:
        taking.problems.append(rooms.problem)
    if rooms.count is not None:
        taking.fields[name] = rooms.count


def _count(context, taking, column, name, text):
    field = context.fields[name]
    cleaned = latin_digits(clean_line(text)).lower()
    try:
        number = Decimal(GROUND[cleaned] if cleaned in GROUND else cleaned.removesuffix(".0"))
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or number % 1 or not field.low <= number <= field.high:
        sentence = f"{field.label} must be a number from {field.low} to {field.high}. It was left empty."
        taking.problems.append(warn(column, text, sentence, f"not a {field.label.lower()}"))
    else:
        taking.fields[name] = int(number)


def _coordinate(context, taking, column, name, text):
    value = _degrees(text, context.fields[name].high)
    if value is None:
        sentence = f"{context.fields[name].label} must be a number of degrees, such as 25.0803. It was left empty."
        taking.problems.append(warn(column, text, sentence, "not a coordinate"))
    else:
        taking.fields[name] = value


def _point(context, taking, column, name, text):
    parts = text.replace(";", ",").strip(" ()[]").split(",")
    values = [_degrees(part, bound) for part, bound in zip(parts, (90, 180), strict=False)]
    if len(parts) != 2 or None in values:
        sentence = "This is not a position. Write latitude, longitude, such as 25.0803, 55.1403. It was left empty."
        taking.problems.append(warn(column, text, sentence, "not a position"))
    else:
        taking.fields["latitude"], taking.fields["longitude"] = values


def _degrees(text: str, bound: int) -> Decimal | None:
    try:
        value = Decimal(latin_digits(clean_line(text)))
    except InvalidOperation:
        return None
    return round(value, 6) if value.is_finite() and abs(value) <= bound and value else None


def _yes_no(context, taking, column, name, text):
    word = clean_line(text).lower()
    if word in YES or word in NO:
        taking.fields[name] = word in YES
    else:
        sentence = f"{context.fields[name].label}: write yes or no. It was left empty."
        taking.problems.append(warn(column, text, sentence, "not yes or no"))


def _choice(context, taking, column, name, text):
    own, choices, field = context.mapping.values.get(name), context.choices, context.fields[name]
    word = clean_line(text)
    value = own and (own.get(word) or own.get(word.lower()))
    value = value or (read_currency(word) if name == "currency" else choices.read(name, word))
    if value:
        taking.fields[name] = value
        return
    label, suggestion = field.label, choices.suggest(name, word)
    if field.unknown == kinds.REFUSED:
        advice = f"Choose a {label.lower()}."
        problem = refuse(
            column, text, f"{label} “{word[:40]}” is not known. {advice}", f"unknown {label.lower()}", suggestion
        )
    elif field.unknown:
        taking.fields.setdefault(name, field.unknown)
        sentence = f"{label} “{word[:40]}” is not known. Read as {field.unknown}."
        problem = warn(column, text, sentence, f"unknown {label.lower()}", suggestion)
    else:
        sentence = f"{label} “{word[:40]}” is not known. It was left empty."
        problem = warn(column, text, sentence, f"unknown {label.lower()}", suggestion)
    taking.problems.append(problem)


def _date(context, taking, column, name, text):
    day = read_date(text, context.survey.date_order(column))
    if day is None:
        sentence = "This is not a date. Write it as 2026-11-21. It was left empty."
        taking.problems.append(warn(column, text, sentence, "not a date"))
    elif day == ASK:
        sentence = "Day or month first? Say for the whole column how its dates are written. It was left empty."
        taking.problems.append(warn(column, text, sentence, "day or month first"))
    else:
        taking.fields[name] = day


TAKERS = {
    kinds.TEXT: _text,
    kinds.LONG_TEXT: _long_text,
    kinds.MONEY: _money,
    kinds.AREA: _area,
    kinds.ROOMS: _rooms,
    kinds.COUNT: _count,
    kinds.DATE: _date,
    kinds.COORDINATE: _coordinate,
    kinds.POINT: _point,
    kinds.YES_NO: _yes_no,
    kinds.CHOICE: _choice,
    kinds.ADDRESS: _text,
}

"""Calendar files as RFC 5545 wants them, the days of the calendar, and the way between two viewings."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from apps.viewings.calendar import first_weekday, hours_for, place_on_grid, week_of
from apps.viewings.ics import Appointment, calendar
from apps.viewings.travel import minutes_between, way

AT = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


def appointment(**changes):
    values = {"uid": "v-1@crm.test", "sequence": 2, "starts_at": AT, "ends_at": AT + timedelta(minutes=30)}
    return Appointment(**values | {"changed_at": AT, "summary": "Viewing"} | changes)


def read(text: str) -> dict[str, str]:
    """Properties by name, unfolded and unescaped: a reader of its own, so that the writer is not its own judge."""
    lines = text.replace("\r\n ", "").split("\r\n")
    pairs = (line.partition(":")[::2] for line in lines if line)
    return {name.partition(";")[0]: _plain(value) for name, value in pairs}


def _plain(value):
    found, letters = [], iter(value)
    for letter in letters:
        found.append({"n": "\n"}.get(after := next(letters), after) if letter == "\\" else letter)
    return "".join(found)


@given(some.text(max_size=300))
def test_any_text_comes_back_and_no_line_is_too_long(text):
    written = calendar([appointment(summary=text)], method="PUBLISH")
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    expected = "\n".join(text.splitlines())
    expected = "".join(letter for letter in expected if letter == "\n" or letter.isprintable() or letter == " ")
    assert read(written)["SUMMARY"] == expected


def test_times_are_universal_and_the_end_is_there():
    found = read(calendar([appointment()], method="REQUEST"))
    assert (found["DTSTART"], found["DTEND"]) == ("20261121T103000Z", "20261121T110000Z")
    assert (found["METHOD"], found["SEQUENCE"], found["STATUS"]) == ("REQUEST", "2", "CONFIRMED")


def test_a_name_cannot_break_out_of_its_parameter():
    written = calendar([appointment(organizer=('A";X="b\r\nEVIL:1', "a@b.test"))], method="REQUEST")
    assert "\r\nEVIL" not in written
    assert "CN=\"A';X='bEVIL:1\":mailto:a@b.test" in written.replace("\r\n ", "")


def test_a_week_starts_after_the_weekend():
    assert first_weekday([5, 6]) == 0
    assert first_weekday([4, 5]) == 6
    assert week_of(date(2026, 11, 21), [4, 5])[0] == date(2026, 11, 15)
    assert week_of(date(2026, 11, 21), [])[0] == date(2026, 11, 16)


def at_place(latitude, longitude):
    return SimpleNamespace(latitude=latitude, longitude=longitude)


def test_viewings_outside_the_usual_hours_lengthen_the_day_and_keep_rows_of_their_own():
    morning = timezone.localtime().replace(hour=6, minute=0, second=0, microsecond=0)
    early, next_one = (SimpleNamespace(starts_at=morning + timedelta(minutes=n), minutes=30) for n in (0, 30))
    late = SimpleNamespace(starts_at=morning.replace(hour=23, minute=30), minutes=60)
    hours = hours_for([early, next_one, late])
    for viewing in (early, next_one, late):
        place_on_grid(viewing, hours)
    assert (hours.first, hours.last) == (6, 24)
    assert [(viewing.row, viewing.span) for viewing in (early, next_one, late)] == [(1, 2), (3, 2), (71, 2)]


def test_short_viewings_in_a_row_never_lie_over_each_other():
    start = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
    viewings = []
    for minutes in (15, 15, 16, 44, 15):
        viewings.append(SimpleNamespace(starts_at=start, minutes=minutes))
        start += timedelta(minutes=minutes)
    for viewing in viewings:
        place_on_grid(viewing, hours_for(viewings))
    assert [(one.row, one.span) for one in viewings] == [(9, 1), (10, 1), (11, 1), (12, 3), (15, 1)]


def test_a_day_has_its_usual_hours_and_no_line_for_a_moment_outside_them():
    hours = hours_for([])
    assert (hours.first, hours.last) == (8, 21)
    assert [hours.row_of(datetime(2027, 1, 4, hour, 20)) for hour in (7, 8, 20, 21)] == [None, 2, 50, None]


def test_the_way_is_estimated_from_coordinates():
    marina, downtown = at_place(25.0805, 55.1403), at_place(25.1972, 55.2744)
    minutes, by_car = minutes_between(marina, downtown)
    assert by_car
    assert 40 <= minutes <= 65
    assert minutes_between(marina, at_place(25.0810, 55.1410)) == (6, False)
    assert minutes_between(marina, at_place(None, None)) is None


def test_a_gap_shorter_than_the_way_is_tight():
    marina, downtown = at_place(25.0805, 55.1403), at_place(25.1972, 55.2744)
    first = SimpleNamespace(listing=marina, ends_at=AT)
    second = SimpleNamespace(listing=downtown, starts_at=AT + timedelta(minutes=20))
    assert way(first, second).is_tight
    second.starts_at = AT + timedelta(hours=2)
    assert not way(first, second).is_tight

"""The small pieces of a screen say what colleagues say, and can be told without colour."""

import datetime
import re
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone, translation

from apps.core.templatetags import ui
from apps.core.units import AreaUnits


def render(text, **context):
    return Template("{% load ui %}" + text).render(Context(context))


class Person:
    initials, hue, short_name = "LH", 3, "Layla"

    def __str__(self):
        return "Layla <Haddad>"


class PriceForm(forms.Form):
    list_price = forms.DecimalField(label="Price", help_text="Digits only")
    reason = forms.CharField(required=False)
    consent = forms.BooleanField(required=False)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


@pytest.mark.parametrize(("days", "words"), [(0, "today 14:30"), (1, "tomorrow 14:30"), (400, r"\d+ \w+ \d{4} 14:30")])
def test_a_planned_time_is_said_within_a_sentence(days, words):
    moment = timezone.localtime().replace(hour=14, minute=30) + datetime.timedelta(days=days)
    assert re.search(f">{words}<", render("{% when_at moment %}", moment=moment))


@pytest.mark.parametrize(("days", "words"), [(1, "Late, due yesterday"), (2, r"Late, due \d+ \w+( \d{4})?")])
def test_a_late_day_is_said_in_one_sentence(days, words):
    said = render("{% late_due day %}", day=timezone.localdate() - datetime.timedelta(days=days))
    assert re.fullmatch(words, re.sub("<[^>]*>", "", said))


def test_every_status_has_a_word_and_a_shape_of_its_own():
    glyphs = [glyph for status, (_, _, glyph) in ui.STATUSES.items() if status != "Delete"]
    assert len(set(glyphs)) == len(glyphs) == 10
    badge = ui.status_badge("Active Under Contract")
    assert "Under contract" in badge and "#st-contract" in badge


def test_badges_speak_the_language_of_the_page():
    before = ui.status_badge("Active")
    with translation.override("ar"):
        ui.status_badge("Active")
    assert ui.status_badge("Active") == before


def test_icons_are_hidden_from_screen_readers_unless_they_are_named():
    assert 'aria-hidden="true"' in ui.icon("bed")
    assert 'role="img" aria-label="Close"' in ui.icon("x", label="Close")


@pytest.mark.parametrize(
    ("amount", "text"),
    [("2450000", "2,450,000"), ("300.500", "300.50"), ("40.000", "40"), ("0", "0"), (None, "")],
)
def test_amounts_have_decimals_only_where_there_are_some(amount, text):
    assert ui.number(Decimal(amount) if amount else amount) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [(2380000, "2.38M"), (2000000, "2M"), (212000, "212K"), (999600, "1M"), (950, "950"), (1200000000, "1.2B")],
)
def test_tiles_show_short_amounts(amount, text):
    assert ui.short(amount) == text


def test_money_keeps_its_direction_beside_arabic():
    assert render('{% money 2450000 "AED" %}') == '<data dir="ltr" value="2450000">AED 2,450,000</data>'
    assert render("{% money nothing 'AED' %}") == ""


def test_equal_amounts_are_written_alike_whatever_was_shown_before():
    assert ui.money(Decimal("7350000.000"), "AED") == ui.money(7350000, "AED") == ui.money(Decimal("7.35E6"), "AED")


def test_price_changes_carry_an_arrow_besides_the_colour():
    assert "↓ 4.2%" in ui.change(Decimal("2450000"), Decimal("2557400")) and "down" in ui.change(1, 2)
    assert "↑ 1.5%" in ui.change(Decimal("1015"), Decimal("1000"))
    assert ui.change(5, 5) == ui.change(None, 5) == ui.change(5, None) == ui.change(5, 0) == ""


def test_areas_are_shown_in_the_agencys_unit():
    class Agency:
        area_units = AreaUnits.SQUARE_METERS

    assert render('{% area 1000 "Square Feet" %} {% area_unit %}', agency=Agency()).endswith("93 m²</data> m²")
    assert render('{% area 1388 "Square Feet" bare=True %}') == "1,388"
    assert render('{% per_area 2450000 1388 "Square Feet" %}') == "1,765 / ft²"


@pytest.fixture
def at_ten(monkeypatch):
    """It is Friday 20 November 2026, 10:42 in Dubai."""
    zone = timezone.get_default_timezone()
    now = datetime.datetime(2026, 11, 20, 10, 42, tzinfo=zone)
    real = timezone.localtime
    monkeypatch.setattr(ui.timezone, "localtime", lambda value=None: real(value, zone) if value else now)
    monkeypatch.setattr(ui.timezone, "localdate", lambda: now.date())
    return now


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (datetime.timedelta(seconds=5), "Just now"),
        (datetime.timedelta(minutes=20), "20 min ago"),
        (datetime.timedelta(hours=2), "08:42"),
        (datetime.timedelta(hours=20), "Yesterday"),
        (datetime.timedelta(days=45), "6 Oct"),
        (datetime.timedelta(days=400), "16 Oct 2025"),
        (datetime.timedelta(hours=-3), "13:42"),
        (datetime.timedelta(days=-1), "Tomorrow"),
    ],
)
def test_times_are_said_as_colleagues_say_them(at_ten, ago, words):
    assert f">{words}</time>" in ui.when(at_ten - ago)


def test_the_full_date_is_in_the_tooltip(at_ten):
    assert 'title="20 November 2026, 08:42"' in ui.when(at_ten - datetime.timedelta(hours=2))
    assert 'datetime="2026-11-19"' in ui.when(datetime.date(2026, 11, 19))


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (61, "left ", "61 days left"),
        (29, "late", "29 days left"),
        (14, "worse", "14 days left"),
        (1, "worse", "1 day left"),
        (0, "worse", "Ends today"),
        (-2, "worse", "Expired 18 Nov 2026"),
    ],
)
def test_clocks_turn_amber_under_30_days_and_red_under_15(at_ten, days, state, words):
    clock = ui.days_left(at_ten.date() + datetime.timedelta(days=days), 90)
    assert state in clock and words in clock


def test_names_of_people_are_escaped():
    assert 'title="Layla &lt;Haddad&gt;"' in ui.avatar(Person())
    assert ">Layla</span>" in ui.avatar(Person(), with_name=True)
    assert ui.avatar(None) == ""


def test_a_field_ties_hint_and_error_to_its_input():
    html = ui.field(PriceForm({"list_price": "x"})["list_price"], unit="AED", inputmode="decimal")
    assert 'aria-describedby="id_list_price_hint id_list_price_error"' in html
    assert 'aria-invalid="true"' in html and 'inputmode="decimal"' in html and 'value="x"' in html
    assert "Enter a number." in html


def test_optional_fields_say_so_in_words():
    form = PriceForm()
    assert "(optional)" in ui.field(form["reason"])
    assert "(optional)" not in ui.field(form["list_price"]) + ui.field(form["consent"])


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    html = ui.field(PriceForm()["kind"])
    assert html.startswith("<fieldset") and "<legend>" in html


def test_the_error_summary_counts_and_links_the_fields():
    form = PriceForm({"kind": "a"})
    form.add_error(None, "The permit ended")
    html = ui.error_summary(form)
    assert "1 field needs a change" in html and '<a href="#id_list_price">Price</a>' in html
    assert "The permit ended" in html and 'role="alert"' in html
    assert ui.error_summary(PriceForm({"list_price": "1", "kind": "a"})) == ""


def test_sorting_keeps_the_filters_and_starts_at_the_first_page(rf):
    request = rf.get("/listings/", {"status": "Active", "after": "xyz", "sort": "-list_price"})
    html = render('{% sort_header "list_price" "Price" "-list_price" "n" %}', request=request)
    assert 'aria-sort="descending"' in html and 'href="?status=Active&amp;sort=list_price"' in html
    html = render('{% sort_header "bedrooms" "Beds" "-list_price" "n" first="" %}', request=request)
    assert 'aria-sort="none"' in html and "sort=bedrooms" in html

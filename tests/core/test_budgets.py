"""Every page is light: gzip sizes of what each one loads."""

import gzip
import re

from django.contrib.staticfiles import finders

KB = 1024


def gzipped(path):
    with open(finders.find(path), "rb") as file:
        return len(gzip.compress(file.read()))


def test_the_stylesheet_weighs_at_most_14_kb():
    assert gzipped("css/app.css") <= 14 * KB


def test_the_scripts_of_every_page_weigh_at_most_20_kb():
    with open(finders.find("js/app.js")) as file:
        imported = re.findall(r'^import "\./(.+?)"', file.read(), re.M)
    own = sum(gzipped(f"js/{name}") for name in ["app.js", *imported])
    assert own + gzipped("django_htmx/htmx-2.min.js") <= 20 * KB


def test_the_sprite_weighs_at_most_6_kb():
    assert gzipped("icons.svg") <= 6 * KB

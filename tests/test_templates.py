"""Templates keep to what the Content-Security-Policy allows: nothing inline, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = {
    "a script inline": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE),
    "a style inline": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "a handler inline": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a handler of htmx inline": re.compile(r"\shx-on[:a-z-]*\s*=", re.IGNORECASE),
    "code in an address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "a file from elsewhere": re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//"),
}


@pytest.mark.parametrize("words", FORBIDDEN)
def test_no_template_holds(words):
    found = {str(path.relative_to(ROOT)) for path in TEMPLATES if FORBIDDEN[words].search(path.read_text())}
    assert found == set()


def test_what_is_forbidden_would_be_seen():
    samples = [
        "<script>x()</script>",
        '<p style="color:red">',
        '<a href="/" onclick="x()">',
        '<div hx-on:click="x()">',
        '<a href="javascript:x()">',
        '<img src="https://elsewhere.example/x.png">',
    ]
    assert [bool(rule.search(sample)) for rule, sample in zip(FORBIDDEN.values(), samples, strict=True)] == [True] * 6

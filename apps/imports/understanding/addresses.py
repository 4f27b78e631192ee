"""Addresses in one cell, split by the order that a mapping gives; portals differ in it."""

from apps.imports.understanding.mapping import AddressRule, Mapping
from apps.imports.understanding.text import clean_line


def address_parts(mapping: Mapping, cells: dict[str, str]) -> dict[str, str]:
    """Unit, building, community, city and so on, by the first rule that fits; empty where none does."""
    for rule in mapping.addresses:
        text = cells.get(rule.column)
        if text and _holds(rule, cells):
            parts = [part for part in (clean_line(part) for part in text.split(",")) if part]
            if len(parts) == len(rule.order):
                return dict(zip(rule.order, parts, strict=True))
    return {}


def _holds(rule: AddressRule, cells: dict[str, str]) -> bool:
    return rule.if_matches is None or bool(rule.if_matches.search(cells.get(rule.if_column, "")))

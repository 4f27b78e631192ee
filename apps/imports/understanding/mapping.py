"""A mapping: how the files of one source are read. Written as TOML (docs/imports.md), or made from headers alone."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from django.utils.translation import gettext as _

from apps.imports.problems import Unreadable
from apps.imports.reading.rows import Layout, Lookup, Pairs
from apps.imports.understanding.vocabulary import Vocabulary
from apps.imports.vocabularies import Subject, vocabulary_of

SHIPPED = Path(__file__).resolve().parent.parent / "mappings"
DATE_ORDERS = ("dmy", "mdy")
TABLES = ("match", "layout", "columns", "constants", "dates", "values")
KEYS = {"name", "subject", "source", "address", "derive", "identity", *TABLES}


@dataclass(frozen=True, slots=True)
class AddressRule:
    """In which order a column names the parts of an address, where it has so many and the condition, if any, holds."""

    column: str
    order: tuple[str, ...]
    if_column: str = ""
    if_matches: re.Pattern | None = None


@dataclass(frozen=True, slots=True)
class DeriveRule:
    """A field read out of a column's text: `value`, or the first group of `pattern`. The first rule that fits wins."""

    field: str
    column: str
    pattern: re.Pattern
    value: str | None = None


@dataclass(frozen=True)
class Mapping:
    """How one source writes its files. Without anything in it, headers alone are used."""

    subject: str = Subject.LISTINGS.value
    name: str = ""
    source: str = ""
    match_columns: frozenset[str] = frozenset()
    match_text: str = ""
    layout: Layout = field(default_factory=Layout)
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    addresses: tuple[AddressRule, ...] = ()
    derives: tuple[DeriveRule, ...] = ()
    identity: tuple[str, ...] = ()
    toml: str = ""

    def with_choices(self, choices: dict) -> "Mapping":
        """This mapping with what a person chose on the page: `columns`, `constants`, `dates`, `source`."""
        return replace(
            self,
            columns=self.columns | choices.get("columns", {}),
            constants=self.constants | choices.get("constants", {}),
            dates=self.dates | choices.get("dates", {}),
            source=choices.get("source") or self.source,
        )

    @property
    def vocabulary(self) -> Vocabulary:
        """The fields that its columns may be."""
        return vocabulary_of(self.subject)

    @property
    def signature(self) -> str:
        """A short word that changes whenever the mapping understands rows differently."""
        said = (self.columns, self.constants, self.dates, self.values, self.addresses, self.derives, self.identity)
        return blake2b(repr(said).encode(), digest_size=8).hexdigest()


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file. Raises Unreadable with a sentence for each thing that is wrong in it."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        sentence = _("The mapping %(name)s is not UTF-8. Save it as UTF-8.")
        raise Unreadable(sentence % {"name": path.name}) from error
    except OSError as error:
        raise Unreadable(_("The mapping %(path)s cannot be opened. Check the path.") % {"path": path}) from error
    return parse_mapping(text, path.stem)


def parse_mapping(text: str, stem: str) -> Mapping:
    """The mapping written as TOML in `text`; `stem` is its name where it gives none. Raises Unreadable."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = {"name": stem, "error": error}
        raise Unreadable(_("The mapping %(name)s is not valid TOML: %(error)s.") % words) from error
    sentences = _complaints(data)
    if sentences:
        raise Unreadable(*(_("Mapping %(name)s: %(trouble)s") % {"name": stem, "trouble": one} for one in sentences))
    return replace(_mapping(data, stem), toml=text)


@lru_cache(maxsize=1)
def shipped_mappings() -> tuple[Mapping, ...]:
    """The mappings that come with the project."""
    return tuple(read_mapping(path) for path in sorted(SHIPPED.glob("*.toml")))


def choose_mapping(columns: Iterable[str], contains, subject: str) -> Mapping:
    """The subject's shipped mapping whose columns are all there (the one that names most), else an empty one.

    `contains(text)` says whether the file holds that text; it is asked only of mappings that fit by their columns.
    """
    present = set(columns)
    ours = (m for m in shipped_mappings() if m.subject == subject)
    fitting = [m for m in ours if m.match_columns and m.match_columns <= present]
    fitting = [m for m in fitting if not m.match_text or contains(m.match_text)]
    return max(fitting, key=lambda mapping: len(mapping.match_columns), default=Mapping(subject))


def _mapping(data: dict, stem: str) -> Mapping:
    match, layout = data.get("match", {}), data.get("layout", {})
    return Mapping(
        subject=data.get("subject", Subject.LISTINGS.value),
        name=data.get("name", stem),
        source=data.get("source", stem),
        match_columns=frozenset(match.get("columns", ())),
        match_text=match.get("text", ""),
        layout=Layout(
            rows=layout.get("rows", ""),
            where=layout.get("where", {}),
            member=layout.get("member", ""),
            sheet=layout.get("sheet", ""),
            pairs=tuple(Pairs(**pair) for pair in layout.get("pairs", ())),
            lookups=tuple(Lookup(**lookup) for lookup in layout.get("lookups", ())),
        ),
        columns=data.get("columns", {}),
        constants={name: str(value) for name, value in data.get("constants", {}).items()},
        dates=data.get("dates", {}),
        values=data.get("values", {}),
        addresses=tuple(_address(rule) for rule in data.get("address", ())),
        derives=tuple(
            DeriveRule(rule["field"], rule["column"], re.compile(rule["pattern"]), rule.get("value"))
            for rule in data.get("derive", ())
        ),
        identity=tuple(data.get("identity", ())),
    )


def _address(rule: dict) -> AddressRule:
    condition = re.compile(rule["if_matches"]) if "if_matches" in rule else None
    return AddressRule(rule["column"], tuple(rule["order"]), rule.get("if_column", ""), condition)


def _complaints(data: dict) -> list[str]:
    found = [f"“{key}” is not known." for key in data.keys() - KEYS]
    if data.get("subject", Subject.LISTINGS) not in Subject.values:
        found.append(f"subject must be one of {', '.join(Subject.values)}.")
    found += [f"[{key}] must be a table." for key in TABLES if not isinstance(data.get(key, {}), dict)]
    found += [
        f"[[{key}]] must be a list of tables." for key in ("address", "derive") if not _is_tables(data.get(key, []))
    ]
    if found:
        return found
    words = vocabulary_of(data.get("subject", Subject.LISTINGS))
    for column, name in data.get("columns", {}).items():
        if name and name not in words.fields:
            found.append(f"column “{column}”: there is no field “{name}”.")
    for name, value in data.get("constants", {}).items():
        found += _constant_complaints(words, name, value)
    for column, order in data.get("dates", {}).items():
        if order not in DATE_ORDERS:
            found.append(f"dates of “{column}”: use dmy or mdy.")
    for name in data.get("values", {}):
        if name not in words.choices.lookups:
            found.append(f"values: “{name}” is not a field with fixed values.")
    found += [each for rule in data.get("address", ()) for each in _address_complaints(words, rule)]
    found += [each for rule in data.get("derive", ()) for each in _derive_complaints(words, rule)]
    return found + _layout_complaints(data.get("layout", {}))


def _is_tables(value) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _constant_complaints(words: Vocabulary, name: str, value) -> list[str]:
    if name not in words.fields:
        return [f"constants: there is no field “{name}”."]
    if name in words.choices.lookups and words.choices.read(name, str(value)) is None:
        return [f"constants: “{value}” is not a value of {name}."]
    return []


def _address_complaints(words: Vocabulary, rule: dict) -> list[str]:
    if not isinstance(rule.get("column"), str) or not isinstance(rule.get("order"), list):
        return ["address: each rule needs a column and an order."]
    parts = [part for part in rule["order"] if part not in words.address_parts]
    wrong = [f"address: “{part}” is not a part of an address." for part in parts]
    return wrong + _pattern_complaints("address", rule.get("if_matches", ""))


def _derive_complaints(words: Vocabulary, rule: dict) -> list[str]:
    if not all(isinstance(rule.get(key), str) for key in ("field", "column", "pattern")):
        return ["derive: each rule needs a field, a column and a pattern."]
    wrong = [] if rule["field"] in words.fields else [f"derive: there is no field “{rule['field']}”."]
    wrong += _pattern_complaints("derive", rule["pattern"])
    if not wrong and "value" not in rule and not re.compile(rule["pattern"]).groups:
        wrong.append(f"derive: the pattern for {rule['field']} needs a group, or the rule a value.")
    return wrong


def _pattern_complaints(where: str, pattern: str) -> list[str]:
    try:
        re.compile(pattern)
    except (re.error, TypeError) as error:
        return [f"{where}: “{pattern}” is not a valid pattern ({error})."]
    return []


def _layout_complaints(layout: dict) -> list[str]:
    allowed = {"rows", "where", "member", "sheet", "pairs", "lookups"}
    found = [f"layout: “{key}” is not known." for key in layout.keys() - allowed]
    pairs, lookups = layout.get("pairs", []), layout.get("lookups", [])
    if not _is_tables(pairs) or any(
        not {"element", "key", "value"} <= p.keys() <= {"element", "key", "value", "prefix"} for p in pairs
    ):
        found.append("layout: each of pairs needs element, key and value (and may have a prefix).")
    if not _is_tables(lookups) or any(p.keys() != {"where", "key", "value", "column", "into"} for p in lookups):
        found.append("layout: each of lookups needs where, key, value, column and into.")
    return found

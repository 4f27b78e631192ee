"""How SQL is made from the table of conditions: a query in a query in a query.

The innermost finds rows by what is quick to look at and an index understands; the next says once how far off each of
them is; the outermost looks at what is left to decide, and scores. OFFSET 0 keeps PostgreSQL from melting them into
one, where a distance would be computed again wherever it is named.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from string import Formatter

from apps.matching import conditions
from apps.matching.conditions import Criterion

ASKS_UNIT = re.compile(r"\bu\.")
# One after the other for the rows found, by key: a join reads every unit first.
UNIT = (
    " CROSS JOIN LATERAL (SELECT entry_level, view, parking_total FROM listings_unit"
    " WHERE id = l.unit_id OFFSET 0) AS u"
)


@dataclass(frozen=True)
class Asking:
    """Rows in question. `columns` are what the innermost query can tell of a row, by the name of the operand."""

    source: str
    where: list[str]
    columns: dict[str, str]
    values: dict[str, str]  # operands that are the same for every row
    parameters: dict
    criteria: list[Criterion]  # what counts for the score
    undecided: list[Criterion]  # what may still take a row out, after `where`
    weights: dict[str, int | str]  # by criterion: a number, or SQL that differs from row to row
    derived: dict[str, str] = field(default_factory=dict)  # operands that are made of columns

    def rows(self, criteria: Sequence[Criterion] = (), carried: Iterable[str] = ()) -> str:
        """FROM item with one row for each in question: `pk`, how far off it is by these criteria, and `carried`."""
        known = list({one.name: one for one in (*criteria, *self.undecided)}.values())
        far = ["{pk}", *(f"{{{name}}}" for name in carried)]
        for one in known:
            far += map(self._derive, self._distance(one))
        keep = [conditions.keeps(f"off_{one.name}", near(one), self._weight_of_row(one)) for one in self.undecided]
        operands = self.values | {name: f"o.{name}" for name in self.columns}
        inner = self._inner(_operands(far))
        return (
            f"(SELECT * FROM (SELECT {', '.join(far).format_map(operands)} FROM ({inner}) AS o OFFSET 0) AS far"
            f" WHERE {' AND '.join(keep) or 'true'}) AS question"
        )

    def score(self) -> str:
        """SQL of the score of one of `rows(self.criteria)`."""
        weights = [str(self._weight(one)) for one in self.criteria]
        shares = (
            f"share_{one.name}" if one.share else conditions.share(f"off_{one.name}", near(one))
            for one in self.criteria
        )
        earned = [f"{weight} * {share}" for weight, share in zip(weights, shares, strict=True)]
        return conditions.score(earned, weights)

    def _derive(self, text: str) -> str:
        for name, made_of in self.derived.items():
            text = text.replace(name, made_of)
        return text

    def _distance(self, one: Criterion) -> list[str]:
        parts = [f"({one.off}) AS off_{one.name}"]
        if one.is_near_asked:
            parts.append(f"{one.near} AS near_{one.name}")
        if one.share:
            parts.append(f"({one.share}) AS share_{one.name}")
        if isinstance(self.weights[one.name], str):
            parts.append(f"{self.weights[one.name]} AS weight_{one.name}")
        return parts

    def _weight(self, one: Criterion) -> int | str:
        weight = self.weights[one.name]
        return weight if isinstance(weight, int) else f"weight_{one.name}"

    def _weight_of_row(self, one: Criterion) -> str:
        return f"weight_{one.name}" if isinstance(self.weights[one.name], str) else ""

    def _inner(self, wanted: set[str]) -> str:
        told = {name: sql for name, sql in self.columns.items() if name in wanted}
        columns = ", ".join(f"{sql} AS {name}" for name, sql in told.items())
        unit = UNIT if ASKS_UNIT.search(columns) else ""
        return f"SELECT {columns} FROM {self.source}{unit} WHERE {' AND '.join(self.where)} OFFSET 0"


def near(one: Criterion) -> str:
    """SQL of how far is near, in a row of `rows`."""
    return f"near_{one.name}" if one.is_near_asked else one.near


def _operands(templates: Iterable[str]) -> set[str]:
    return {name for text in templates for _, name, _, _ in Formatter().parse(text) if name}


def fill(template: str, operands: dict[str, str]) -> str:
    """SQL with its operands in it."""
    return template.format_map(operands)

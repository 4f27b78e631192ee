"""Facts that stand only in a text: by a mapping's patterns."""

from apps.imports.understanding.cells import TAKERS

LONGEST = 400  # characters of a cell that patterns look at


def derive(context, cells: dict[str, str], taking) -> None:
    """Fill the fields that the row's columns left open out of its texts."""
    for rule in context.mapping.derives:
        if rule.field in taking.fields:
            continue
        match = rule.pattern.search(cells.get(rule.column, "")[:LONGEST])
        text = (rule.value if rule.value is not None else match[1]) if match else None
        if text:
            TAKERS[context.fields[rule.field].kind](context, taking, rule.column, rule.field, text)

"""A form whose row somebody else changed meanwhile: shown again with both values, and nothing typed is lost."""

from dataclasses import dataclass

from django.forms import ModelForm, model_to_dict


@dataclass(frozen=True)
class Difference:
    """One field that two people want otherwise, in words."""

    label: str
    theirs: str
    ours: str


def differences(form: ModelForm, current) -> list[Difference]:
    """What is saved now against what `form` (valid) wants; the form takes the present version, so Save means "mine".

    Only fields that the form has and that differ are told.
    """
    form.data = form.data.copy()
    form.data["version"] = current.version
    saved = model_to_dict(current, fields=form._meta.fields)
    rows = []
    for name, theirs in saved.items():
        theirs, ours = _words(form.fields[name], theirs), _words(form.fields[name], form.cleaned_data[name])
        if theirs != ours:
            rows.append(Difference(form[name].label, theirs, ours))
    return rows


def _words(field, value) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list | tuple):
        return ", ".join(_words(field, one) for one in value) or "None"
    value = getattr(value, "pk", value)
    return dict(_flat(getattr(field, "choices", ()))).get(str(value), "Not set" if value in (None, "") else str(value))


def _flat(choices):
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(key), str(label)

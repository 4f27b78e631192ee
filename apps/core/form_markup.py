"""How a form is written: each field with its label, hint and error tied together, and the box above a refused form."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.icons import icon


def field(bound, label="", hint="", css="", unit="", **attrs):
    """One field of a form: label, "(optional)", hint, input and error, tied together for screen readers.

    `label` and `hint` replace the form's own; `unit` stands at the end of the input; other arguments become attributes
    of the input, with "_" for "-" (`inputmode="numeric"`, `data_stale="x"`). A form with `all_optional` says so itself.
    """
    kind = getattr(bound.field.widget, "input_type", "")
    label, hint = label or bound.label, hint or bound.help_text
    parts = _field_parts(bound, hint, attrs)
    says_optional = not getattr(bound.form, "all_optional", False)
    is_optional = says_optional and not bound.field.required and kind != "checkbox"
    optional = format_html(' <span class="opt">({})</span>', _("optional")) if is_optional else ""
    if bound.field.widget.use_fieldset:
        head = format_html("<legend>{}</legend>", format_html("<span>{}{}</span>", label, optional))
        return format_html('<fieldset class="fld {}">{}{}{}{}</fieldset>', css, head, *parts)
    if kind == "checkbox":
        box = '<div class="fld {}"><label class="chk" for="{}">{}{}</label>{}{}</div>'
        return format_html(box, css, bound.id_for_label, parts[1], label, parts[0], parts[2])
    control = format_html('<span class="affix"><span>{}</span>{}</span>', unit, parts[1]) if unit else parts[1]
    head = format_html('<label for="{}"><span>{}{}</span></label>', bound.id_for_label, label, optional)
    return format_html('<div class="fld {}">{}{}{}{}</div>', css, head, parts[0], control, parts[2])


def _field_parts(bound, hint, attrs):
    """(hint, control, error) as markup, with the control pointing at the other two."""
    described = []
    hint_html = error_html = ""
    if hint:
        described.append(f"{bound.auto_id}_hint")
        hint_html = format_html('<span class="hint" id="{}_hint">{}</span>', bound.auto_id, hint)
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
        text = " ".join(str(error) for error in bound.errors)
        error_html = format_html(
            '<span class="err" id="{}_error">{}<span>{}</span></span>', bound.auto_id, icon("alert"), text
        )
    attrs = {name.replace("_", "-"): value for name, value in attrs.items()}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors and not bound.field.widget.use_fieldset:
        attrs["aria-invalid"] = "true"
    return hint_html, bound.as_widget(attrs=attrs), error_html


def error_summary(form, focus=True):
    """The box above a form that was refused: how many fields need a change, each a link. Focus moves to it."""
    if not form.errors:
        return ""
    wrong = [form[name] for name in form.errors if name != "__all__"]
    links = ((bound.id_for_label or bound.auto_id, bound.label) for bound in wrong)
    items = format_html_join("", '<li><a href="#{}">{}</a></li>', links)
    count = ngettext("%(count)s field needs a change", "%(count)s fields need a change", len(wrong)) % {
        "count": len(wrong)
    }
    fields = format_html("<div>{}: <ul>{}</ul></div>", count % {"count": len(wrong)}, items) if wrong else ""
    sentences = format_html_join("", "<p>{}</p>", ((error,) for error in form.non_field_errors()))
    box = '<div class="sum" role="alert" tabindex="-1"{}>{}<div>{}{}</div></div>'
    return format_html(box, mark_safe(" data-focus") if focus else "", icon("alert"), sentences, fields)

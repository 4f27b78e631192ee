"""Keeping what is typed on the phone page, so that an error, a sign-out or a closed lid loses nothing."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from apps.calls.models import CallDraft

KEPT_FOR = timedelta(days=14)
MOST_LETTERS = 20_000
LABELLED_BY = ("full_name", "known_as", "number")


@transaction.atomic
def keep_draft(key, fields: dict[str, list[str]], *, by) -> CallDraft | None:
    """Keep the form as typed under its key; None when there is nothing to keep, or the call is finished already."""
    fields = {name: values for name, values in fields.items() if any(values)}
    if not fields or len(str(fields)) > MOST_LETTERS:
        return None
    values = {"fields": fields, "label": _label(fields)}
    draft, is_new = CallDraft.objects.get_or_create(key=key, defaults={"user": by, **values})
    if is_new:
        _forget_old(by)
        return draft
    # The page and its farewell may come at one time.
    draft = CallDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.user_id != by.pk or draft.finished_at:
        return None
    draft.fields, draft.label = values["fields"], values["label"]
    draft.save()
    return draft


def finish_draft(key, *, by) -> None:
    """The call is saved or thrown away: empty the draft, and keep its key so that a late copy of it is not taken."""
    done = {"fields": {}, "label": "", "finished_at": timezone.now()}
    draft, _is_new = CallDraft.objects.get_or_create(key=key, defaults={"user": by, **done})
    CallDraft.objects.filter(pk=draft.pk, user=by).update(**done)


def _label(fields) -> str:
    parts = [fields.get(name, [""])[0].strip() for name in LABELLED_BY]
    return " · ".join(part for part in parts if part)[:120]


def _forget_old(by):
    CallDraft.objects.filter(user=by, saved_at__lt=timezone.now() - KEPT_FOR).delete()

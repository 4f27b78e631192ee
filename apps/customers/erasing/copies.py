"""Copies of what a person said and is called: answers to forms, jobs that wait or are done, texts anywhere else."""

import json
import re
from collections.abc import Sequence
from datetime import timedelta

from django.apps import apps
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.accounts.models import OutgoingMail
from apps.core.encryption import decrypt
from apps.core.models import FailedJob, Submission
from apps.customers.erasing.registry import forgets
from apps.customers.erasing.subject import Subject

# A form is sent again within seconds; its answer is of no use after an hour.
OF_NO_USE_AFTER = timedelta(hours=1)
GONE = "…"
# Staff, their sessions and secrets; what cannot hold a customer's words.
NOT_SEARCHED = ("accounts_", "account_", "mfa_", "usersessions_", "auth_", "django_", "core_cache", "insights_")
TEXT = ("text", "character varying")


@forgets("Answers to forms", reads_everything=True)
def blank_answers(subject: Subject) -> int:
    """Answers are kept for forms that are sent twice; they hold pages as they were shown."""
    here = Q(body__iregex=subject.pattern)
    for reference in subject.references:
        here |= Q(path__contains=f"/{reference}/") | Q(body__contains=reference)
    old = Q(at__lt=timezone.now() - OF_NO_USE_AFTER)
    return Submission.objects.filter(here | old).exclude(body="").update(body="")


@forgets("Mails that have not left")
def forget_mails(subject: Subject) -> int:
    """Sealed mails are opened and read; one to or about the person that has not left yet does not leave."""
    mentions = re.compile(subject.pattern, re.I)
    waiting = OutgoingMail.objects.exclude(sealed="").iterator()
    gone = [mail.pk for mail in waiting if mentions.search(_unsealed(mail.sealed))]
    return OutgoingMail.objects.filter(pk__in=gone).delete()[0]


@forgets("Jobs that wait, and those done of late", reads_everything=True)
def forget_jobs(subject: Subject) -> int:
    """What a job was told is read, also where it is sealed."""
    mentions = re.compile(subject.pattern, re.I)
    gone = [job.pk for job in ProcrastinateJob.objects.all().iterator() if mentions.search(_said(job.args))]
    FailedJob.objects.filter(job_id__in=gone).update(arguments={}, message="Erased")
    for failed in FailedJob.objects.all():
        if mentions.search(_said(failed.arguments)) or mentions.search(failed.message):
            FailedJob.objects.filter(pk=failed.pk).update(arguments={}, message="Erased")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [gone])
    return len(gone)


def _said(arguments) -> str:
    text = json.dumps(arguments, ensure_ascii=False)
    sealed = arguments.get("sealed") if isinstance(arguments, dict) else None
    return text + _unsealed(sealed) if isinstance(sealed, str) else text


def _unsealed(sealed: str) -> str:
    try:
        return json.dumps(json.loads(decrypt(sealed)), ensure_ascii=False)
    except ValueError:  # under a key that is gone: nobody reads it any more
        return ""


def sweep(words: Sequence[str], pattern: str) -> dict[str, int]:
    """Take the words out of each text of each table; return where there were any. Histories come last.

    This reads the whole database. It runs as a job after an erasure, and from the command line.
    """
    if not words:
        return {}
    found = {}
    for table, columns in _columns().items():
        for column, kind in columns:
            clean = _clean_json if kind in ("json", "jsonb") else _clean_text
            if count := clean(table, column, pattern):
                found[f"{table}.{column}"] = count
    return found


def _columns() -> dict[str, list[tuple[str, str]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'"
            " AND c.data_type IN ('text', 'character varying', 'json', 'jsonb') ORDER BY 1, c.ordinal_position"
        )
        rows = [row for row in cursor.fetchall() if not row[0].startswith(NOT_SEARCHED)]
    histories = {model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")}
    found: dict = {}
    for table, column, kind in sorted(rows, key=lambda row: row[0] in histories):
        found.setdefault(table, []).append((column, kind))
    return found


def _clean_text(table, column, pattern) -> int:
    table, column = connection.ops.quote_name(table), connection.ops.quote_name(column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = regexp_replace({column}, %s, %s, 'gi') WHERE {column} ~* %s",
            [pattern, GONE, pattern],
        )
        return cursor.rowcount


def _clean_json(table, column, pattern) -> int:
    table, column = connection.ops.quote_name(table), connection.ops.quote_name(column)
    mentions = re.compile(pattern, re.I)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ctid::text, {column}::text FROM {table} WHERE {column}::text ~* %s", [pattern])
        rows = cursor.fetchall()
        for place, text in rows:
            clean = json.dumps(_without(json.loads(text), mentions), ensure_ascii=False)
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE ctid = %s::tid", [clean, place])
    return len(rows)


def _without(value, mentions):
    if isinstance(value, str):
        return mentions.sub(GONE, value)
    if isinstance(value, dict):
        return {mentions.sub(GONE, key): _without(item, mentions) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(item, mentions) for item in value]
    return None if isinstance(value, int | float) and mentions.search(str(value)) else value

"""Runs of imports, what became of each row, and which listing or customer a source's row became."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from apps.customers.models import Customer
from apps.imports.vocabularies import Subject
from apps.listings.models import Listing


class RunState(models.TextChoices):
    """How far a run is. Those of WORKING are under way in a job."""

    READING = "reading", "Reading the file"
    MATCHING = "matching", "Match columns"
    CHECKING = "checking", "Checking rows"
    READY = "ready", "Check rows"
    APPLYING = "applying", "Importing"
    APPLIED = "applied", "Imported"
    UNDOING = "undoing", "Undoing"
    UNDONE = "undone", "Undone"
    FAILED = "failed", "Not imported"


WORKING = (RunState.READING, RunState.CHECKING, RunState.APPLYING, RunState.UNDOING)


class ImportRun(models.Model):
    """One file that somebody brought: what it was, how it was understood, what came of it."""

    subject = models.CharField(max_length=10, choices=Subject.choices, default=Subject.LISTINGS)
    file = models.FileField(upload_to="imports/%Y/%m/", blank=True)
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField("SHA-256 of the file", max_length=64)
    file_size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=100, blank=True)
    mapping = models.CharField(max_length=100, blank=True)
    choices = models.JSONField(default=dict, blank=True)
    survey = models.JSONField(default=dict, blank=True)
    fixes = models.JSONField(default=dict, blank=True)
    remarks = models.JSONField(default=list, blank=True)
    sentences = models.JSONField("why it was not imported", default=list, blank=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.READING)
    skip_bad_rows = models.BooleanField(default=False)
    row_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    new_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    same_count = models.PositiveIntegerField(default=0)
    warned_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    conflict_count = models.PositiveIntegerField(default=0)
    added_places = ArrayField(models.BigIntegerField(), default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="import_runs")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kept_count = models.PositiveIntegerField("rows that an undo left because people changed them", default=0)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="import_run_newest"),
            models.Index(fields=["file_digest"], name="import_run_digest"),
        ]

    def __str__(self):
        return f"{self.file_name}, run {self.pk}"

    @property
    def is_working(self) -> bool:
        """Whether a job is at work on it."""
        return self.state in WORKING

    @property
    def percent(self) -> int:
        """How far the job is, in percent of the file's rows."""
        return min(100, self.done_count * 100 // self.row_count) if self.row_count else 0

    @property
    def good_count(self) -> int:
        """Rows that can come in."""
        return self.new_count + self.changed_count + self.same_count

    @property
    def counts(self) -> dict[str, int]:
        """The counts by which runs are reported everywhere."""
        return {name: getattr(self, f"{name}_count") for name in ("new", "changed", "same", "warned", "refused")}

    def earlier(self) -> "ImportRun | None":
        """The last run that imported this very file and was not undone."""
        same = ImportRun.objects.filter(file_digest=self.file_digest, state=RunState.APPLIED, subject=self.subject)
        return same.exclude(pk=self.pk).select_related("by").first()


class Outcome(models.TextChoices):
    """What a row means for what is here."""

    NEW = "new", "New"
    CHANGED = "changed", "Changes what is here"
    SAME = "same", "Same as before"
    REFUSED = "refused", "Needs a fix"


class ImportRow(models.Model):
    """One row of a run. `raw` holds the cells of rows with problems, so that they can be mended and sent back.

    `changes` are `{field: [before, after]}`, `conflicts` `{field: [ours, the file's]}` of which ours was kept; `undo`
    is what an undo restores.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    source_key = models.CharField(max_length=240, blank=True)
    listing = models.ForeignKey(Listing, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_rows")
    customer = models.ForeignKey(
        Customer, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_rows", db_index=False
    )
    label = models.CharField(max_length=200, blank=True)
    problems = models.JSONField(default=list, blank=True)
    raw = models.JSONField(default=dict, blank=True)
    changes = models.JSONField(default=dict, blank=True)
    conflicts = models.JSONField(default=dict, blank=True)
    undo = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["run", "outcome", "number"], name="import_row_outcome"),
            models.Index(fields=["run", "number"], name="import_row_problems", condition=~models.Q(problems=[])),
            models.Index(fields=["listing"], name="import_row_listing"),
            models.Index(fields=["customer"], name="import_row_customer", condition=~models.Q(customer=None)),
        ]

    def __str__(self):
        return f"row {self.number}"


class Record(models.Model):
    """A row of a source that is here. `key` is the source's own id, or one of ours where it has none.

    `values` are what was imported last, in the spelling of `canonical()`: a field that differs from it now was changed
    by a person. `extra` are the cells that are no field.
    """

    source = models.CharField(max_length=100)
    key = models.CharField(max_length=240)
    raw_digest = models.CharField(max_length=32)
    digest = models.CharField(max_length=48)
    values = models.JSONField(default=dict)
    extra = models.JSONField(default=dict, blank=True)
    first_run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, related_name="+")
    last_run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.source} {self.key}"


class SourceRecord(Record):
    """The listing that a row of a source is here. Rows without an id of their own are known by `fingerprint`."""

    fingerprint = models.CharField(max_length=32, blank=True)
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="source_records")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="source_record_once")]
        indexes = [
            models.Index(
                fields=["source", "fingerprint"], name="source_record_print", condition=~models.Q(fingerprint="")
            ),
            models.Index(fields=["listing"], name="source_record_listing"),
        ]


class CustomerRecord(Record):
    """The customer that a row of a source is here; a merge moves it with all else that points at the customer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="source_records", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="customer_record_once")]
        indexes = [models.Index(fields=["customer", "source"], name="customer_record_customer")]

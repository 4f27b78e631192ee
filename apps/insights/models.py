"""How screens are used, in figures without people."""

from django.db import models


class ScreenUse(models.Model):
    """One screen on one day, by role and device. `people` counts each person once; who they were is not kept."""

    day = models.DateField()
    view = models.CharField(max_length=100)
    role = models.CharField(max_length=20)
    device = models.CharField(max_length=10)
    views = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField("visits with a change", default=0)
    seconds_to_change = models.DecimalField("seconds to the first change, added up", max_digits=12, decimal_places=1)
    abandoned = models.PositiveIntegerField("forms changed and not sent", default=0)

    class Meta:
        verbose_name = "use of a screen"
        verbose_name_plural = "use of screens"
        ordering = ["-day", "view", "role", "device"]
        constraints = [models.UniqueConstraint(fields=["day", "view", "role", "device"], name="screen_use_once")]

    def __str__(self):
        return f"{self.view} {self.day}"


class VisitorMark(models.Model):
    """That somebody was on a screen today, so that they count once: a keyed hash, forgotten with the day's key."""

    day = models.DateField()
    view = models.CharField(max_length=100)
    role = models.CharField(max_length=20)
    device = models.CharField(max_length=10)
    mark = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "view", "role", "device", "mark"], name="visitor_mark_once")
        ]

    def __str__(self):
        return f"{self.view} {self.day}"


class DayKey(models.Model):
    """The random key of one day's marks. Without it a mark cannot be tied to a person."""

    day = models.DateField(primary_key=True)
    key = models.BinaryField()

    def __str__(self):
        return str(self.day)

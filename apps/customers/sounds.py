"""How names sound: one skeleton of consonants for the Arabic and the Latin spellings of a name."""

from django.db.models import Func, TextField


class Sounds(Func):
    """SQL `crm_sounds(text)`: “ mhmd fhm ” for Mohammed Al Fahim and for محمد الفهيم.

    Each word stands between spaces, so that `contains " mhmd "` finds a whole word. Made in customers' first migration;
    used by a generated column, its index and queries alike.
    """

    function = "crm_sounds"
    output_field = TextField()

"""What was read of a site against what was sent: how a delivery ended, in columns or in words.

Nothing is asked or written here.
"""

from django.utils.translation import gettext as _

from apps.website.compare import differing, read_all
from apps.website.delivery import outcome
from apps.website.delivery.reading import SLUG, STATUS, remembered
from apps.website.delivery.work import Work
from apps.website.wordpress import Temporary, Trouble, Wrong


def judge(work: Work, post: dict, by_hand: dict[str, object]) -> dict[str, object]:
    """What was read, as columns of the placement; trouble where it is not what was sent."""
    payload, placement, site = work.plan.payload, work.placement, work.placement.site
    if work.has_our_photos and not work.copies.are_confirmed(payload):
        raise work.trouble or Temporary(_("%(site)s does not have all photos yet.") % {"site": site})
    wanted = {path: value for path, value in payload.fields.items() if path not in by_hand}
    read = read_all(post, {*payload.fields, *work.seen.read, STATUS, SLUG})
    wrong = differing(wanted, read)
    if wrong:
        raise work.trouble or _not_kept(work, wrong[0], wanted[wrong[0]], read.get(wrong[0]))
    confirmed = read | {path: placement.last_read.get(path) for path in by_hand}
    known = {"sent_before": remembered(placement, confirmed), "theirs": by_hand}
    if not by_hand:
        return known | outcome.shown(work.plan, confirmed, post.get("link"))
    labels = ", ".join(payload.label(path) for path in by_hand)
    sentence = _("Changed on %(site)s by hand: %(fields)s. Nothing was overwritten.")
    return known | outcome.changed_by_hand(sentence % {"site": site, "fields": labels}, confirmed)


def gone_words(site, post: dict | None) -> str:
    """What happened to a post that is not shown any more."""
    if post is None:
        return _("Deleted on %(site)s by hand.") % {"site": site}
    return _("Moved to the trash on %(site)s by hand.") % {"site": site}


def _not_kept(work: Work, path: str, ours, theirs) -> Trouble:
    words = {"site": work.placement.site, "field": work.plan.payload.label(path), "ours": ours, "theirs": theirs}
    if theirs in (None, "", []):
        sentence = _("%(site)s did not keep “%(field)s”: its profile may not fit what is installed there.") % words
    else:
        sentence = _("%(site)s shows “%(theirs)s” for “%(field)s” instead of “%(ours)s”.") % words
    # The first time it may be the answer that lies: it is sent and read once more before a person is asked.
    is_first = work.placement.attempts == 0
    return Temporary(sentence) if is_first else Wrong(sentence, path)

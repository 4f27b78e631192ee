"""A worker that delivers to one site and may be killed at any moment: `python -m tests.website.fault_worker SITE`.

For each line on standard input it starts a process that works until nothing is due, and prints its number; when that
has ended, it prints how. Django is loaded once.
"""

import os
import sys

PASSES = 2000
READ_SECONDS = 3  # a fault holds an answer back for longer; people's sites get more time


def work(site_key: int) -> None:
    """Deliver until nothing is due. Between two tries no time passes: what waits for later is tried now."""
    from django.utils import timezone

    from apps.accounts.models import User
    from apps.website.actions.deliver import deliver
    from apps.website.models import Placement, Site

    by = User.objects.system()
    rows = Placement.objects.filter(site=site_key)
    for _ in range(PASSES):
        rows.filter(due_at__isnull=False).update(due_at=timezone.now())
        deliver(Site.objects.select_related("profile").get(pk=site_key), by=by)
        if not rows.filter(due_at__isnull=False).exists():
            return
    sys.exit("It does not end.")


def main() -> None:
    import django

    django.setup()
    from apps.core import outbound

    outbound.READ_SECONDS = READ_SECONDS
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(int(sys.argv[1]))
                sys.stdout.flush()
            except BaseException:
                import traceback

                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()

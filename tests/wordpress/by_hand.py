"""`make wordpress`: a site with the companion to try things on, until Ctrl-C."""

import argparse
import signal
from pathlib import Path

from tests.wordpress import core
from tests.wordpress.farm import Farm


def run(arguments: list[str]) -> int:
    options = _read(arguments)
    if options.get_core:
        print(f"WordPress {core.version(core.fetch())} is in {core.prepared()}")
        return 0
    with Farm() as farm:
        site = farm.site("main", companion=not options.bare, port=options.port)
        for plugin in options.plugin:
            site.add_plugin(Path(plugin).resolve())
        print(f"WordPress {site.version}{'' if options.bare else ' with the companion'}: {site.url}\n")
        print(f"  {'user':<13}{'password':<13}application password")
        for user in site.users.values():
            print(f"  {user.login:<13}{user.login:<13}{user.password}")
        print(
            "\nTell the CRM (WEBSITE_ALLOW_LOCAL=1 in its environment):\n"
            f"  WEBSITE_PASSWORD='{site.admin.password}' make manage ARGS='website add --site Test --url {site.url} "
            f"--user admin --profile {'posts' if options.bare else 'companion'}'\n\nCtrl-C ends it; nothing is kept.",
            flush=True,
        )
        signal.pause()
    return 0


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make wordpress", description=__doc__)
    parser.add_argument("--get-core", action="store_true", help="only download the WordPress core (Debian's apt)")
    parser.add_argument("--bare", action="store_true", help="WordPress as it comes, without the companion")
    parser.add_argument("--port", type=int, default=0, help="the port of the site (a free one)")
    parser.add_argument("--plugin", action="append", default=[], help="the folder of another plugin to switch on")
    return parser.parse_args(arguments)

"""Finds a Python that can run the project and goes on with it. Kept readable for Python 3.6, which may start it."""

import os
import sys

OLDEST = (3, 11)


def main():
    if sys.version_info[:2] < OLDEST:
        from dev import find_python

        try:
            newer = find_python.first_suitable()
        except find_python.NoPython as none:
            sys.exit(str(none))
        os.execv(newer, [newer, "-m", "dev"] + sys.argv[1:])  # noqa: RUF005, S606 - also read by old Pythons; no shell
    from dev import cli

    sys.exit(cli.main(sys.argv[1:]))


if __name__ == "__main__":
    main()

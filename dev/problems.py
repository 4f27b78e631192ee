"""What goes wrong while starting, said in one sentence."""


class Problem(Exception):
    """Setting up or starting failed; the message says what is wrong and what to do. Shown without a traceback."""

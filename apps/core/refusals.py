"""What an action says when it will not act. Each refusal carries the sentences that people read."""


class Refused(Exception):
    """The action cannot happen now; `sentences` say why and what to do."""

    status = 422

    def __init__(self, *sentences: str):
        self.sentences = [str(sentence) for sentence in sentences]  # translated lazily or not
        super().__init__(" ".join(self.sentences))

    @classmethod
    def unless_empty(cls, sentences: list[str]) -> None:
        """Raise this refusal when there is anything in `sentences` (the answer of a `why_not_...`)."""
        if sentences:
            raise cls(*sentences)


class NotAllowed(Refused):
    """The person lacks the right. The row may be known to them, so this is 403 and not 404."""

    status = 403


class Conflict(Refused):
    """Somebody else changed the row since the person opened it; `current` is the row as it is now."""

    status = 409

    def __init__(self, *sentences: str, current=None):
        super().__init__(*sentences)
        self.current = current

"""What the demo agency's customers look for, what they were sent and what they said."""

from apps.matching.demo.build import build_wishes

__all__ = ["build_wishes"]

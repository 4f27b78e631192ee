"""Charts that the server draws: asking prices over time, as steps, because a price jumps and does not slide; and small
lines without words for a row of a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format

from apps.listings.models import PriceChange

WIDTH, HEIGHT = 300, 96
LEFT, RIGHT, TOP, BOTTOM = 4, 296, 18, 78
LABEL_ROOM = 42  # a label of seven letters at 11 px
MOST_STEPS = 12
NOW_ROOM = 28
SPARK_WIDTH, SPARK_TOP, SPARK_BOTTOM = 54, 3, 17


@dataclass(frozen=True)
class Step:
    """One price, from `x` on at height `y`; `label`, its month, is empty where there is no room for words."""

    x: float
    y: float
    amount: Decimal
    label: str
    label_x: float
    label_y: float


@dataclass(frozen=True)
class PriceChart:
    """What the template draws: the line and the area under it as SVG paths, the steps, and one sentence."""

    width: int
    height: int
    line: str
    area: str
    steps: list[Step]
    end_x: float
    end_y: float
    grid: list[int]
    sentence: str


def price_chart(changes: list[PriceChange], now: datetime) -> PriceChart | None:
    """The last asking prices of a listing, oldest first in `changes`, up to `now`. None without two prices."""
    shown = [change for change in changes if change.new_price][-MOST_STEPS:]
    if len(shown) < 2:
        return None
    xs, ys = _across([change.at for change in shown], now), _heights([change.new_price for change in shown])
    line = f"M{xs[0]:.1f} {ys[0]:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in zip(xs[1:], ys[1:], strict=True))
    line += f"H{RIGHT}"
    first, last = shown[0], shown[-1]
    return PriceChart(
        width=WIDTH,
        height=HEIGHT,
        line=line,
        area=f"{line}V{BOTTOM}H{xs[0]:.1f}Z",
        steps=_steps(shown, xs, ys),
        end_x=RIGHT,
        end_y=ys[-1],
        grid=[TOP, (TOP + BOTTOM) // 2, BOTTOM],
        sentence=(
            f"Asking price from {first.currency} {first.new_price:,.0f} in {first.at:%B %Y} "
            f"to {last.currency} {last.new_price:,.0f} now, in {len(shown)} steps."
        ),
    )


def _across(moments, now) -> list[float]:
    span = max((now - moments[0]).total_seconds(), 1)
    return [LEFT + (RIGHT - LEFT) * min((moment - moments[0]).total_seconds() / span, 1) for moment in moments]


def _heights(amounts) -> list[float]:
    low, high = min(amounts), max(amounts)
    span = float(high - low) or 1.0
    floor = BOTTOM - (BOTTOM - TOP) * 0.28  # the lowest price still stands on a band of the fill
    return [TOP + (floor - TOP) * float(high - amount) / span for amount in amounts]


def _steps(shown, xs, ys) -> list[Step]:
    steps, free_from = [], 0.0
    for change, x, y in zip(shown, xs, ys, strict=True):
        at = x
        has_room = free_from <= at <= RIGHT - LABEL_ROOM - NOW_ROOM
        if has_room:
            free_from = at + LABEL_ROOM
        month = date_format(timezone.localtime(change.at), "M") if has_room else ""
        steps.append(Step(x, y, change.new_price, month, at + (4 if steps else 0), y - 7))
    return steps


def sparkline(values: Sequence[int]) -> str:
    """The path of a line through these values, from the oldest to the newest, for `<svg class="spark">`."""
    step = (SPARK_WIDTH - 4) / max(len(values) - 1, 1)
    high = max(values, default=0) or 1
    heights = [SPARK_BOTTOM - (SPARK_BOTTOM - SPARK_TOP) * one / high for one in values]
    return "M" + "L".join(f"{2 + at * step:.0f} {y:.0f}" for at, y in enumerate(heights))

"""The owner's report as a PDF: one page as a rule, Latin and Arabic in the fonts of the site."""

import logging
from pathlib import Path

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from fpdf import FPDF

from apps.core.templatetags.ui import number as number_words
from apps.viewings.report import Report

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of each glyph

FONTS = Path(__file__).parent / "fonts"
INK, GREY, LINE, BLUE = (28, 36, 46), (96, 106, 118), (222, 227, 232), (0, 102, 148)
MARGIN, WIDTH = 18, 174  # mm of A4
DAY = "j M Y"


def pdf_of(report: Report, *, agency, agent, owner_name: str = "") -> bytes:
    """The file's content. The same report at the same moment is the same file, but for its date of making."""
    paper = _Paper(agency.name)
    paper.add_page()
    _head(paper, report, agent, owner_name)
    _figures(paper, report)
    _viewings(paper, report)
    _prices(paper, report)
    paper.section(_("Next step"))
    paper.words(report.next_step)
    return bytes(paper.output())


class _Paper(FPDF):
    """A4 with our fonts; letters of one script that the first font lacks come from the second."""

    def __init__(self, agency_name: str):
        super().__init__(format="A4")
        self.agency_name = agency_name
        self.set_margins(MARGIN, 16, MARGIN)
        self.set_auto_page_break(True, margin=18)
        for style, weight in (("", "regular"), ("B", "semibold")):
            self.add_font("Inter", style, FONTS / f"inter-{weight}.ttf")
            self.add_font("Arabic", style, FONTS / f"noto-arabic-{weight}.ttf")
        self.set_fallback_fonts(["Arabic"], exact_match=False)
        self.set_text_shaping(True)
        self.set_title(_("Viewings report"))
        self.set_author(agency_name)

    def footer(self):
        self.set_y(-13)
        self.pen(8, GREY)
        self.cell(WIDTH / 2, 5, self.agency_name)
        self.cell(WIDTH / 2, 5, str(self.page_no()), align="R")

    def pen(self, size, colour=INK, style=""):
        """Size, colour and weight of what is written next."""
        self.set_font("Inter", style, size)
        self.set_text_color(*colour)

    def section(self, title):
        """A heading with air above."""
        self.ln(4)
        self.pen(11, INK, "B")
        self.cell(0, 7, title, new_x="LMARGIN", new_y="NEXT")

    def words(self, text, size=9.5, colour=INK, style=""):
        """A paragraph over the whole width."""
        self.pen(size, colour, style)
        self.multi_cell(0, 5, text, new_x="LMARGIN", new_y="NEXT", align="L")

    def hairline(self):
        """The line between two rows."""
        self.set_draw_color(*LINE)
        self.set_line_width(0.2)
        self.line(MARGIN, self.get_y(), MARGIN + WIDTH, self.get_y())

    def row(self, left, right, width=42):
        """A row of two columns with a hairline below; it stays on one page."""
        self.pen(9, INK)
        height = 4.6 * len(self.multi_cell(WIDTH - width, 4.6, right, dry_run=True, output="LINES", align="L"))
        if self.get_y() + height + 3 > self.page_break_trigger:
            self.add_page()
        top = self.get_y() + 1.4
        self.set_xy(MARGIN, top)
        self.pen(9, GREY)
        self.cell(width, 4.6, left)
        self.pen(9, INK)
        self.multi_cell(WIDTH - width, 4.6, right, new_x="LMARGIN", new_y="NEXT", align="L")
        self.ln(1.4)
        self.hairline()


def _head(paper, report, agent, owner_name):
    listing = report.listing
    paper.pen(18, INK, "B")
    paper.multi_cell(0, 8, listing.label, new_x="LMARGIN", new_y="NEXT", align="L")
    price = f"{listing.currency} {listing.list_price:,.0f}" if listing.list_price else ""
    facts = [listing.community_name, listing.listing_id, price]
    paper.words(" · ".join(part for part in facts if part), 9.5, GREY)
    made = date_format(report.made_on, "j F Y")
    for_whom = _("%(day)s, report for %(owner)s") % {"owner": owner_name, "day": made} if owner_name else made
    paper.words(for_whom, 9.5, GREY)
    if agent:
        paper.words(" · ".join(part for part in (agent.full_name, agent.phone, agent.email) if part), 9.5, GREY)
    paper.ln(2)
    paper.hairline()


def _figures(paper, report):
    figures = [(_("Viewings"), len(report.shown)), (_("Booked"), len(report.upcoming))]
    figures += [*report.verdicts, *report.enquiries]
    if report.days_on_market is not None:
        figures.append((_("Days on market"), report.days_on_market))
    paper.ln(3)
    width, top = WIDTH / len(figures), paper.get_y()
    for number, (label, count) in enumerate(figures):
        paper.set_xy(MARGIN + width * number, top)
        paper.pen(14, BLUE, "B")
        paper.cell(width, 7, number_words(count))
        paper.set_xy(MARGIN + width * number, top + 7)
        paper.pen(7.5, GREY)
        paper.multi_cell(width - 2, 3.4, str(label), align="L")
    paper.set_xy(MARGIN, top + 16)


def _viewings(paper, report):
    paper.section(_("What visitors said"))
    if report.reasons:
        said = ", ".join(f"{label.lower()} ({count})" for label, count in report.reasons)
        paper.words(_("What held them back: %(said)s.") % {"said": said}, 9.5, GREY)
    if not report.shown:
        paper.words(_("Nobody has viewed the apartment yet."), 9.5, GREY)
    for one in report.shown:
        start = timezone.localtime(one.viewing.starts_at)
        words = " ".join(one.words) or _("Not heard yet.")
        paper.row(f"{date_format(start, DAY)}, {start:%H:%M}", words)
    for viewing in report.upcoming:
        start = timezone.localtime(viewing.starts_at)
        paper.row(f"{date_format(start, DAY)}, {start:%H:%M}", str(viewing.get_showing_status_display()))


def _prices(paper, report):
    if not report.prices:
        return
    paper.section(_("Price history"))
    for change in report.prices[-8:]:
        amount = f"{change.currency} {change.new_price:,.0f}" if change.new_price else "–"
        if change.old_price and change.new_price:
            percent = (change.new_price - change.old_price) / change.old_price * 100
            amount += f"   {'↓' if percent < 0 else '↑'} {abs(percent):.1f}%"
        paper.row(date_format(timezone.localtime(change.at), DAY), amount)

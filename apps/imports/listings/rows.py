"""What the fields of a listing's row say together: terms, facts, and doubts that keep it off the market."""

from apps.imports.listings.kinds import kind_of_home
from apps.imports.problems import Problem, warn
from apps.imports.understanding.areas import why_doubt_area
from apps.imports.understanding.money import why_doubt_price
from apps.imports.understanding.rows import Taking, Understanding
from apps.listings.lookups import ON_MARKET, PropertyType, StandardStatus

LEASE, SALE = PropertyType.RESIDENTIAL_LEASE.value, PropertyType.RESIDENTIAL.value
INCOMPLETE = StandardStatus.INCOMPLETE.value
PRICES = frozenset({"list_price", "currency", "lease_amount_frequency"})
# What changes while a listing stays the same one: left out of the fingerprint of rows without an id of their own.
PASSING = PRICES | {
    "standard_status", "close_price", "close_date", "on_market_date", "availability_date", "public_remarks",
    "list_agent_email", "list_agent_full_name", "permit_number", "permit_expiration_date", "furnished", "occupant_type",
    "listing_agreement", "listing_contract_date", "expiration_date", "internet_entire_listing_display_yn",
    "private_remarks", "showing_instructions",
}  # fmt: skip


class ListingRows(Understanding):
    """How the rows of a list of listings are understood."""

    own_reference = "listing_id"
    passing = PASSING

    def __init__(self, found, defaults, fixes=None):
        super().__init__(found, defaults, fixes)
        self._wants_permit = any(c.field == "permit_number" and c.filled for c in found.columns.values())

    def agree(self, taking: Taking) -> bool:
        """Settle what the fields say together; whether doubts kept the listing off the market."""
        fields = taking.fields
        if "property_sub_type" not in fields:
            fields["property_sub_type"] = kind_of_home(fields.get("title", ""))
        self._agree_on_terms(fields, taking.problems)
        self._agree_on_facts(fields, taking.problems)
        doubts = self._doubts(fields)
        taking.problems.extend(doubts)
        status = fields.setdefault("standard_status", INCOMPLETE)
        if status not in ON_MARKET:
            return False
        column = self.column_of("list_price")
        if not fields.get("list_price") and not any(problem.column == column for problem in taking.problems):
            sentence = "The price is missing. The listing comes in as an Incomplete draft."
            taking.problems.append(warn(column, "", sentence, "no price"))
        if not fields.get("list_price") or doubts:
            fields["standard_status"] = INCOMPLETE
        if self._wants_permit and not fields.get("permit_number"):
            sentence = "The permit number is missing, websites refuse the listing."
            taking.problems.append(warn(self.column_of("permit_number"), "", sentence, "no permit"))
        return fields["standard_status"] != status

    def _agree_on_terms(self, fields: dict, problems: list[Problem]) -> None:
        if fields.get("lease_amount_frequency") and "property_type" not in fields:
            fields["property_type"] = LEASE
        if fields.setdefault("property_type", SALE) == SALE and fields.pop("lease_amount_frequency", None):
            sentence = "A sale has no rent period. It was left out."
            problems.append(warn(self.column_of("lease_amount_frequency"), "", sentence, "sale with a rent period"))
        fields.setdefault("currency", self.defaults.currency)

    def _agree_on_facts(self, fields: dict, problems: list[Problem]) -> None:
        if "living_area" in fields:
            fields.setdefault("living_area_units", self.defaults.area_units)
        if ("latitude" in fields) != ("longitude" in fields):
            fields.pop("latitude", None), fields.pop("longitude", None)
            problems.append(warn("", "", "Latitude or longitude is missing. Both were left empty.", "half a position"))
        start, end = fields.get("listing_contract_date"), fields.get("expiration_date")
        if start and end and end < start:
            del fields["listing_contract_date"], fields["expiration_date"]
            sentence = "The mandate ends before it starts. It was left out. Check both dates."
            problems.append(warn(self.column_of("expiration_date"), str(end), sentence, "mandate dates"))

    def _doubts(self, fields: dict) -> list[Problem]:
        found = []
        price, area = fields.get("list_price"), fields.get("living_area")
        sentence = price and why_doubt_price(price, fields["property_type"] == LEASE)
        if sentence:
            found.append(warn(self.column_of("list_price"), f"{price:,f}", sentence, "doubtful price", ""))
        sentence = area and why_doubt_area(area, fields["living_area_units"])
        if sentence:
            found.append(warn(self.column_of("living_area"), f"{area:,f}", sentence, "doubtful area", ""))
        return found

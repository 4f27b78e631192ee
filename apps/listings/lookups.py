"""RESO lookups (Data Dictionary 1.7 spelling), with the trade's own where RESO has none (marked local)."""

from django.db import models


class StandardStatus(models.TextChoices):
    """Where a listing stands. Labels are what people read."""

    INCOMPLETE = "Incomplete", "Incomplete"
    COMING_SOON = "Coming Soon", "Coming soon"
    ACTIVE = "Active", "Active"
    ACTIVE_UNDER_CONTRACT = "Active Under Contract", "Under contract"
    PENDING = "Pending", "Pending"
    HOLD = "Hold", "Hold"
    CLOSED = "Closed", "Closed"
    WITHDRAWN = "Withdrawn", "Withdrawn"
    EXPIRED = "Expired", "Expired"
    CANCELED = "Canceled", "Canceled"
    DELETE = "Delete", "Deleted"


class PropertyType(models.TextChoices):
    """Sale or rent."""

    RESIDENTIAL = "Residential", "Sale"
    RESIDENTIAL_LEASE = "Residential Lease", "Rent"


class PropertySubType(models.TextChoices):
    """What kind of home. RESO 1.7 has no villa, penthouse, hotel apartment, chalet or floor: those are local."""

    APARTMENT = "Apartment", "Apartment"
    TOWNHOUSE = "Townhouse", "Townhouse"
    DUPLEX = "Duplex", "Duplex"
    STUDIO = "Studio", "Studio"
    VILLA = "Villa", "Villa"
    PENTHOUSE = "Penthouse", "Penthouse"
    HOTEL_APARTMENT = "Hotel Apartment", "Hotel apartment"
    CHALET = "Chalet", "Chalet"
    FLOOR = "Floor", "Full floor"
    LAND = "Unimproved Land", "Land"
    OFFICE = "Office", "Office"
    RETAIL = "Retail", "Shop"
    OTHER = "Other", "Other"


class FeeFrequency(models.TextChoices):
    """RESO FeeFrequency, those used for rent and service charge."""

    ANNUALLY = "Annually", "a year"
    SEMI_ANNUALLY = "Semi-Annually", "a half-year"
    QUARTERLY = "Quarterly", "a quarter"
    MONTHLY = "Monthly", "a month"
    WEEKLY = "Weekly", "a week"
    DAILY = "Daily", "a day"


# How often a fee of each frequency falls due in a year.
PER_YEAR = {
    FeeFrequency.ANNUALLY: 1,
    FeeFrequency.SEMI_ANNUALLY: 2,
    FeeFrequency.QUARTERLY: 4,
    FeeFrequency.MONTHLY: 12,
    FeeFrequency.WEEKLY: 52,
    FeeFrequency.DAILY: 365,
}


class Furnished(models.TextChoices):
    """RESO Furnished."""

    FURNISHED = "Furnished", "Furnished"
    PARTIALLY = "Partially", "Partly furnished"
    UNFURNISHED = "Unfurnished", "Unfurnished"
    NEGOTIABLE = "Negotiable", "Negotiable"


class OccupantType(models.TextChoices):
    """RESO OccupantType."""

    OWNER = "Owner", "Owner"
    TENANT = "Tenant", "Tenant"
    VACANT = "Vacant", "Vacant"


class DevelopmentStatus(models.TextChoices):
    """RESO DevelopmentStatus, those used for homes."""

    PROPOSED = "Proposed", "Proposed"
    UNDER_CONSTRUCTION = "Under Construction", "Under construction"
    COMPLETE = "Complete", "Complete"


class OwnershipType(models.TextChoices):
    """How the owner holds the unit (local values of RESO OwnershipType)."""

    FREEHOLD = "Freehold", "Freehold"
    LEASEHOLD = "Leasehold", "Leasehold"


class ListingAgreement(models.TextChoices):
    """RESO ListingAgreement."""

    EXCLUSIVE_SELL = "Exclusive Right To Sell", "Exclusive right to sell"
    EXCLUSIVE_LEASE = "Exclusive Right To Lease", "Exclusive right to lease"
    EXCLUSIVE_AGENCY = "Exclusive Agency", "Exclusive agency"
    OPEN = "Open", "Open"
    NET = "Net", "Net"


class MediaCategory(models.TextChoices):
    """RESO MediaCategory, those that hold pictures here."""

    PHOTO = "Photo", "Photo"
    FLOOR_PLAN = "Floor Plan", "Floor plan"


class PhotoState(models.TextChoices):
    """How far the sizes of a photo are."""

    PROCESSING = "Processing", "Processing"
    READY = "Ready", "Ready"
    FAILED = "Failed", "Failed"


S = StandardStatus
# What may follow what; read by buttons, actions, imports and admin alike. Closed, Canceled and Delete are ends: the
# unit is put on the market again as a new listing.
NEXT_STATUSES: dict[str, tuple[str, ...]] = {
    S.INCOMPLETE: (S.COMING_SOON, S.ACTIVE, S.CANCELED, S.DELETE),
    S.COMING_SOON: (S.ACTIVE, S.HOLD, S.WITHDRAWN, S.CANCELED, S.INCOMPLETE, S.DELETE),
    S.ACTIVE: (S.ACTIVE_UNDER_CONTRACT, S.PENDING, S.HOLD, S.WITHDRAWN, S.EXPIRED, S.CLOSED, S.CANCELED),
    S.ACTIVE_UNDER_CONTRACT: (S.PENDING, S.ACTIVE, S.CLOSED, S.HOLD, S.WITHDRAWN, S.CANCELED),
    S.PENDING: (S.CLOSED, S.ACTIVE, S.ACTIVE_UNDER_CONTRACT, S.HOLD, S.WITHDRAWN, S.CANCELED),
    S.HOLD: (S.ACTIVE, S.COMING_SOON, S.WITHDRAWN, S.EXPIRED, S.CANCELED),
    S.WITHDRAWN: (S.ACTIVE, S.COMING_SOON, S.CANCELED, S.EXPIRED),
    S.EXPIRED: (S.ACTIVE, S.COMING_SOON, S.WITHDRAWN, S.CANCELED),
    S.CLOSED: (),
    S.CANCELED: (),
    S.DELETE: (),
}
ON_MARKET = (S.COMING_SOON, S.ACTIVE, S.ACTIVE_UNDER_CONTRACT, S.PENDING)
ENDED = (S.CLOSED, S.CANCELED, S.WITHDRAWN, S.EXPIRED, S.DELETE)

"""What an erasure does with what the customer looked for and was sent."""

from apps.customers.erasing.registry import erases

erases("matching.Requirement", "What was looked for, with decisions about listings")
erases("matching.Sending", "Listings that were sent")

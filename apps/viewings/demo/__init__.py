"""The demo agency's viewings."""

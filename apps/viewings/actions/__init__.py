"""What staff do with viewings."""

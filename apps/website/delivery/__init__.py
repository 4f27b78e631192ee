"""Bringing about what is wanted of a site: plan from the rows now, send, read back, confirm what was really read."""

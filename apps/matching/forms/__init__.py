"""Forms of matching: what a customer looks for, and what is sent."""

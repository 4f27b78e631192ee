"""What websites send: is it really from the site (signature), how much of it (limits), what it says (message).

The words on the wire are in docs/intake.md.
"""

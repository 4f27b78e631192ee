"""Adopting a site that was kept by hand: its posts are read, matched with listings, and linked when a person says so.

`facts` understands a post, `candidates` and `resemblance` compare it with the stock (none knows the database), `reading` and `matching`
write down what was found, `linking` and `following` do what a person decided, `pictures` knows photos again. Nothing
here writes to the site: what is linked is sent only once it is followed.
"""

"""Adopting a site that was kept by hand: its posts are read, matched with listings, and linked when a person says so.

`facts` understands a post, `resemblance` compares it with the stock (both know no database), `reading` and `matching`
write down what was found, `linking` and `following` do what a person decided, `pictures` knows photos again. Nothing
here writes to the site: what is linked is sent only once it is followed.
"""

"""Adopting a site that was kept by hand: its posts are read, matched with listings, and linked when a person says so.

`facts` understands a post, `candidates` and `resemblance` compare it with the stock (none of them knows the database),
`reading` and `matching` write down what was found, `linking` and `following` do what a person decided, `pictures` knows
photos again, `bringing` and `photos` take over what the CRM does not have. Nothing here writes to the site: what is
linked is sent only once it is followed.
"""

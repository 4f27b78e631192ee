"""What people ask on websites, from the door where it comes in to the answer.

`intake/` says whether a site may be believed, `polling.py` asks sites that cannot call out; both hand on to `actions/`.
"""

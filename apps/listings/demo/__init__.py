"""The demo agency, Marina & Co.: people, places, stock and pictures for development and for showing the product.

`plan.py` says what there should be, `build.py` brings it about. Buildings are real, all else is made up.
"""

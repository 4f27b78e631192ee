"""The project's settings, with each answer saying in `X-Queries` how many queries it took."""

from django.db import connection

from config.settings import *  # noqa: F403

MIDDLEWARE = ["dev.bench.counted.QueryCount", *MIDDLEWARE]  # noqa: F405


class QueryCount:
    """Outermost middleware."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        count = 0

        def counting(execute, *args):
            nonlocal count
            count += 1
            return execute(*args)

        with connection.execute_wrapper(counting):
            response = self.get_response(request)
        response["X-Queries"] = str(count)
        return response

"""A customer's data as a file for them."""

import io

from django.http import FileResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.core.refusals import NotAllowed
from apps.customers import data_file as files
from apps.customers.views.pages import visible_customer


@require_safe
def data_file(request, reference):
    """What the file will hold."""
    customer = visible_customer(request, reference)
    NotAllowed.unless_empty(files.why_not_hand_out(customer, request.user))
    counts = files.count_rows(files.sections(customer))
    return render(request, "customers/data_file.html", {"customer": customer, "counts": counts})


@require_safe
def download(request, reference):
    """The file; that it was made stands in the timeline."""
    customer = visible_customer(request, reference)
    content = files.data_file(customer, by=request.user)
    name = f"{customer.reference}.zip"
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type="application/zip")

"""Best buyers for a home that is not listed yet: what an agent shows an owner to win the mandate."""

from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from apps.core.flags import behind_flag
from apps.core.units import AreaUnits
from apps.matching import flags
from apps.matching.forms.buyers import OwnerForm
from apps.matching.matches import buyers_for
from apps.matching.views.listing import may_look, rows_of


@behind_flag(flags.MATCHING)
@require_safe
def best_buyers(request):
    """Facts of the home at the start, whom it fits beside them; nothing is saved."""
    may_look(request.user)
    units = {"currency": request.agency.currency, "area_units": request.agency.area_units}
    form = OwnerForm(request.GET or None, **units)
    is_asked = form.is_bound and (form.is_valid() or bool(form.cleaned_data))
    buyers = buyers_for(form.offer(), request.user) if is_asked else None
    context = {
        "form": form,
        "places": form.cleaned_data.get("places", []) if is_asked else [],
        "buyers": buyers,
        "rows": rows_of(buyers.named, None, request.user) if buyers else [],
        "size_unit": AreaUnits(request.agency.area_units).label,
    }
    template = "matching/buyers.html" if request.htmx.target == "buyers" else "matching/best_buyers.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response

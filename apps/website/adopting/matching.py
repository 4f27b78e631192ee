"""Comparing what was read with the listings, and writing down what each post may be."""

from django.db import transaction

from apps.website.adopting.facts import facts_of
from apps.website.adopting.resemblance import settle_twins
from apps.website.adopting.stock import stock_of
from apps.website.adopting.words import Decision
from apps.website.compare import unflatten
from apps.website.models import FoundPost, Proposal, Site
from apps.website.profiles.spec import read_spec


@transaction.atomic
def match(site: Site) -> None:
    """Propose listings for all posts that nobody decided about, in place of what was proposed before."""
    posts = {post.post_id: post for post in FoundPost.objects.filter(site=site, decision=Decision.OPEN)}
    stock, spec = stock_of(site), read_spec(site.profile.spec)
    judgements = {}
    for number, post in posts.items():
        judgements[number] = stock.judge(facts_of(unflatten(post.fields) | {"id": number}, spec))
    settle_twins(judgements, {number: post.status == "publish" for number, post in posts.items()})
    for number, judgement in judgements.items():
        posts[number].confidence, posts[number].notes = judgement.confidence, judgement.notes
    FoundPost.objects.bulk_update(posts.values(), ["confidence", "notes"], batch_size=500)
    Proposal.objects.filter(post__in=posts.values()).delete()
    proposals = [
        Proposal(post=posts[number], found_listing_id=one.listing.pk, rank=rank, reasons=one.reasons())
        for number, judgement in judgements.items()
        for rank, one in enumerate(judgement.candidates)
    ]
    Proposal.objects.bulk_create(proposals, batch_size=500)

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "apps.matching"
    verbose_name = "Matching"

    def ready(self):
        from apps.customers.duplicates import tell_buildings
        from apps.matching import flags, timeline  # noqa: F401  flags declares them

        timeline.teach()
        tell_buildings(
            "looked for",
            "SELECT r.customer_id, p.place_id FROM matching_requirementplace p"
            " JOIN matching_requirement r ON r.id = p.requirement_id"
            " JOIN listings_place b ON b.id = p.place_id AND b.level = 'building'",
        )

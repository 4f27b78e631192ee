"""Static files in production: names with a digest, compressed, and cached for a year."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which also puts the digests into the `import` lines of our own modules (static/js).

    Django can do so for all scripts (`support_js_module_import_aggregation`), but then fails on import lines that other
    people's scripts only mention.
    """

    _every_script, _import_lines = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", _import_lines))

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Names with a hash in the imports of our scripts too: no page runs one module beside an older one."""

    # Django's own switch for this reads foreign scripts as well, and stumbles over imports in their comments.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "prova/*.js",
            (
                (
                    r"""(?P<matched>import(?P<names>\s[^;'"]*?)\s*from\s*["'](?P<url>[./][^"']*)["']\s*;)""",
                    """import%(names)s from "%(url)s";""",
                ),
                (r"""(?P<matched>import\s*["'](?P<url>[./][^"']*)["']\s*;)""", """import "%(url)s";"""),
            ),
        ),
    )

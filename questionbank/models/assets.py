from django.db import models

from questionbank.models.published import Published


class Asset(Published):
    """A picture file that questions show. Its name says its content, so it may be kept for ever by whoever fetched it."""

    #: questionbank.images.assets.asset_name(): hash, size in pixels, format.
    name = models.CharField(max_length=80, unique=True)
    media_type = models.CharField(max_length=32)
    content = models.BinaryField()
    #: As its author called it.
    file_name = models.CharField(max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-added_at", "name"]

    def __str__(self) -> str:
        return self.name

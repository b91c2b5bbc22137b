"""Pictures in questions: files whose names say their content, and drawings made of numbers; no Django."""

from questionbank.images.assets import (
    ASSET_URL,
    MAX_BYTES,
    AssetFile,
    BadImage,
    asset_of,
    assets_of,
    is_asset_name,
    size_of_asset,
)

__all__ = [
    "ASSET_URL",
    "MAX_BYTES",
    "AssetFile",
    "BadImage",
    "asset_of",
    "assets_of",
    "is_asset_name",
    "size_of_asset",
]

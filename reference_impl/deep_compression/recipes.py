"""The ways a network is made small. A recipe is a package of this one, loaded when it is needed:

payload   decode(payload, shapes) -> arrays by name; with numpy, without torch
recipe    compress(bench, dense, network) -> Compressed; trains, with torch
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from reference_impl.deep_compression.stages import Compressed, Parameters
from reference_impl.errors import CorruptData

if TYPE_CHECKING:
    from reference_impl.deep_compression.bench import Bench

Decode = Callable[[bytes, Mapping[str, tuple[int, ...]]], Parameters]
Compress = Callable[["Bench", Parameters, str], Compressed]


@dataclass(frozen=True)
class Recipe:
    number: int  #: what files hold
    name: str  #: the package

    def decode(self) -> Decode:
        found: Decode = import_module(f"{__package__}.{self.name}.payload").decode
        return found

    def compress(self) -> Compress:
        found: Compress = import_module(f"{__package__}.{self.name}.recipe").compress
        return found


RECIPES = {recipe.name: recipe for recipe in (Recipe(1, "classic"), Recipe(2, "best"))}


def recipe_numbered(number: int) -> Recipe:
    """CorruptData: no recipe has the number."""
    for recipe in RECIPES.values():
        if recipe.number == number:
            return recipe
    raise CorruptData(f"the file was made by recipe {number}, which is not known here; use a newer version")

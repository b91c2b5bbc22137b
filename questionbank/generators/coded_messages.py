"""A message and its bits."""

from random import Random

from questionbank.generators import Variant, generator
from reference_impl.entropy_coding import code_lengths, codewords


@generator("message_in_bits")
def message_in_bits(draw: Random) -> Variant:
    """Five letters under a prefix code of four; the message is not its own mirror image, and no code is all it uses."""
    words = codewords(code_lengths([8, 4, 2, 1]))
    table = dict(zip("abcd", words, strict=True))
    fixed = {letter: f"{place:02b}" for place, letter in enumerate("abcd")}
    while True:
        message = "".join(draw.choice("abcd") for _ in range(5))
        bits = "".join(table[letter] for letter in message)
        backwards = "".join(table[letter] for letter in reversed(message))
        plain = "".join(fixed[letter] for letter in message)
        if len({bits, backwards, plain}) == 3 and len(set(message)) >= 3:
            break
    params = {f"w{place}": word for place, word in enumerate(words)}
    return Variant(
        params=params
        | {"message": message, "bits": bits, "backwards": backwards, "fixed": plain}
        | {f"f{place}": word for place, word in enumerate(fixed.values())}
    )

"""How many of a thing, in the words that staff read: `1 page`, `1,200 pages`."""


def counted(number: int, one: str, many: str = "") -> str:
    """Return the number with its words, such as `1 answer waits`.

    many: the words for any other number than 1; without it, `one` with an "s".
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"

"""What was worked out once in this process and holds as long as its key says the same."""

from collections.abc import Callable, Hashable, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """Values by a key that names all they rest on, versions included; at `most` so many are held.

    A value is never changed in place, so that pages at work at once may share it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[Hashable, T] = {}

    def each(
        self, keys: Mapping[int, Hashable], make: Callable[[list[int]], Mapping[int, T]]
    ) -> dict[int, T]:
        """The value of each id by its key; `make` works out those that are missing, in one go."""
        found = {id: held for id, key in keys.items() if (held := self._held.get(key)) is not None}
        missing = [id for id in keys if id not in found]
        if missing:
            made = make(missing)
            if len(self._held) + len(made) > self._most:
                self._held = {}
            self._held |= {keys[id]: one for id, one in made.items()}
            found |= made
        return {id: found[id] for id in keys}

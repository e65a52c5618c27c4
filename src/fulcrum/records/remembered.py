"""What was worked out once in this process and holds as long as its key says the same.

What was noted of executives is among it: where one of them is erased, `forget_everything` empties what is
remembered by this module. What other rooms keep (a vision that was read for vagueness, findings) is not.
"""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache, update_wrapper
from typing import Generic, ParamSpec, TypeVar

T = TypeVar("T")
Asked = ParamSpec("Asked")
_memories: list[Callable[[], None]] = []


def forget_everything() -> None:
    """Let go of all that was worked out; it is worked out anew when next asked for."""
    for forget in _memories:
        forget()


def remembered(most: int) -> Callable[[Callable[Asked, T]], Callable[Asked, T]]:
    """A function whose last answers are kept, by what it was asked; at `most` so many."""

    def kept(work: Callable[Asked, T]) -> Callable[Asked, T]:
        answers = lru_cache(maxsize=most)(work)
        _memories.append(answers.cache_clear)

        def answer(*asked: Asked.args, **named: Asked.kwargs) -> T:
            return answers(*asked, **named)  # type: ignore[arg-type]  # whatever cannot be a key raises

        return update_wrapper(answer, work)

    return kept


class Remembered(Generic[T]):
    """Values by a key that names all they rest on, versions included; at `most` so many are held.

    A value is never changed in place, so that pages at work at once may share it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[Hashable, T] = {}
        _memories.append(self._forget)

    def each(
        self, keys: Mapping[int, Hashable], make: Callable[[list[int]], Mapping[int, T]]
    ) -> dict[int, T]:
        """The value of each id by its key; `make` works out those that are missing, in one go."""
        found = {id: held for id, key in keys.items() if (held := self._held.get(key)) is not None}
        missing = [id for id in keys if id not in found]
        if missing:
            made = make(missing)
            if len(self._held) + len(made) > self._most:
                self._forget()
            self._held |= {keys[id]: one for id, one in made.items()}
            found |= made
        return {id: found[id] for id in keys}

    def _forget(self) -> None:
        self._held = {}  # another thread may still read the earlier one

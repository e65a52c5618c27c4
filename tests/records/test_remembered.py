"""What is remembered by a key that names all it rests on."""

from fulcrum.records.remembered import Remembered, forget_everything, remembered


def test_each_key_is_worked_out_once_and_the_missing_ones_in_one_go() -> None:
    asked: list[list[int]] = []

    def make(missing: list[int]) -> dict[int, str]:
        asked.append(missing)
        return {id: f"made {id}" for id in missing}

    held = Remembered[str](10)
    assert held.each({1: "a", 2: "b"}, make) == {1: "made 1", 2: "made 2"}
    assert held.each({2: "b", 3: "c"}, make) == {2: "made 2", 3: "made 3"}
    assert held.each({1: "a, changed"}, make) == {1: "made 1"}
    assert asked == [[1, 2], [3], [1]]


def test_a_full_memory_forgets_and_still_answers() -> None:
    held = Remembered[int](3)
    for number in range(20):
        assert held.each({1: number}, lambda _, told=number: {1: told}) == {1: number}
    assert len(held._held) <= 3


def test_an_empty_value_is_a_value() -> None:
    asked: list[int] = []
    held = Remembered[tuple[int, ...]](3)
    for _ in range(2):
        assert held.each({1: "a"}, lambda missing: {id: asked.append(id) or () for id in missing}) == {1: ()}
    assert asked == [1]


def test_a_function_is_asked_once_until_everything_is_forgotten() -> None:
    asked: list[str] = []

    @remembered(most=2)
    def shout(word: str, *, times: int = 1) -> str:
        """Loud."""
        asked.append(word)
        return word.upper() * times

    held = Remembered[str](3)
    for _ in range(2):
        assert shout("a", times=2) == "AA"
        assert held.each({1: "a"}, lambda _: {1: shout("b")}) == {1: "B"}
    assert asked == ["a", "b"]
    assert (shout.__name__, shout.__doc__) == ("shout", "Loud.")
    forget_everything()
    assert shout("a", times=2) == "AA"
    assert held.each({1: "a"}, lambda _: {1: shout("b")}) == {1: "B"}
    assert asked == ["a", "b"] * 2

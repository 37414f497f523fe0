from __future__ import annotations

import threading

import pytest

from kgplan.errors import QueryLimitError
from kgplan.rdf.turns import GONE, Turns

GUARD = 60.0


def never() -> bool:
    return False


@pytest.mark.parametrize(("places", "long"), [(1, 1), (2, 1), (3, 2), (4, 3), (8, 6), (16, 12)])
def test_some_places_are_not_for_long_queries(places, long):
    turns = Turns(places)
    held = [turns.turn(0, never) for _ in range(places)]
    entered = [turn.__enter__() for turn in held]
    assert all(turn.may_go_on() for turn in entered)
    assert sum(turn.is_long for turn in entered) == long
    for turn in held:
        turn.__exit__(None, None, None)
    with turns.turn(0, never) as turn:
        assert turn.may_go_on()
        assert turn.is_long


def test_without_a_free_place_or_a_client_nothing_is_waited_for():
    turns = Turns(1)
    with turns.turn(0, never):
        with pytest.raises(QueryLimitError, match="busy"), turns.turn(0, never):
            pass
        with pytest.raises(QueryLimitError, match=GONE), turns.turn(GUARD, lambda: True):
            pass
    with turns.turn(0, never):
        pass


@pytest.mark.parametrize(("patience", "first"), [(GUARD, {0, 1}), (-1.0, {1, 2})])
def test_the_oldest_is_next_unless_it_waits_long_and_a_long_query_gives_way_to_none_that_waits(patience, first):
    turns = Turns(2, patience)
    order: list[int] = []

    def wait(number: int) -> None:
        with turns.turn(GUARD, never):
            order.append(number)

    threads = [threading.Thread(target=wait, args=(number,)) for number in range(3)]
    with turns.turn(0, never) as long, turns.turn(0, never) as short:
        assert long.may_go_on()
        assert short.may_go_on()
        for count, thread in enumerate(threads, start=1):
            thread.start()
            while len(turns._waiting) < count:
                pass
        assert long.may_go_on()
        assert not short.may_go_on()
        called = list(turns._waiting)
        assert not any(event.is_set() for _, event in called)
    for thread in threads:
        thread.join(GUARD)
    assert sorted(order) == [0, 1, 2]
    assert order[0] in first  # two places got free at once: two went in, in either order

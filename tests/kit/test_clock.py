from datetime import UTC, datetime, timedelta

from bot.kit.clock import HeldClock, SystemClock


def test_a_held_clock_stands_still_until_it_is_moved() -> None:
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    clock = HeldClock(at)
    assert clock.now() == clock.now() == at
    clock.move(timedelta(hours=1))
    assert clock.now() == at + timedelta(hours=1)


def test_the_systems_clock_tells_utc() -> None:
    assert SystemClock().now().tzinfo is UTC

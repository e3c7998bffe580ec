"""How fast we may post: never faster than Slack bears in a channel, and in a workspace nearly as fast as it does."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit.outbox.pace import CHANNEL_BURST, CHANNEL_RATE, FIRST_RATE, LOWEST_RATE, Pace

W = "T1"
HAIR = 1e-6


def take_all(pace: Pace, now: float, channel: str = "C", workspace: str = W) -> int:
    """Posts as long as it may, each in a channel of its own."""
    taken = 0
    while pace.seconds_until(workspace, f"{channel}{now}.{taken}", now) == 0:
        pace.take(workspace, f"{channel}{now}.{taken}", now)
        taken += 1
    return taken


# --- by example ---------------------------------------------------------------------------------------


def test_a_channel_has_a_short_burst_and_then_one_a_second() -> None:
    pace = Pace()
    told = [second for second in range(60) if pace.seconds_until(W, "C1", second / 10) == 0 and not took(pace, second)]
    assert len(told) <= CHANNEL_BURST + 6
    assert told[-1] - told[-2] == 10


def took(pace: Pace, tenth: int) -> None:
    pace.take(W, "C1", tenth / 10)


def test_a_channel_that_waits_holds_no_other_up() -> None:
    pace = Pace()
    for second in (0, 1, 1.1):
        pace.take(W, "C1", second)
    assert pace.seconds_until(W, "C1", 3.0) == 0
    pace.take(W, "C1", 3.0)
    pace.take(W, "C1", 3.0)
    assert pace.seconds_until(W, "C1", 3.0) > 0
    assert pace.seconds_until(W, "C2", 4.0) == 0


def test_each_workspace_has_a_pace_of_its_own() -> None:
    pace = Pace()
    pace.was_too_fast("T1", 0, 30)
    assert pace.seconds_until("T1", "C1", 10) == pytest.approx(20)
    assert pace.seconds_until("T2", "C2", 10) == 0
    workspaces, channels = pace.resting(10)
    assert workspaces == {"T1": pytest.approx(20)}
    assert channels == {}


def test_who_waits_as_long_as_it_says_may_go_then() -> None:
    pace = Pace()
    take_all(pace, 0)
    wait = pace.seconds_until(W, "new", 0)
    assert wait > 0
    assert pace.seconds_until(W, "new", wait * 0.9) > 0
    assert pace.seconds_until(W, "new", wait) == 0


def test_a_longer_rest_is_not_cut_short_by_a_shorter_one() -> None:
    pace = Pace()
    pace.rest(W, 0, 300)
    pace.was_too_fast(W, 1, 1)
    pace.rest(W, 2, 5)
    assert pace.seconds_until(W, "C1", 100) == pytest.approx(200)
    assert pace.seconds_until(W, "C1", 300) == 0


def test_after_a_rest_there_is_no_burst() -> None:
    pace = Pace()
    pace.rest(W, 0, 60)
    assert take_all(pace, 60) == 1


def steady_rate(pace: Pace, since: float, seconds: float = 10.0) -> float:
    """Posts a second, where there is always something to post."""
    ticks = int(seconds * 50)
    return sum(take_all(pace, since + tick / 50) for tick in range(ticks)) / seconds


def test_it_begins_modestly_and_halves_when_slack_says_that_it_is_too_fast() -> None:
    untouched, slowed = Pace(), Pace()
    take_all(untouched, 0)
    take_all(slowed, 0)
    steady_rate(slowed, 0.02, 2)
    slowed.was_too_fast(W, 3, 1)
    assert steady_rate(untouched, 1) == pytest.approx(FIRST_RATE, rel=0.5)
    assert steady_rate(slowed, 4) == pytest.approx(FIRST_RATE / 2, rel=0.5)


def test_several_that_hear_it_together_count_as_one() -> None:
    once, often = Pace(), Pace()
    for pace, times in ((once, 1), (often, 12)):
        steady_rate(pace, 0, 2)
        for number in range(times):
            pace.was_too_fast(W, 3 + number / 100, 5)
    assert steady_rate(often, 10) == pytest.approx(steady_rate(once, 10), rel=0.1)


def test_however_often_it_is_too_fast_it_never_stops() -> None:
    pace = Pace()
    for second in range(200):
        pace.was_too_fast(W, second * 2, 1)
    assert steady_rate(pace, 500, 60) >= LOWEST_RATE * 0.9


def test_channels_that_are_quiet_are_forgotten() -> None:
    pace = Pace()
    for number in range(1000):
        pace.take(W, f"C{number}", number)
    pace.resting(2000)
    assert pace._channels == {}


# --- against whatever comes ---------------------------------------------------------------------------

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("post"), st.sampled_from("ABC"), st.floats(0, 3)),
        st.tuples(st.just("too fast"), st.just(""), st.floats(1, 60)),
        st.tuples(st.just("rest"), st.just(""), st.floats(0, 60)),
    ),
    max_size=80,
)


@settings(max_examples=150)
@given(STEPS)
def test_a_channel_never_has_more_than_its_burst_and_one_a_second_and_a_rest_is_a_rest(
    steps: list[tuple[str, str, float]],
) -> None:
    pace, now, rests_until = Pace(), 0.0, 0.0
    told: dict[str, list[float]] = {name: [] for name in "ABC"}
    for what, channel, seconds in steps:
        if what == "post":
            now += seconds
            wait = pace.seconds_until(W, channel, now)
            assert wait >= rests_until - now - HAIR
            workspaces, channels = pace.resting(now)
            assert (wait > 0) == (W in workspaces or channel in channels)
            if wait == 0:
                pace.take(W, channel, now)
                told[channel].append(now)
        elif what == "rest":
            pace.rest(W, now, seconds)
            rests_until = max(rests_until, now + seconds)
        else:
            pace.was_too_fast(W, now, seconds)
            rests_until = max(rests_until, now + seconds)
    for moments in told.values():
        for first, since in enumerate(moments):
            for last in range(first, len(moments)):
                assert last - first + 1 <= CHANNEL_BURST + (moments[last] - since) * CHANNEL_RATE + HAIR


@given(st.lists(st.floats(0, 100), max_size=50))
def test_a_clock_that_goes_back_gives_nothing_away(moments: list[float]) -> None:
    pace = Pace()
    taken = sum(take_all(pace, moment) for moment in moments)
    straight = Pace()
    assert taken <= sum(take_all(straight, moment) for moment in sorted([*moments, 100.0])) + FIRST_RATE


# --- against a Slack that keeps its limit to itself -----------------------------------------------------


@dataclass
class Limited:
    """A workspace that bears so many posts a second, and a burst."""

    rate: float
    burst: float
    tokens: float = field(init=False)
    since: float = 0.0
    accepted: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def post(self, now: float) -> float:
        """Retry-After; 0 when it was taken."""
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now
        if self.tokens < 1:
            self.refused.append(now)
            return max(1, round((1 - self.tokens) / self.rate + 0.5))
        self.tokens -= 1
        self.accepted.append(now)
        return 0

    def share(self, since: float, until: float) -> float:
        """Of what it would have borne."""
        return sum(since <= moment < until for moment in self.accepted) / (until - since) / self.rate


def keep_it_busy(slack: Limited, seconds: float, replicas: int = 1) -> None:
    """There is always something to post, in channels enough; each replica has a pace of its own."""
    paces = [Pace() for _ in range(replicas)]
    channels = max(100, int(slack.rate * 4))
    number = 0
    for tick in range(int(seconds * 50)):
        now = tick / 50
        for pace in paces:
            while pace.seconds_until(W, f"C{number % channels}", now) == 0:
                pace.take(W, f"C{number % channels}", now)
                if retry_after := slack.post(now):
                    pace.was_too_fast(W, now, retry_after)
                number += 1


@pytest.mark.parametrize(("rate", "burst"), [(2, 4), (5, 10), (4, 8), (10, 20), (20, 40)])
def test_in_the_long_run_it_posts_nearly_all_that_slack_bears_with_few_refusals(rate: float, burst: float) -> None:
    slack = Limited(rate, burst)
    keep_it_busy(slack, 1500)
    assert slack.share(300, 1500) >= 0.9
    assert len([moment for moment in slack.refused if moment >= 300]) <= 4


@pytest.mark.parametrize(("rate", "burst"), [(5, 1), (1, 2), (20, 5)])
def test_where_slack_bears_hardly_a_burst_it_still_posts_most_of_it(rate: float, burst: float) -> None:
    slack = Limited(rate, burst)
    keep_it_busy(slack, 1500)
    assert slack.share(300, 1500) >= 0.85
    assert len([moment for moment in slack.refused if moment >= 300]) <= 8


def test_a_workspace_without_a_limit_is_found_out_in_minutes() -> None:
    slack = Limited(1000, 1000)
    keep_it_busy(slack, 120)
    assert slack.refused == []
    assert slack.share(110, 120) * 1000 >= 4 * FIRST_RATE


def test_two_replicas_share_what_slack_bears() -> None:
    slack = Limited(10, 20)
    keep_it_busy(slack, 900, replicas=2)
    assert slack.share(300, 900) >= 0.85
    assert len([moment for moment in slack.refused if moment >= 300]) <= 12

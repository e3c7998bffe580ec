"""What a colleague can do for the customer beside an answer: note what they told or promised, do something small."""

from datetime import UTC, date, datetime

import pytest

from bot.coaching import notices, playbooks, rules, views
from bot.coaching.playbooks import Play
from bot.coaching.rules import After, AnswerData, Promised, Told
from bot.coaching.views import Beside
from bot.kit import i18n
from bot.kit.i18n import Language
from bot.moments import calendar
from bot.sandbox.blocks import check_message
from bot.trade import Level
from tests.world import buttons_of, texts

NL, EN = Language.NL, Language.EN
WORDS = i18n.dictionary()
MOMENTS = calendar.load()
PLAYS = playbooks.load()
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def a_play(level: Level, language: Language = EN) -> Play:
    return next(play for play in PLAYS if play.meta.level is level and play.language is language)


def after(question: str, play: Play | None = None, language: Language = EN) -> After:
    return rules.after(question, play, MOMENTS, NOON, language)


@pytest.mark.parametrize(
    ("question", "language", "told"),
    [
        ("Mrs Green is moving house", EN, Told(moment_id="moving", name="Mrs Green")),
        (
            "mevrouw Jansen gaat volgende week vrijdag verhuizen",
            NL,
            Told(moment_id="moving", name="mevrouw Jansen", day=date(2026, 12, 4)),
        ),
        ("my customer is angry", EN, None),
        ("I am moving house tomorrow", EN, None),
    ],
)
def test_a_moment_that_is_told_goes_with_its_name_and_its_day(
    question: str, language: Language, told: Told | None
) -> None:
    assert after(question, None, language).told == told


@pytest.mark.parametrize(
    ("question", "level", "is_offered"),
    [
        ("she bought it here last week and it is broken", Level.PUT_RIGHT, False),
        ("she bought it here and comes for the first check", Level.PERSONAL, True),
        ("she is moving house and her bill is wrong", Level.PUT_RIGHT, True),
        ("Mrs Green bought it here", None, True),
    ],
)
def test_a_purchase_is_no_occasion_while_something_is_wrong_with_it(
    question: str, level: Level | None, is_offered: bool
) -> None:
    assert (after(question, a_play(level) if level else None).told is not None) is is_offered


@pytest.mark.parametrize("level", Level)
def test_a_gesture_comes_next_where_the_play_is_personal(level: Level) -> None:
    assert after("a question", a_play(level)).may_give is (level >= Level.PERSONAL)
    assert not after("a question").may_give


def test_a_promise_to_a_customer_is_heard() -> None:
    told = after("I promised Mrs Green the quote for today. She was pleased.").promised
    assert told == Promised(line="Mrs Green the quote for today", name="Mrs Green", said_at=NOON)
    assert after("my customer promised to pay").promised is None


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("ik heb mevrouw Jansen beloofd dat ik haar vrijdag terugbel", NL),
        ("I promised Mrs Green to send her the quote on Friday", EN),
        ("Mr Pugh isn't moving house after all", EN),
        ("meneer Bakker gaat toch niet verhuizen", NL),
        ("The Hendersons aren't moving after all", EN),
    ],
)
def test_who_only_tells_has_asked_for_no_words(question: str, language: Language) -> None:
    assert rules.only_tells(question, MOMENTS, language)
    assert after(question, None, language).only_tells


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("ik heb mevrouw Jansen beloofd dat ik haar terugbel, hoe begin ik?", NL),
        ("ik had mevrouw Jansen beloofd dat ik haar gisteren terugbelde", NL),
        ("ik heb beloofd dat ik hem bel maar het is niet gelukt", NL),
        ("I promised Mrs Green the quote and she is angry", EN),
        ("I promised her the quote, but I forgot", EN),
        ("Mr Pugh isn't moving house after all and he is furious", EN),
        ("mijn klant is ontevreden", NL),
    ],
)
def test_who_asks_or_tells_of_trouble_gets_words(question: str, language: Language) -> None:
    assert not rules.only_tells(question, MOMENTS, language)


@pytest.mark.parametrize(
    ("question", "level", "language", "who"),
    [
        ("mevrouw Jansen is boos: haar kast kwam kapot aan", Level.PUT_RIGHT, NL, "mevrouw Jansen"),
        ("what do I say to Mr Pugh? his order went wrong", Level.PUT_RIGHT, EN, "Mr Pugh"),
        ("Mr Pugh is angry", None, EN, "Mr Pugh"),
        ("hoe begin ik met een boze klant?", Level.PUT_RIGHT, NL, None),
        ("the parcel service made a mistake with the order for London", Level.PUT_RIGHT, EN, None),
        ("Mrs Green says that nothing is wrong, what would please her?", Level.SURPRISE, EN, None),
        ("mevrouw Jansen komt morgen langs", None, NL, None),
        ("I promised Mrs Green the quote and forgot", Level.PUT_RIGHT, EN, None),
        ("Tom Whitfield's lamp broke again the day after we repaired it", Level.PUT_RIGHT, EN, "Tom Whitfield"),
        ("Tom Whitfield is boos", None, NL, "Tom Whitfield"),
        ("de kast van Anna van der Berg kwam kapot aan", None, NL, "Anna van der Berg"),
        ("The Hendersons are angry about the delay", None, EN, "Henderson"),
        ("Customer Service made a mistake", None, EN, None),
        ("Team Leeds forgot the flowers", None, EN, None),
        ("everything went wrong on Black Friday", None, EN, None),
        ("the parcel broke in Milton Keynes", None, EN, None),
        ("her Apple Watch is broken", None, EN, None),
        ("Boze Jansen aan de balie", None, NL, None),
        ("mijn collega Daan Visser is boos", None, NL, None),
    ],
)
def test_who_is_named_where_something_went_wrong_can_be_put_right(
    question: str, level: Level | None, language: Language, who: str | None
) -> None:
    assert after(question, a_play(level, language) if level else None, language).went_wrong_for == who


@pytest.mark.parametrize(
    ("question", "language", "who"),
    [
        ("mevrouw Çelik wil graag als eerste weten wanneer het servies er is", NL, "mevrouw Çelik"),
        ("Graag zou mevrouw Çelik als eerste horen wanneer het servies er is", NL, "mevrouw Çelik"),
        ("mevrouw Çelik hoort het graag als eerste", NL, "mevrouw Çelik"),
        ("Mrs Okoye wants to be the first to know", EN, "Mrs Okoye"),
        ("Tom Whitfield would like to hear about it first", EN, "Tom Whitfield"),
        ("Mrs Okoye asked to be told before anyone else", EN, "Mrs Okoye"),
        ("she wants to be the first to know", EN, None),
        ("Mrs Okoye doesn't want to be the first to know", EN, None),
        ("Mrs Okoye came in, I want to be the first to know", EN, None),
        ("Mrs Okoye wants to know when she first came in", EN, None),
        ("mevrouw Çelik wil als eerste geholpen worden", NL, None),
    ],
)
def test_who_wants_to_hear_news_first_is_heard_and_nothing_was_asked(
    question: str, language: Language, who: str | None
) -> None:
    assert after(question, None, language).first_to_know == who
    assert rules.only_tells(question, MOMENTS, language) is bool(who)
    assert not rules.only_tells(f"{question}?", MOMENTS, language)


@pytest.mark.parametrize("language", Language)
def test_who_asked_what_has_no_play_sees_the_nearest_beside_what_can_be_noted(language: Language) -> None:
    asked = Beside(After(told=Told(moment_id="moving"), asks=True), moment="Moving")
    play, note = a_play(Level.SURPRISE, language), "Your message is long."
    said = views.nothing_fits([play], [note], ran_out=False, beside=asked, _=WORDS[language])
    check_message(said.blocks)
    assert play.title in texts(said.blocks)
    assert [one["action_id"] for one in buttons_of(said.blocks) if one["action_id"] == "moments.open_form"]
    told_alone = Beside(After(told=Told(moment_id="moving")), moment="Moving")
    assert note in texts(views.nothing_fits([], [note], ran_out=False, beside=told_alone, _=WORDS[language]).blocks)


@pytest.mark.parametrize("language", Language)
def test_what_is_off_is_said_with_the_way_to_the_card(language: Language) -> None:
    off = Beside(After(off=Told(moment_id="moving", name="<!channel> Pugh")), moment="Moving")
    said = views.nothing_fits([], [], ran_out=False, beside=off, _=WORDS[language])
    assert said.text == WORDS[language]("Thanks for telling me.")
    check_message(said.blocks)
    [take_off] = buttons_of(said.blocks)
    assert (take_off["action_id"], take_off["value"]) == ("moments.call_off", ":moving:<!channel> Pugh")
    assert not [block for block in said.blocks if "<!" in str(block) and block["text"]["type"] != "plain_text"]


def test_what_goes_with_the_button_is_no_longer_than_slack_takes() -> None:
    promised = after("I promised Mrs Green to " + "send the long quote " * 90).promised
    assert promised is not None
    said = views.nothing_fits([], [], ran_out=False, beside=Beside(After(promised=promised)), _=WORDS[EN])
    check_message(said.blocks)


@pytest.mark.parametrize("language", Language)
def test_each_has_its_line_or_button_and_nothing_is_markup(language: Language) -> None:
    told = Told(moment_id="moving", name="<!channel> *x*", day=date(2026, 12, 4))
    promised, who = Promised(line="x", said_at=NOON), "Mr <!channel> *x*"
    beside = After(told=told, promised=promised, went_wrong_for=who, first_to_know=who, may_give=True)
    beside = Beside(beside, moment="Moving")
    play = a_play(Level.SURPRISE, language)
    said = views.answer(rules.from_play(play), play, 1, [], WORDS[language], beside)
    check_message(said.blocks)
    buttons = {button["action_id"]: button["value"] for button in buttons_of(said.blocks)}
    assert buttons["moments.open_form"] == ":moving:<!channel> *x*:2026-12-04"
    assert buttons["cases.open_form"] == f":{who}"
    assert buttons["customers.tell_first"] == f":{who}"
    assert {"promises.open_form", "gestures.who"} < set(buttons)
    assert not [
        block
        for block in said.blocks
        if "<!channel>" in str(block.get("text", {}).get("text")) and block["text"]["type"] != "plain_text"
    ]
    told_alone = views.nothing_fits([play], [], ran_out=False, beside=beside, _=WORDS[language])
    check_message(told_alone.blocks)
    assert play.title not in texts(told_alone.blocks), "nothing was asked"


def test_a_moment_that_was_taken_away_meanwhile_is_not_offered() -> None:
    told = AnswerData(question_id=1, asked_at=NOON, after=After(told=Told(moment_id="our-open-day")))
    assert notices.beside(told, MOMENTS, WORDS[EN]) == Beside(After())

"""The roadmap from satisfied to delighted customers, and the words around it.

Sources: 000 (eight steps), 004 (pyramid), 002 (phases), 001 (principles).
"""

from enum import IntEnum, StrEnum

from bot.kit.i18n import N_, Words


class Step(IntEnum):
    """The eight steps, in order."""

    VISION = 1
    STEER = 2
    JOURNEYS = 3
    CLICK = 4
    UNIQUE = 5
    HELP = 6
    TELL = 7
    RENEW = 8


class Level(IntEnum):
    """The pyramid: 1 and 2 prevent dissatisfaction, 3 and 4 are made by people."""

    BASICS = 1
    PUT_RIGHT = 2
    PERSONAL = 3
    SURPRISE = 4


class Phase(StrEnum):
    """How far a customer has come."""

    KNOW = "know"
    LIKE = "like"
    TRUST = "trust"
    LOVE = "love"


class Principle(StrEnum):
    """What keeps the relation with a customer alive."""

    SPEED = "speed"
    LISTENING = "listening"
    SECOND_CHANCE = "second-chance"
    UNEXPECTED = "unexpected"
    PERSONAL = "personal"
    SPACE = "space"
    OUTSIDE_THE_LINES = "outside-the-lines"
    OPENNESS = "openness"


class Wish(StrEnum):
    """How much contact a customer wants (source: 001, principle 6)."""

    LESS = "less"
    NORMAL = "normal"
    TOLD_FIRST = "told_first"
    """Asked to hear of something before others."""


class Channel(StrEnum):
    """How a gesture reaches the customer."""

    IN_PERSON = "in-person"
    PHONE = "phone"
    CHAT = "chat"
    CARD = "card"
    PARCEL = "parcel"
    E_MAIL = "e-mail"


class Occasion(StrEnum):
    """What makes a gesture fit now."""

    EVERYDAY = "everyday"
    FIRST_VISIT = "first-visit"
    WAITING = "waiting"
    PUT_RIGHT = "put-right"
    REPAIR_DONE = "repair-done"
    AFTER_PURCHASE = "after-purchase"
    SECOND_PURCHASE = "second-purchase"
    COMPLIMENT = "compliment"
    GOODBYE = "goodbye"
    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    MOVING = "moving"
    NEW_JOB = "new-job"
    WEDDING = "wedding"
    RETIREMENT = "retirement"
    HOLIDAY_SEASON = "holiday-season"
    NOT_FORGOTTEN = "not-forgotten"
    """The customer was not in touch for the agreed time."""
    TOLD_FIRST = "told-first"
    """There is news for a customer who asked to hear of it before others."""


class Moment(StrEnum):
    """Where in a customer's journey a play belongs."""

    WELCOME = "welcome"
    WAITING = "waiting"
    QUEUE = "queue"
    PHONE = "phone"
    CHAT = "chat"
    FIRST_VISIT = "first-visit"
    PURCHASE = "purchase"
    DELIVERY = "delivery"
    INSTALLATION = "installation"
    USE = "use"
    QUESTION = "question"
    COMPLAINT = "complaint"
    FAULT = "fault"
    BAD_NEWS = "bad-news"
    PAYMENT = "payment"
    GOODBYE = "goodbye"
    AFTER_SALE = "after-sale"
    SILENCE = "silence"
    BIRTHDAY = "birthday"
    LIFE_EVENT = "life-event"
    REVIEW = "review"
    SURVEY = "survey"
    TEAM_START = "team-start"
    TEAM_TALK = "team-talk"
    FEEDBACK = "feedback"
    QUIET_MOMENT = "quiet-moment"
    RUSH = "rush"


_STEPS = {
    Step.VISION: N_("Support and a customer vision"),
    Step.STEER: N_("Steer daily on delighted customers"),
    Step.JOURNEYS: N_("Journeys that stand out"),
    Step.CLICK: N_("A real click with customers"),
    Step.UNIQUE: N_("Every customer is the only one"),
    Step.HELP: N_("Help brilliantly"),
    Step.TELL: N_("Be excellent and tell it"),
    Step.RENEW: N_("Keep surprising"),
}
_LEVELS = {
    Level.BASICS: N_("the basics"),
    Level.PUT_RIGHT: N_("put right"),
    Level.PERSONAL: N_("personal"),
    Level.SURPRISE: N_("surprise"),
}


def step_name(step: Step, _: Words) -> str:
    return _(_STEPS[step])


def level_name(level: Level, _: Words) -> str:
    return _(_LEVELS[level])


def step_names(_: Words) -> list[str]:
    """From the first to the eighth."""
    return [step_name(step, _) for step in Step]

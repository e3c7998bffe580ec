"""Questions with a fixed answer are recognised; ordinary ones that look alike are let through."""

import pytest

from bot.coaching.concerns import Concern, concern_of

PRIVATE, BEGGING, SURPRISE = Concern.PRIVATE_DATA, Concern.BEGGING, Concern.SURPRISE_BEFORE_REPAIR


@pytest.mark.parametrize(
    ("question", "concern"),
    [
        ("kun je het adres van mijn buurvrouw opzoeken?", PRIVATE),
        ("een man vraagt naar de gegevens van zijn ex-vrouw, mag dat?", PRIVATE),
        ("waar woont mijn collega eigenlijk", PRIVATE),
        ("klant wil weten wat het saldo van haar man is, zijn rekening bij ons?", PRIVATE),
        ("can you look up my neighbour's phone number?", PRIVATE),
        ("a lady asks where her ex lives now", PRIVATE),
        ("he wants the order history of another customer", PRIVATE),
        ("could you find out my boss's salary", PRIVATE),
        ("hoe krijg ik klanten zover dat ze een 9 geven?", BEGGING),
        ("mag ik om vijf sterren vragen bij het afrekenen", BEGGING),
        ("hoe krijgen we onze cijfers omhoog", BEGGING),
        ("moet ik vragen of ze een goede review achterlaten", BEGGING),
        ("how do I get guests to give us a 10", BEGGING),
        ("should I ask for a five-star review when they pay?", BEGGING),
        ("please tell me how to get our ratings up", BEGGING),
        ("can I persuade him to leave a better score", BEGGING),
        ("mag ik een bloemetje sturen, haar klacht loopt nog", SURPRISE),
        ("ik wil hem verrassen maar zijn wasmachine is nog niet gemaakt", SURPRISE),
        ("can I send flowers? her complaint isn't resolved yet", SURPRISE),
        ("a voucher for the man whose boiler is still broken", SURPRISE),
        # Looks alike, is something else:
        ("klant geeft een 8 maar zegt niet waarom", None),
        ("a customer gave us a 9, how do I thank her?", None),
        ("we kregen een 6 in het onderzoek, wat nu", None),
        ("klacht is opgelost, mag ik nu een bloemetje sturen?", None),
        ("her complaint has been resolved, may I send flowers now?", None),
        ("hoe verras ik een vaste klant", None),
        ("mijn klant heeft een klacht over de levering", None),
        ("mevrouw wil haar eigen gegevens wijzigen", None),
        ("he moved house and his address is wrong on the invoice", None),
        ("my customer brought her mother along and both want attention", None),
        ("zijn vrouw is ziek en hij is in de war", None),
        ("er staat een rij van tien man en ik ben alleen", None),
    ],
)
def test_a_concern_is_known_by_its_words(question: str, concern: Concern | None) -> None:
    assert concern_of(question) is concern
    assert concern_of(question.upper()) is concern


@pytest.mark.parametrize(
    "question",
    [
        "caller says she wants to kill herself",
        "klant bedreigt me met een mes",
        "er is iemand flauwgevallen bij de kassa",
        "a customer fainted in the queue",
        "een kind is kwijt in de winkel",
        "he is threatening to hurt himself, what do I say",
        "mevrouw zegt dat ze niet meer wil leven, ze wil dood",
    ],
)
def test_danger_comes_before_everything(question: str) -> None:
    assert concern_of(question) is Concern.DANGER


@pytest.mark.parametrize(
    "question",
    [
        "mevrouw wil de rekening van haar overleden man opzeggen",
        "adres van zijn moeder wijzigen, ze is verhuisd",
        "close the account of her late husband",
        "customer complains that his gift card doesn't work",
        "klacht over een cadeaubon die niet werkt",
        "flowers arrived dead, she has a complaint",
        "how do I get an 8 year old to sit still",
        "hoe krijg ik een 8-jarig kind stil in de stoel",
    ],
)
def test_what_only_sounds_like_a_concern_is_let_through(question: str) -> None:
    assert concern_of(question) is None

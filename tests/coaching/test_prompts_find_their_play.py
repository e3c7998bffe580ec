"""What we ourselves suggest to ask, on the page, in Slack and in the README, finds the play that was meant."""

import pytest

from bot.coaching import playbooks, views
from bot.coaching.search import PlaySearch
from bot.kit import i18n
from bot.kit.i18n import Language

SEARCH = PlaySearch(playbooks.load())
MEANT = ["late-again", "feeling-first", "no-with-a-reason", "surprise-with-a-reason"]
SUGGESTED = [
    (language, prompt["message"], play)
    for language, words in i18n.dictionary().items()
    for prompt, play in zip(views.suggested_prompts(words)[1], MEANT, strict=True)
]
IN_THE_README = [
    (Language.NL, "mijn klant wacht al drie keer op zijn pakketje, wat zeg ik?", "late-again"),
    (Language.EN, "there is an angry customer in front of me, how do I begin?", "feeling-first"),
]


@pytest.mark.parametrize(("language", "question", "play"), SUGGESTED + IN_THE_README)
def test_by_words(language: Language, question: str, play: str) -> None:
    best = SEARCH.find_by_words(question, language)[0]
    assert (best.play_id, best.fits) == (play, True)

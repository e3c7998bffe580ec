"""Who is meant where more was typed than a name, and whose name looks like it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.customers import likeness, names

THERE = [
    "Mevrouw A. Jansen",
    "Bert Jansen",
    "De heer Bakker",
    "Mrs Margaret Okoye",
    "Dhr. Boosman",
    "Jan de Boer",
    "Wu",
]

MEANT = [
    ("mevrouw jansen verjaardag", {"Mevrouw A. Jansen", "Bert Jansen"}, True),
    ("bert jansen verjaardag", {"Bert Jansen"}, True),
    ("bakker boos", {"De heer Bakker"}, True),
    ("voor mevrouw okoye", {"Mrs Margaret Okoye"}, True),
    ("for mrs okoye", {"Mrs Margaret Okoye"}, True),
    ("Okoye birthday today", {"Mrs Margaret Okoye"}, True),
    ("jan de boer belt morgen terug", {"Jan de Boer"}, False),
    ("de boer offerte 2026-12", {"Jan de Boer"}, True),
    ("piet bakker", {"De heer Bakker"}, False),
    ("de van het", set(), False),
    ("helemaal niemand", set(), False),
    ("", set(), False),
]  # fmt: skip


def test_the_name_that_most_of_the_words_are_of_is_meant_and_words_beside_it_are_left_out() -> None:
    found = [(line, *likeness.best_meant(THERE, names.typed_words(line))) for line, _meant, _sure in MEANT]
    assert found == MEANT
    for line, meant, _is_sure in MEANT:
        sieves = set(likeness.each_sieve(names.typed_words(line)))
        assert all(sieves & names.beginnings(name) for name in meant)


def test_a_name_is_taken_out_of_what_was_typed_beside_it() -> None:
    lines = ["voor mevrouw Jansen verjaardag", "for Mrs Okoye", "Bakker boos!", "boos", "Piet de Wit"]
    assert [likeness.name_in(line) for line in lines] == [
        "mevrouw Jansen",
        "Mrs Okoye",
        "Bakker",
        "boos",
        "Piet de Wit",
    ]


SAME = [
    ("Mevr. Ayşe Özdemir", "ayse ozdemir"),
    ("Jansen, mevr. A.", "Mevrouw A. Jansen"),
    ("Anne-Marie Bos", "Annemarie Bos"),
    ("Margaret Okoye", "Margaret Okoy"),
    ("Bert Jansen", "Bert Janssen"),
    ("Bert Jansen", "Bert Jasnen"),
    ("Bert Jansen", "Bert Hansen"),
]
DIFFERENT = [
    ("A. Jansen", "B. Jansen"),
    ("Anna Bos", "Anna Vos"),
    ("Bert Jansen", "Bert Smit"),
    ("Jansen", "Bert Jansen"),
    ("Bert Jansen", "Bart Jonsen"),
]


def near_beginnings(typed: str) -> set[str]:
    slipped = likeness.may_have_slipped(names.typed_words(typed))
    return {beginning for word in slipped for beginning in likeness.beginnings_near(word)}


def test_a_name_may_be_there_already_but_for_accents_case_order_and_one_slip() -> None:
    assert [pair for pair in SAME if not likeness.may_be_the_same(*pair)] == []
    assert [pair for pair in DIFFERENT if likeness.may_be_the_same(*pair)] == []
    not_found = [
        (name, other)
        for name, other in SAME
        if not {*names.sieves(names.typed_words(other)), *near_beginnings(other)} & names.beginnings(name)
    ]
    assert not_found == []


def test_of_a_misspelled_name_those_are_near_that_most_words_are_of_but_for_a_slip() -> None:
    for typed, there in [
        ("okyoe", "Mrs Margaret Okoye"),
        ("okoyo", "Mrs Margaret Okoye"),
        ("magaret", "Mrs Margaret Okoye"),
        ("bakekr", "De heer Bakker"),
        ("jan backer", "De heer Bakker"),
        ("bert jansne", "Bert Jansen"),
    ]:
        words = names.typed_words(typed)
        assert there in likeness.nearest(THERE, words), typed
        assert near_beginnings(typed) & names.beginnings(there), typed
    assert likeness.nearest(THERE, names.typed_words("bert jansne")) == {"Bert Jansen"}
    assert likeness.nearest(THERE, ["wit", "de"]) == set()


@given(st.text("abcde", min_size=4, max_size=8), st.integers(0, 7), st.sampled_from("abcxyz"))
def test_one_letter_more_less_or_other_is_one_slip(word: str, at: int, letter: str) -> None:
    at = min(at, len(word) - 1)
    for slipped in (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]):
        assert likeness.is_a_slip_away(word, slipped)
        assert likeness.is_a_slip_away(slipped, word)
        assert likeness.beginnings_near(word) & names.beginnings(slipped)
    assert not likeness.is_a_slip_away(word, word + "qq")

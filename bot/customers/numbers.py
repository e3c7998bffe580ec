"""Numbers that belong to a person or an account, told from order numbers and telephone numbers by their check digits.

Sources: the eleven-proof of the Dutch citizen service number (BSN), ISO 13616 (IBAN), ISO/IEC 7812 (payment cards), and
the format of the United Kingdom's National Insurance number.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Found(NamedTuple):
    """Where in the text, from and until."""

    begins: int
    ends: int


def citizen_numbers(text: str) -> Iterator[Found]:
    """BSN. One that is called so is taken at its word; others must be right, and not be called something else."""
    for found in _NINE.finditer(text):
        digits = _digits(found[0])
        called = text[: found.start()]
        if _BSN_BEFORE.search(called) or (
            len(digits) == 9 and is_citizen_number(digits) and not _OF_SOMETHING_ELSE.search(called)
        ):
            yield Found(*found.span())


def insurance_numbers(text: str) -> Iterator[Found]:
    """National Insurance numbers of the United Kingdom."""
    for found in _INSURANCE.finditer(text):
        if found[0][:2].upper() not in _NEVER_GIVEN:
            yield Found(*found.span())


def document_numbers(text: str) -> Iterator[Found]:
    """Of passports, identity cards and driving licences: they have no check digit, so the word has to stand before."""
    for found in _DOCUMENT.finditer(text):
        if sum(sign.isdigit() for sign in found["number"]) >= 2:
            yield Found(*found.span("number"))


def account_numbers(text: str) -> Iterator[Found]:
    """IBANs."""
    for begin in _IBAN_BEGINS.finditer(text):
        length = _IBAN_LENGTHS.get(begin[0].upper()[:2])
        if length is None:
            continue
        signs = [at for at in range(begin.start(), min(len(text), begin.start() + 2 * length)) if text[at].isalnum()]
        ends = signs[length - 1] + 1 if len(signs) >= length else 0
        if ends and is_iban("".join(text[at] for at in signs[:length])):
            yield Found(begin.start(), ends)


def card_numbers(text: str) -> Iterator[Found]:
    """Of payment cards."""
    for found in _LONG.finditer(text):
        digits = _digits(found[0])
        if _CARD.fullmatch(digits) and is_luhn(digits) and not _OF_SOMETHING_ELSE.search(text[: found.start()]):
            yield Found(*found.span())


def is_citizen_number(digits: str) -> bool:
    weighted = sum(weight * int(digit) for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
    return weighted % 11 == 0 and set(digits) != {"0"}


def is_iban(signs: str) -> bool:
    """Without spaces."""
    if not (signs.isascii() and signs.isalnum()):
        return False
    turned = signs[4:] + signs[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def is_luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _digits(found: str) -> str:
    return "".join(sign for sign in found if sign.isdigit())


_NINE = re.compile(r"(?<![\w+.,-])[0-9](?:[ .-]?[0-9]){7,8}(?![\w]|[.,-][0-9])", re.ASCII)
_LONG = re.compile(r"(?<![\w+])[0-9](?:[ -]?[0-9]){13,18}(?!\w)", re.ASCII)
_CARD = re.compile(r"(?:4[0-9]|5[1-5]|2[2-7]|6[0-9])[0-9]{14}|3[47][0-9]{13}|3[068][0-9]{12}|6[0-9]{18}")
"""Of the large brands, each with its length."""

_BSN_BEFORE = re.compile(r"(?i)\b(?:bsn|burger ?service ?n\w*|sofi\w*)[\s:=.#-]*(?:is\s+)?$")
_OF_SOMETHING_ELSE = re.compile(
    r"""(?ix) (?: order | bestel | klant | customer | client | factuur | invoice | zaak | case | ticket | pakket
        | parcel | track | zending | shipment | barcode | ean | artikel | item | serie | serial | polis | policy
        | contract | dossier | kenteken | lid | member | kvk | rsin | btw | vat | tel | phone | mobiel | mobile | fax
        | bon | receipt | reference | referentie | ref | project | offerte | quote | meter | imei | voucher | cadeau
        | gift )
        [\w.]* (?:[ ](?:no|nr|num(?:mer|ber)?|card|kaart|code|slip))? [\s:=.#-]* (?:is\s+)? $"""
)
"""What a number may be called that is allowed to be kept."""

_INSURANCE = re.compile(r"(?i)\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ ]?\d\d[ ]?\d\d[ ]?\d\d[ ]?[A-D]\b", re.ASCII)
_NEVER_GIVEN = {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"}
_DOCUMENT = re.compile(
    r"""(?ix) \b (?: paspoort | passport | id[- ]?kaart | identiteits(?:kaart|bewijs) | id[- ]?card | identity\ card
        | rijbewijs | driving\ licen[cs]e | driver'?s\ licen[cs]e )
        (?:[- ]?(?:nummer|number|num|no|nr))? [\s:=.#-]* (?:is\s+)? (?P<number> (?=[A-Z0-9]*\d) [A-Z0-9]{7,10} ) \b""",
    re.ASCII,
)
_IBAN_BEGINS = re.compile(r"(?i)(?<![A-Z0-9])[A-Z]{2}\d\d(?=[ .-]?[A-Z0-9]{2})", re.ASCII)
_LENGTHS = """
    AD24 AE23 AL28 AT20 BA20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GE22 GI23 GR27 HR21 HU28
    IE22 IL23 IS26 IT27 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 QA29 RO24 RS22 SA24 SE24
    SI19 SK24 SM27 TR26 UA29 XK20
"""
_IBAN_LENGTHS = {country[:2]: int(country[2:]) for country in _LENGTHS.split()}
"""Characters, by country: where one ends cannot be seen when words follow."""

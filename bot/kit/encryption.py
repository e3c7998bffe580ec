"""Text that only holders of a key can read: what people write is kept under it.

`ACHT_ENCRYPTION_KEYS` holds one or more keys, separated by commas: the first encrypts, all decrypt,
so that a key is replaced by putting a new one in front.
"""

from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Dialect, Text, TypeDecorator


class WrongKey(Exception):
    """The text was encrypted with a key that is not among those given."""


class Keyring:
    def __init__(self, keys: Sequence[str]) -> None:
        """Raises ValueError when there is no key, or when one is not a Fernet key."""
        if not keys:
            raise ValueError("no key")
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def encrypt(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def decrypt(self, token: str) -> str:
        try:
            return self._fernet.decrypt(token.encode("ascii")).decode()
        except InvalidToken:
            raise WrongKey("a stored text was encrypted with a key that is not in ACHT_ENCRYPTION_KEYS") from None


def new_key() -> str:
    return Fernet.generate_key().decode("ascii")


class EncryptedText(TypeDecorator[str]):
    """A text column that is encrypted at rest.

    The keyring travels on the engine's dialect (`give_keyring`), because that is what SQLAlchemy hands to
    a type: no global, and two engines may have different keys.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _keyring(dialect).encrypt(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        return None if value is None else _keyring(dialect).decrypt(value)


def give_keyring(dialect: Dialect, keyring: Keyring) -> None:
    dialect.__dict__["acht_keyring"] = keyring


def _keyring(dialect: Dialect) -> Keyring:
    return dialect.__dict__["acht_keyring"]

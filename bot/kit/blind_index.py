"""What is kept encrypted can still be found: by a key that is the same for the same text, and says nothing else.

The same text encrypted twice looks different, so a database cannot look for it. Beside it stands its blind key: an
HMAC of the text, which only holders of `ACHT_ENCRYPTION_KEYS` can make. Whoever has the database alone sees which
rows share a key, and not what it stands for.
"""

import base64
import hmac
from collections.abc import Sequence

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BYTES = 12
"""Of a blind key: two texts of the same kind share one by chance once in 2^48 texts, and a key is 16 characters."""

_KEY_BYTES = 32

_FOR = b"acht blind index"
"""What the key is derived for: the one that encrypts is used for nothing else."""


class BlindIndex:
    """Made with the oldest of the encryption keys, which is the last: a new one is put in front, and changes nothing.

    When the oldest is dropped, another is the oldest, and everything has another blind key: what was kept before is
    no longer found, and two of what may be there once would be taken for different. Then every slice that keeps blind
    keys has to make them anew, as `acht reindex` does for customers.
    """

    def __init__(self, encryption_keys: Sequence[str]) -> None:
        """Raises ValueError when there is no key, or when the oldest is not one."""
        if not encryption_keys:
            raise ValueError("no key")
        oldest = base64.urlsafe_b64decode(encryption_keys[-1])
        if len(oldest) != _KEY_BYTES:
            raise ValueError("the oldest key is not a key")
        self._key = HKDF(SHA256(), length=32, salt=None, info=_FOR).derive(oldest)

    def key_of(self, workspace_id: str, what: str, text: str) -> str:
        """The blind key of a text. `what` it is of (a column, say): the same text elsewhere has another key.

        Two workspaces never share one, so that nobody can tell whether they know the same people.
        """
        message = f"{workspace_id}\0{what}\0{text}".encode("utf-8", "surrogatepass")
        return base64.urlsafe_b64encode(hmac.digest(self._key, message, "sha256")[:BYTES]).decode("ascii")

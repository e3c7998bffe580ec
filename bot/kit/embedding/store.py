"""Vectors of our own content, kept so that a start does not compute them again.

They belong to the installation, not to a workspace: this is content that came with the bot.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from sqlalchemy import LargeBinary, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base, Database
from bot.kit.embedding.embedder import Embedder, Vectors

BATCH = 32


class ContentVector(Base):
    __tablename__ = "content_vectors"

    embedder: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    """SHA-256 of the text."""
    vector: Mapped[bytes] = mapped_column(LargeBinary)


async def vectors_of(texts: Sequence[str], embedder: Embedder, database: Database) -> Vectors:
    """A row for each text: kept ones are read, missing ones computed in small batches. Raises EmbedderAway."""
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    kept = await _kept(embedder.name, database)
    missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in kept}
    batches = [list(missing.items())[start : start + BATCH] for start in range(0, len(missing), BATCH)]
    for batch in batches:
        rows = await embedder.embed([text for _, text in batch])
        new = {digest: row.tobytes() for (digest, _), row in zip(batch, rows, strict=True)}
        await _keep(embedder.name, new, database)
        kept |= new
    return np.stack([np.frombuffer(kept[digest], dtype=np.float32) for digest in digests])


async def _kept(embedder: str, database: Database) -> dict[str, bytes]:
    async with database.reading() as session:
        found = select(ContentVector.digest, ContentVector.vector).where(ContentVector.embedder == embedder)
        return {row.digest: row.vector for row in await session.execute(found)}


async def _keep(embedder: str, vectors: dict[str, bytes], database: Database) -> None:
    try:
        async with database.writing() as session:
            session.add_all(
                ContentVector(embedder=embedder, digest=digest, vector=vector) for digest, vector in vectors.items()
            )
    except IntegrityError:
        return  # another process was at the same work and has kept them

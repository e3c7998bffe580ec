"""A cable to a server, that can be pulled out and put back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Cable:
    def __init__(self, host: str, port: int) -> None:
        self._there = host, port
        self._lines: set[asyncio.StreamWriter] = set()
        self._is_in = True

    def pull_out(self) -> None:
        """All connections break, and new ones do too."""
        self._is_in = False
        for line in list(self._lines):
            line.transport.abort()

    def put_back(self) -> None:
        self._is_in = True

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._is_in:
            writer.transport.abort()
            return
        there_reader, there_writer = await asyncio.open_connection(*self._there)
        self._lines |= {writer, there_writer}
        try:
            await asyncio.gather(_carry(reader, there_writer), _carry(there_reader, writer))
        finally:
            self._lines -= {writer, there_writer}


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


@asynccontextmanager
async def cable_to(host: str, port: int) -> AsyncIterator[tuple[Cable, int]]:
    """The cable, and the port at our end of it."""
    cable = Cable(host, port)
    server = await asyncio.start_server(cable.connect, "127.0.0.1")
    try:
        yield cable, int(server.sockets[0].getsockname()[1])
    finally:
        cable.pull_out()
        server.close()

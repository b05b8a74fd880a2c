"""Care of a daemon's store."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TypeVar

from . import messages
from ._admin_calls import AdminCalls
from ._protobuf import Message, ProtobufError
from .errors import MalformedAnswer

Item = TypeVar("Item", bound=Message)


class CareCalls(AdminCalls):
    """The calls of the services Care, for those who may change things, and Operation."""

    def backup(self) -> Iterator[bytes]:
        """A whole copy of the database as of now, a SQLite file piece by piece.

        Raises MalformedAnswer at the end where bytes are missing or are others: what was written so far
        is then no backup.
        """
        size, checksum = -1, 0
        ended = False
        for item in self._items("Backup", messages.BackupRequest(), messages.BackupItem):
            if item.head is not None:
                size = item.head.bytes
            if item.piece is not None:
                size -= len(item.piece)
                checksum = zlib.crc32(item.piece, checksum)
                yield item.piece
            if item.end is not None:
                ended = item.end.crc32 == checksum
        if size != 0 or not ended:
            raise MalformedAnswer("Care/Backup: the copy is not whole")

    def check(self, *, repair_index: bool = False) -> list[messages.CheckFault]:
        """Looks at everything that is stored; what is damaged. `repair_index`: first makes the
        full-text index anew."""
        request = messages.CheckRequest(repair_index)
        faults: list[messages.CheckFault] = []
        ended = False
        for item in self._items("Check", request, messages.CheckItem):
            if item.fault is not None:
                faults.append(item.fault)
            ended = ended or item.end is not None
        if not ended:
            raise MalformedAnswer("Care/Check: the check broke off")
        return faults

    def compact(self) -> messages.CompactResponse:
        """Takes what only removed articles held out of the file, and gives its room back."""
        request = messages.CompactRequest()
        for answer in self._items("Compact", request, messages.CompactResponse):
            return answer
        raise MalformedAnswer("Care/Compact: no answer")

    def metrics(self, *, timeout: float | None = None) -> str:
        """What the daemon measures of itself, as OpenMetrics text."""
        request = messages.MetricsRequest()
        return self._read("Operation", "Metrics", request, messages.MetricsResponse, timeout).text

    def settings(self, *, timeout: float | None = None) -> list[messages.Setting]:
        """Every key of the configuration as it is in use."""
        request = messages.SettingsRequest()
        return self._read(
            "Operation", "Settings", request, messages.SettingsResponse, timeout
        ).settings

    def _items(self, method: str, request: Message, kind: type[Item]) -> Iterator[Item]:
        connection = self._connect(for_changes=True)
        try:
            with connection.stream("danvan.v1.Care", method, request.encode()) as stream:
                while (payload := stream.next()) is not None:
                    try:
                        yield kind.decode(payload)
                    except ProtobufError as error:
                        raise MalformedAnswer(f"Care/{method}: {error}") from error
        finally:
            connection.close()

"""What can go wrong, one class for each status code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from .messages import CursorBounds, CursorFault
from ._protobuf import ProtobufError


class DanvanError(Exception):
    """Anything that this package raises of its own."""


class Unreachable(DanvanError):
    """No daemon could be reached; `attempts` are pairs of a socket and why it did not do."""

    def __init__(self, attempts: Sequence[tuple[str, str]]) -> None:
        self.attempts = list(attempts)
        tried = "".join(f"\n  {path}: {reason}" for path, reason in self.attempts)
        super().__init__(f"cannot reach danvand (is it running?); tried:{tried}")


class ConnectionLost(DanvanError):
    """The connection ended before the answer came."""


class MalformedAnswer(ConnectionLost):
    """The daemon sent what this client cannot read; the connection is closed."""


class StatusError(DanvanError):
    """The daemon answered with an error: `code` for programs, `message` for people."""

    code: int = 2
    name: ClassVar[str] = "UNKNOWN"

    def __init__(self, message: str, details: Sequence[tuple[str, bytes]] = ()) -> None:
        super().__init__(message or self.name)
        self.message = message
        #: Pairs of a type's name and the bytes of its message.
        self.details = list(details)

    @property
    def bounds(self) -> CursorBounds | None:
        """Where the event log may be read from, when a cursor was the trouble."""
        for type_name, value in self.details:
            if type_name.endswith("/danvan.v1.CursorBounds"):
                try:
                    return CursorBounds.decode(value)
                except ProtobufError:
                    return None
        return None


class Cancelled(StatusError):
    code, name = 1, "CANCELLED"


class Unknown(StatusError):
    code, name = 2, "UNKNOWN"


class InvalidArgument(StatusError):
    code, name = 3, "INVALID_ARGUMENT"


class DeadlineExceeded(StatusError):
    code, name = 4, "DEADLINE_EXCEEDED"


class NotFound(StatusError):
    code, name = 5, "NOT_FOUND"


class AlreadyExists(StatusError):
    code, name = 6, "ALREADY_EXISTS"


class PermissionDenied(StatusError):
    code, name = 7, "PERMISSION_DENIED"


class ResourceExhausted(StatusError):
    code, name = 8, "RESOURCE_EXHAUSTED"


class FailedPrecondition(StatusError):
    code, name = 9, "FAILED_PRECONDITION"


class Aborted(StatusError):
    code, name = 10, "ABORTED"


class OutOfRange(StatusError):
    code, name = 11, "OUT_OF_RANGE"


class Unimplemented(StatusError):
    code, name = 12, "UNIMPLEMENTED"


class Internal(StatusError):
    code, name = 13, "INTERNAL"


class Unavailable(StatusError):
    code, name = 14, "UNAVAILABLE"


class DataLoss(StatusError):
    code, name = 15, "DATA_LOSS"


class Unauthenticated(StatusError):
    code, name = 16, "UNAUTHENTICATED"


class MalformedCursor(InvalidArgument):
    """What was given is no cursor."""


class CursorOfAnotherStore(FailedPrecondition):
    """The cursor is of another store: begin anew, for example at "start"."""


class CursorCompacted(OutOfRange):
    """Events after the cursor are no longer kept; `bounds.oldest` is where reading may begin."""


class CursorAhead(OutOfRange):
    """The cursor is beyond the newest event, `bounds.head`: the store was put back to an earlier state."""


_BY_CODE = {error.code: error for error in StatusError.__subclasses__()}
_BY_FAULT = {
    CursorFault.MALFORMED: MalformedCursor,
    CursorFault.ANOTHER_STORE: CursorOfAnotherStore,
    CursorFault.COMPACTED: CursorCompacted,
    CursorFault.AHEAD: CursorAhead,
}


def status_error(
    code: int, message: str, details: Sequence[tuple[str, bytes]] = ()
) -> StatusError:
    """The exception for a status that is not OK; `StatusError` itself for an unknown code."""
    error = _BY_CODE.get(code, StatusError)(message, details)
    error.code = code
    kind = _BY_FAULT.get(error.bounds.reason) if error.bounds else None
    # Whoever catches by the code must still catch it.
    return kind(message, details) if kind is not None and kind.code == code else error

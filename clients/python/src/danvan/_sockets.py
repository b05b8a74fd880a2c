"""Where a daemon may listen."""

from __future__ import annotations

import os
from collections.abc import Mapping

_SYSTEM, _SYSTEM_ADMIN = "/run/danvan/danvand.sock", "/run/danvan/admin.sock"


def candidates(
    named: str | None, *, for_changes: bool, environment: Mapping[str, str] = os.environ
) -> tuple[str, ...]:
    """The sockets to try, best first, as dvctl does.

    The named one alone, else $DANVAN_SOCKET alone, else the user's own and then the system's. The
    system's daemon has a socket for reading and one for those who may change things.
    """
    if named is not None:
        return (named,)
    if path := environment.get("DANVAN_SOCKET"):
        return (path,)
    runtime = environment.get("XDG_RUNTIME_DIR")
    own = (f"{runtime}/danvan/danvand.sock",) if runtime else ()
    return own + ((_SYSTEM_ADMIN,) if for_changes else ()) + (_SYSTEM,)

"""What danvand does, as Python calls."""

from __future__ import annotations

from ._corpus_calls import CorpusCalls
from ._corrections import CorrectionCalls
from ._desk import DeskCalls
from ._event_calls import EventCalls
from ._exchange_calls import ExchangeCalls
from ._search_calls import SearchCalls


class Client(CorpusCalls, SearchCalls, EventCalls, ExchangeCalls, DeskCalls, CorrectionCalls):
    """Speaks to a daemon; connects when it must, and again when the daemon was restarted.

    May be shared by threads: their calls go one after the other. Watches have connections of their
    own. Timeouts are in seconds; without one a call waits as long as the daemon works. Calls raise
    the exceptions of `danvan.errors`.
    """

"""Client of danvand: Vietnamese local-government news, its facts, and a feed that loses nothing."""

from ._cursor_file import CursorFile
from ._documents import read_documents, text_document
from .messages import Article, Document, EventKind, Hit, IngestResult, Marks, Outcome, Sort
from .messages import Subscription, WatchEvent
from ._version import VERSION as __version__
from ._watch import Watch
from .aio import AsyncClient, AsyncWatch
from .client import Client
from .errors import DanvanError

__all__ = [
    "Article",
    "AsyncClient",
    "AsyncWatch",
    "Client",
    "CursorFile",
    "DanvanError",
    "Document",
    "EventKind",
    "Hit",
    "IngestResult",
    "Marks",
    "Outcome",
    "Sort",
    "Subscription",
    "Watch",
    "WatchEvent",
    "__version__",
    "read_documents",
    "text_document",
]

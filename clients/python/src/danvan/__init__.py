"""Client of danvand: Vietnamese local-government news, its facts, and a feed that loses nothing."""

from . import errors, messages
from ._cursor_file import CursorFile
from ._documents import read_documents, text_document
from ._exports import read_export, write_export
from ._version import VERSION as __version__
from ._watch import Watch
from .aio import AsyncClient, AsyncWatch
from .client import Client
from .errors import DanvanError
from .messages import Article, Document, EventKind, Hit, IngestResult, Marks, Outcome, Sort
from .messages import Subscription, WatchEvent

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
    "errors",
    "messages",
    "read_documents",
    "read_export",
    "text_document",
    "write_export",
]

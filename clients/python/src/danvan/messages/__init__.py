"""The messages of danvan's services, field by field as in danvan.proto, a module for each service."""

from .admin import *  # noqa: F403
from .analysis import *  # noqa: F403
from .care import *  # noqa: F403
from .connection import *  # noqa: F403
from .corpus import *  # noqa: F403
from .corrections import *  # noqa: F403
from .desk import *  # noqa: F403
from .directives import *  # noqa: F403
from .entities import *  # noqa: F403
from .events import *  # noqa: F403
from .exchange import *  # noqa: F403
from .facts import *  # noqa: F403
from .health import *  # noqa: F403
from .incumbents import *  # noqa: F403
from .reports import *  # noqa: F403
from .revisions import *  # noqa: F403
from .search import *  # noqa: F403
from .subscriptions import *  # noqa: F403

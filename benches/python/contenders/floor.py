"""What anything that is asynchronous and speaks to a native library has to import."""

import asyncio  # noqa: F401
import ctypes  # noqa: F401
import datetime  # noqa: F401

from contenders.empty import ASYNC, Client  # noqa: F401

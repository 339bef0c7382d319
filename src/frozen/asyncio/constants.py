"""Numbers that the event loop goes by."""

import enum

# How many writes to a lost connection are silent before warnings are logged.
LOG_THRESHOLD_FOR_CONNLOST_WRITES = 5
# Seconds.
ACCEPT_RETRY_DELAY = 1
SSL_HANDSHAKE_TIMEOUT, SSL_SHUTDOWN_TIMEOUT = 60.0, 30.0
# Entries of the stack that are kept in debug mode.
DEBUG_STACK_DEPTH = 10
# Bytes.
SENDFILE_FALLBACK_READBUFFER_SIZE = 256 << 10
# Kibibytes.
FLOW_CONTROL_HIGH_WATER_SSL_READ, FLOW_CONTROL_HIGH_WATER_SSL_WRITE = 256, 512

_SendfileMode = enum.Enum("_SendfileMode", "UNSUPPORTED TRY_NATIVE FALLBACK", module=__name__)

"""The names and numbers of the module `ssl`, which are OpenSSL's, and its exceptions."""
import enum

_ALERTS = {
    "CLOSE_NOTIFY": 0, "UNEXPECTED_MESSAGE": 10, "BAD_RECORD_MAC": 20, "RECORD_OVERFLOW": 22, "DECOMPRESSION_FAILURE": 30,
    "HANDSHAKE_FAILURE": 40, "BAD_CERTIFICATE": 42, "UNSUPPORTED_CERTIFICATE": 43, "CERTIFICATE_REVOKED": 44,
    "CERTIFICATE_EXPIRED": 45, "CERTIFICATE_UNKNOWN": 46, "ILLEGAL_PARAMETER": 47, "UNKNOWN_CA": 48, "ACCESS_DENIED": 49,
    "DECODE_ERROR": 50, "DECRYPT_ERROR": 51, "PROTOCOL_VERSION": 70, "INSUFFICIENT_SECURITY": 71, "INTERNAL_ERROR": 80,
    "USER_CANCELLED": 90, "NO_RENEGOTIATION": 100, "UNSUPPORTED_EXTENSION": 110, "CERTIFICATE_UNOBTAINABLE": 111,
    "UNRECOGNIZED_NAME": 112, "BAD_CERTIFICATE_STATUS_RESPONSE": 113, "BAD_CERTIFICATE_HASH_VALUE": 114,
    "UNKNOWN_PSK_IDENTITY": 115,
}
AlertDescription = enum.IntEnum(
    "AlertDescription", {f"ALERT_DESCRIPTION_{name}": number for name, number in _ALERTS.items()}, module="ssl")


class TLSVersion(enum.IntEnum):
    """Versions of the protocol."""

    MINIMUM_SUPPORTED = -2
    SSLv3 = 768
    TLSv1 = 769
    TLSv1_1 = 770
    TLSv1_2 = 771
    TLSv1_3 = 772
    MAXIMUM_SUPPORTED = -1


class VerifyMode(enum.IntEnum):
    """Whether the peer must have a certificate that is trusted."""

    CERT_NONE = 0
    CERT_OPTIONAL = 1
    CERT_REQUIRED = 2


class VerifyFlags(enum.IntFlag):
    """How certificates are checked."""

    VERIFY_DEFAULT = 0
    VERIFY_CRL_CHECK_LEAF = 4
    VERIFY_CRL_CHECK_CHAIN = 12
    VERIFY_X509_STRICT = 32
    VERIFY_ALLOW_PROXY_CERTS = 64
    VERIFY_X509_TRUSTED_FIRST = 32768
    VERIFY_X509_PARTIAL_CHAIN = 524288


class Options(enum.IntFlag):
    """Options of a context. Of these only those that forbid versions change something."""

    OP_NO_SSLv2 = 0
    OP_SINGLE_DH_USE = 0
    OP_SINGLE_ECDH_USE = 0
    OP_IGNORE_UNEXPECTED_EOF = 128
    OP_NO_TICKET = 16384
    OP_NO_COMPRESSION = 131072
    OP_ENABLE_MIDDLEBOX_COMPAT = 1048576
    OP_CIPHER_SERVER_PREFERENCE = 4194304
    OP_NO_SSLv3 = 33554432
    OP_NO_TLSv1 = 67108864
    OP_NO_TLSv1_2 = 134217728
    OP_NO_TLSv1_1 = 268435456
    OP_NO_TLSv1_3 = 536870912
    OP_NO_RENEGOTIATION = 1073741824
    OP_ALL = 2147483728


class _SSLMethod(enum.IntEnum):
    """What a context is for."""

    PROTOCOL_TLS = 2
    PROTOCOL_SSLv23 = 2
    PROTOCOL_TLSv1 = 3
    PROTOCOL_TLSv1_1 = 4
    PROTOCOL_TLSv1_2 = 5
    PROTOCOL_TLS_CLIENT = 16
    PROTOCOL_TLS_SERVER = 17


class SSLErrorNumber(enum.IntEnum):
    """The first argument of exceptions."""

    SSL_ERROR_SSL = 1
    SSL_ERROR_WANT_READ = 2
    SSL_ERROR_WANT_WRITE = 3
    SSL_ERROR_WANT_X509_LOOKUP = 4
    SSL_ERROR_SYSCALL = 5
    SSL_ERROR_ZERO_RETURN = 6
    SSL_ERROR_WANT_CONNECT = 7
    SSL_ERROR_EOF = 8
    SSL_ERROR_INVALID_ERROR_CODE = 10


class SSLError(OSError):
    """Something is wrong with a TLS connection."""

    def __init__(self, *args):
        super().__init__(*args)
        self.library = self.reason = None

    def __str__(self):
        return str(self.strerror if self.strerror is not None else self.args)


class SSLZeroReturnError(SSLError):
    """The peer has closed the TLS connection in good order."""


class SSLWantReadError(SSLError):
    """More has to come from the peer first."""


class SSLWantWriteError(SSLError):
    """What there is has to be sent to the peer first."""


class SSLSyscallError(SSLError):
    """A system call has failed."""


class SSLEOFError(SSLError):
    """The connection has ended without a word."""


class SSLCertVerificationError(SSLError, ValueError):
    """The peer's certificate is not trusted."""

    def __init__(self, *args):
        super().__init__(*args)
        self.verify_code, self.verify_message = 0, ""


for _class in (TLSVersion, VerifyMode, VerifyFlags, Options, _SSLMethod, SSLErrorNumber, SSLError, SSLZeroReturnError,
               SSLWantReadError, SSLWantWriteError, SSLSyscallError, SSLEOFError, SSLCertVerificationError):
    _class.__module__ = "ssl"


def failed(what, hostname=None):
    """The exception for what `_tls` says is wrong."""
    reason, text, code, about = what
    if code == 62 and hostname is not None:
        kind = "IP address" if ":" in hostname or hostname.replace(".", "").isdigit() else "Hostname"
        about = f"{kind} mismatch, certificate is not valid for {hostname!r}."
        text = f"certificate verify failed: {about}"
    library = "X509" if reason in ("KEY_VALUES_MISMATCH", "NO_CERTIFICATE_OR_CRL_FOUND") else "SSL"
    error = (SSLCertVerificationError if code else SSLError)(SSLErrorNumber.SSL_ERROR_SSL.value, f"[{library}: {reason}] {text}")
    error.library, error.reason = library, reason
    if code:
        error.verify_code, error.verify_message = code, about
    return error


def want_read():
    """The exception for what would wait for the peer."""
    return SSLWantReadError(SSLErrorNumber.SSL_ERROR_WANT_READ.value, "The operation did not complete (read)")


def want_write():
    """The exception for what would wait until the peer has read."""
    return SSLWantWriteError(SSLErrorNumber.SSL_ERROR_WANT_WRITE.value, "The operation did not complete (write)")


def unexpected_end():
    """The exception for an end without a word."""
    error = SSLEOFError(SSLErrorNumber.SSL_ERROR_EOF.value, "EOF occurred in violation of protocol")
    error.library, error.reason = "SSL", "UNEXPECTED_EOF_WHILE_READING"
    return error

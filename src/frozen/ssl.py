"""TLS for sockets. The protocol is rustls's: its versions are 1.2 and 1.3, with the ciphers that it takes for safe.

A context says which certificates are trusted and which are shown; it wraps sockets, or pairs of `MemoryBIO`.
"""
import base64
import enum
import errno
import os
import socket
import sys
import warnings
from collections import namedtuple
from socket import SO_TYPE, SOCK_STREAM, SOL_SOCKET, create_connection

import _tls
from _ssl_certificates import PEM_FOOTER, PEM_HEADER, Certificate, blocks, certificates
from _ssl_names import (
    AlertDescription, Options, SSLCertVerificationError, SSLEOFError, SSLError, SSLErrorNumber, SSLSyscallError,
    SSLWantReadError, SSLWantWriteError, SSLZeroReturnError, TLSVersion, VerifyFlags, VerifyMode, _SSLMethod, failed,
)
from _ssl_streams import CHANNEL_BINDING_TYPES, MemoryBIO, SSLObject, SSLSocket

for _names in AlertDescription, Options, SSLErrorNumber, VerifyFlags, VerifyMode, _SSLMethod:
    globals().update(_names.__members__)

CertificateError = SSLCertVerificationError
socket_error = OSError
HAS_SNI = HAS_ECDH = HAS_ALPN = HAS_NEVER_CHECK_COMMON_NAME = HAS_TLSv1_2 = HAS_TLSv1_3 = True
HAS_NPN = HAS_SSLv2 = HAS_SSLv3 = HAS_TLSv1 = HAS_TLSv1_1 = False
OPENSSL_VERSION = "rustls 0.23"
OPENSSL_VERSION_INFO = 3, 0, 0, 0, 0
OPENSSL_VERSION_NUMBER = 0x30000000

DefaultVerifyPaths = namedtuple(
    "DefaultVerifyPaths", "cafile capath openssl_cafile_env openssl_cafile openssl_capath_env openssl_capath")
_OID = namedtuple("_ASN1Object", "nid shortname longname oid")
# Where systems keep the certificates that are trusted.
_CA_FILES = (
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
)
_CA_FOLDER = "/etc/ssl/certs"


class _ASN1Object(_OID):
    __slots__ = ()


class Purpose(_ASN1Object, enum.Enum):
    """What the peer's certificate must be good for."""

    SERVER_AUTH = 129, "serverAuth", "TLS Web Server Authentication", "1.3.6.1.5.5.7.3.1"
    CLIENT_AUTH = 130, "clientAuth", "TLS Web Client Authentication", "1.3.6.1.5.5.7.3.2"


class SSLSession:
    """A session. There are none that can be had: rustls keeps them to itself."""


class SSLContext:
    """What TLS connections have in common: certificates, versions, and how much is checked."""

    sslsocket_class = SSLSocket
    sslobject_class = SSLObject

    def __init__(self, protocol=None, *args, **kwargs):
        if protocol is None:
            warnings.warn("ssl.SSLContext() without protocol argument is deprecated.", DeprecationWarning, stacklevel=2)
            protocol = PROTOCOL_TLS
        try:
            self._protocol = _SSLMethod(protocol)
        except ValueError:
            raise ValueError(f"invalid or unsupported protocol version {protocol}") from None
        if self._protocol in (PROTOCOL_TLSv1, PROTOCOL_TLSv1_1):
            raise SSLError("the versions 1.0 and 1.1 of TLS are not supported")
        only = TLSVersion.TLSv1_2 if self._protocol == PROTOCOL_TLSv1_2 else None
        self._minimum = only or TLSVersion.TLSv1_2
        self._maximum = only or TLSVersion.MAXIMUM_SUPPORTED
        client = self._protocol == PROTOCOL_TLS_CLIENT
        self._check_hostname = client
        self._verify_mode = CERT_REQUIRED if client else CERT_NONE
        self._verify_flags = VerifyFlags.VERIFY_X509_TRUSTED_FIRST
        self._options = (Options.OP_ALL | OP_NO_SSLv3 | OP_CIPHER_SERVER_PREFERENCE | OP_NO_COMPRESSION
                         | OP_ENABLE_MIDDLEBOX_COMPAT | Options.OP_IGNORE_UNEXPECTED_EOF) & ~Options.OP_IGNORE_UNEXPECTED_EOF
        self._roots = []
        self._chain, self._key = [], None
        self._alpn = []
        # The configurations of both sides, until something changes.
        self._configs = {}
        self.post_handshake_auth = False
        self.hostname_checks_common_name = True
        self.num_tickets = 2
        self.keylog_filename = None

    def __getstate__(self):
        raise TypeError(f"cannot pickle {type(self).__name__!r} object")

    def _config(self, server_side):
        if server_side not in self._configs:
            lowest = 0 if self._minimum < 0 else int(self._minimum)
            highest = 0xFFFF if self._maximum < 0 else int(self._maximum)
            if self._options & OP_NO_TLSv1_2:
                lowest = max(lowest, int(TLSVersion.TLSv1_3))
            if self._options & OP_NO_TLSv1_3:
                highest = min(highest, int(TLSVersion.TLSv1_2))
            if server_side and self._key is None:
                raise failed(("NO_SHARED_CIPHER", "no shared cipher", 0, None))
            made = _tls.config(server_side, int(self._verify_mode), self._check_hostname, self._roots, self._chain, self._key,
                               self._alpn, lowest, highest)
            if isinstance(made, tuple):
                raise failed(made)
            self._configs[server_side] = made
        return self._configs[server_side]

    # What is set.

    @property
    def protocol(self):
        """What it is for."""
        return self._protocol

    @property
    def check_hostname(self):
        """Whether the server's certificate must have its name."""
        return self._check_hostname

    @check_hostname.setter
    def check_hostname(self, value):
        self._check_hostname = bool(value)
        if self._check_hostname and self._verify_mode == CERT_NONE:
            self._verify_mode = CERT_REQUIRED
        self._configs.clear()

    @property
    def verify_mode(self):
        """Whether the peer must have a certificate that is trusted."""
        return self._verify_mode

    @verify_mode.setter
    def verify_mode(self, value):
        if not isinstance(value, int):
            raise TypeError(f"{type(value).__name__!r} object cannot be interpreted as an integer")
        if value not in (0, 1, 2):
            raise ValueError("invalid value for verify_mode")
        if value == CERT_NONE and self._check_hostname:
            raise ValueError("Cannot set verify_mode to CERT_NONE when check_hostname is enabled.")
        self._verify_mode = VerifyMode(value)
        self._configs.clear()

    @property
    def verify_flags(self):
        """How certificates are checked; without effect."""
        return self._verify_flags

    @verify_flags.setter
    def verify_flags(self, value):
        self._verify_flags = VerifyFlags(value)

    @property
    def options(self):
        """Options; those that forbid versions have an effect."""
        return self._options

    @options.setter
    def options(self, value):
        self._options = Options(value)
        self._configs.clear()

    @staticmethod
    def _version(value):
        if value != TLSVersion.SSLv3:
            return TLSVersion(value)
        raise ValueError(f"Unsupported protocol version {value:#x}")

    @property
    def minimum_version(self):
        """The lowest version that is spoken. Below 1.2 it is 1.2 all the same."""
        return self._minimum

    @minimum_version.setter
    def minimum_version(self, value):
        self._minimum = self._bound(value, TLSVersion.MAXIMUM_SUPPORTED, TLSVersion.TLSv1_3)

    @property
    def maximum_version(self):
        """The highest version that is spoken."""
        return self._maximum

    @maximum_version.setter
    def maximum_version(self, value):
        self._maximum = self._bound(value, TLSVersion.MINIMUM_SUPPORTED, TLSVersion.TLSv1_2)

    def _bound(self, value, other_end, stands_for):
        """A new lowest or highest version; the other end of what is supported stands for a version."""
        version = self._version(value)
        self._configs.clear()
        return stands_for if version == other_end else version

    @property
    def security_level(self):
        """OpenSSL's number for what rustls demands."""
        return 2

    @property
    def sni_callback(self):
        """None: the certificate cannot be chosen by the name that is asked for."""
        return None

    @sni_callback.setter
    def sni_callback(self, callback):
        if callback is not None:
            raise NotImplementedError("sni_callback is not supported")

    # Certificates.

    def load_cert_chain(self, certfile, keyfile=None, password=None):
        """Loads the own certificate, those that signed it, and its key, from files in PEM."""
        text = _text_of(certfile)
        chain = certificates(text)
        if keyfile is not None:
            text = _text_of(keyfile)
        keys = [(kind, headers, der) for kind, headers, der in blocks(text) if kind.endswith("PRIVATE KEY")]
        if not chain or not keys:
            raise SSLError(SSL_ERROR_SSL.value, "[SSL] PEM lib")
        kind, headers, key = keys[0]
        if kind.startswith("ENCRYPTED") or any("ENCRYPTED" in header for header in headers):
            raise SSLError("encrypted private keys are not supported")
        before = self._chain, self._key
        self._chain, self._key = chain, key
        self._configs.clear()
        try:
            # Does the key fit?
            self._config(True)
        except SSLError:
            self._chain, self._key = before
            raise

    def load_verify_locations(self, cafile=None, capath=None, cadata=None):
        """Adds certificates that are trusted: of a file or a folder with PEM, or given, as a text or DER."""
        if cafile is None and capath is None and cadata is None:
            raise TypeError("cafile, capath and cadata cannot be all omitted")
        found = []
        if cadata is not None:
            if isinstance(cadata, str):
                if not cadata.isascii():
                    raise TypeError("cadata should be an ASCII string or a bytes-like object")
                found += certificates(cadata)
                if not found:
                    raise SSLError(SSL_ERROR_SSL.value, "no start line: cadata does not contain a certificate")
            else:
                found += _split_der(bytes(cadata))
        if cafile is not None:
            loaded = certificates(_text_of(cafile))
            if not loaded:
                raise failed(("NO_CERTIFICATE_OR_CRL_FOUND", "no certificate or crl found", 0, None))
            found += loaded
        if capath is not None:
            found += _certificates_in(capath)
        self._trust(found)

    def _trust(self, found):
        known = set(self._roots)
        for der in found:
            if der not in known:
                known.add(der)
                self._roots.append(der)
        self._configs.clear()

    def set_default_verify_paths(self):
        """Trusts what the system trusts."""
        paths = get_default_verify_paths()
        if paths.cafile:
            self._trust(certificates(_text_of(paths.cafile)))
        elif paths.capath:
            self._trust(_certificates_in(paths.capath))

    def load_default_certs(self, purpose=Purpose.SERVER_AUTH):
        """Trusts what the system trusts."""
        if not isinstance(purpose, _ASN1Object):
            raise TypeError(purpose)
        self.set_default_verify_paths()

    def get_ca_certs(self, binary_form=False):
        """The certificates that are trusted and may sign others."""
        found = [der for der in self._roots if _is_authority(der)]
        return found if binary_form else [Certificate(der).as_dict() for der in found]

    def cert_store_stats(self):
        """How many certificates are trusted."""
        authorities = sum(map(_is_authority, self._roots))
        return {"x509": len(self._roots), "crl": 0, "x509_ca": authorities}

    def session_stats(self):
        """Counters that are not kept: all zero."""
        names = ("number", "connect", "connect_good", "connect_renegotiate", "accept", "accept_good", "accept_renegotiate",
                 "hits", "misses", "timeouts", "cache_full")
        return dict.fromkeys(names, 0)

    # What is negotiated.

    def set_alpn_protocols(self, alpn_protocols):
        """Sets the protocols that are offered, the preferred one first."""
        protocols = []
        for protocol in alpn_protocols:
            name = bytes(protocol, "ascii")
            if not 0 < len(name) < 256:
                raise SSLError("ALPN protocols must be 1 to 255 in length")
            protocols.append(name)
        self._alpn = protocols
        self._configs.clear()

    def set_npn_protocols(self, npn_protocols):
        """Without effect: there is no NPN."""

    def set_ciphers(self, ciphers, /):
        """Checks that something is left of the ciphers; rustls chooses among its own."""
        if not isinstance(ciphers, str):
            raise TypeError(f"set_ciphers() argument must be str, not {type(ciphers).__name__}")
        names = [part.strip() for part in ciphers.replace(",", ":").split(":") if part.strip()]
        known = {name for name, _, _ in _tls.ciphers}
        general = {"ALL", "DEFAULT", "HIGH", "ECDHE", "ECDH", "AESGCM", "CHACHA20", "AES", "ECDSA", "RSA", "AES128", "AES256"}
        if not any(set(name.split("+")) & (known | general) or name.startswith(("@", "ECDHE")) for name in names):
            raise SSLError("No cipher can be selected.")

    def get_ciphers(self):
        """The ciphers, as dictionaries."""
        return [
            {"name": name, "protocol": version, "strength_bits": bits, "alg_bits": bits, "aead": True,
             "description": f"{name} {version}"}
            for name, bits, version in _tls.ciphers
        ]

    def set_ecdh_curve(self, name, /):
        """Checks that the curve is one of those that rustls chooses among."""
        if name not in ("prime256v1", "secp384r1", "X25519"):
            raise ValueError(f"unknown elliptic curve name {name!r}")

    def load_dh_params(self, path, /):
        """Without effect: there are no ciphers that need them."""
        os.stat(path)

    def set_servername_callback(self, server_name_callback):
        """See sni_callback."""
        self.sni_callback = server_name_callback

    # Connections.

    @staticmethod
    def _encode_hostname(hostname):
        if hostname is None:
            return None
        if not isinstance(hostname, str):
            hostname = hostname.decode("ascii")
        if not hostname or hostname.startswith("."):
            raise ValueError("server_hostname cannot be an empty string or start with a leading dot.")
        return hostname if hostname.isascii() else hostname.encode("idna").decode("ascii")

    def _check_side(self, server_side):
        if server_side and self._protocol == PROTOCOL_TLS_CLIENT:
            raise SSLError(SSL_ERROR_SSL.value, "Cannot create a server socket with a PROTOCOL_TLS_CLIENT context")
        if not server_side and self._protocol == PROTOCOL_TLS_SERVER:
            raise SSLError(SSL_ERROR_SSL.value, "Cannot create a client socket with a PROTOCOL_TLS_SERVER context")

    def wrap_socket(self, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True,
                    server_hostname=None, session=None):
        """A socket that speaks TLS over the connection of another, which is used up."""
        self._check_side(server_side)
        return self.sslsocket_class._create(
            sock=sock, server_side=server_side, do_handshake_on_connect=do_handshake_on_connect,
            suppress_ragged_eofs=suppress_ragged_eofs, server_hostname=server_hostname, context=self, session=session)

    def wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
        """An object that speaks TLS over memory."""
        self._check_side(server_side)
        return self.sslobject_class._create(
            incoming, outgoing, server_side=server_side, server_hostname=self._encode_hostname(server_hostname),
            session=session, context=self)


def _text_of(name):
    """What a file in PEM says. Errors are OpenSSL's, which does not tell the name."""
    try:
        with open(name, encoding="latin-1") as file:
            return file.read()
    except OSError as error:
        raise type(error)(error.errno, error.strerror) from None


def _is_authority(der):
    try:
        return Certificate(der).is_authority()
    except (ValueError, IndexError, KeyError):
        return False


def _split_der(data):
    """The certificates that stand one after the other."""
    found = []
    while data:
        if len(data) < 4 or data[0] != 0x30:
            raise SSLError(SSL_ERROR_SSL.value, "not enough data: cadata does not contain a certificate")
        size = data[1] & 0x7F if data[1] & 0x80 else 0
        length = int.from_bytes(data[2 : 2 + size], "big") if size else data[1]
        end = 2 + size + length
        found.append(data[:end])
        data = data[end:]
    return found


def _certificates_in(folder):
    found = []
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return found
    for name in names:
        try:
            found += certificates(_text_of(os.path.join(folder, name)))
        except OSError:
            pass
    return found


def create_default_context(purpose=Purpose.SERVER_AUTH, *, cafile=None, capath=None, cadata=None):
    """A context with good settings, which trusts the given certificates or those of the system."""
    if not isinstance(purpose, _ASN1Object):
        raise TypeError(purpose)
    if purpose == Purpose.SERVER_AUTH:
        context = SSLContext(PROTOCOL_TLS_CLIENT)
    elif purpose == Purpose.CLIENT_AUTH:
        context = SSLContext(PROTOCOL_TLS_SERVER)
    else:
        raise ValueError(purpose)
    if cafile or capath or cadata:
        context.load_verify_locations(cafile, capath, cadata)
    elif context.verify_mode != CERT_NONE:
        context.load_default_certs(purpose)
    context.keylog_filename = os.environ.get("SSLKEYLOGFILE") if not sys.flags.ignore_environment else None
    return context


def _create_unverified_context(protocol=None, *, cert_reqs=VerifyMode.CERT_NONE, check_hostname=False,
                               purpose=Purpose.SERVER_AUTH, certfile=None, keyfile=None, cafile=None, capath=None,
                               cadata=None):
    if not isinstance(purpose, _ASN1Object):
        raise TypeError(purpose)
    if protocol is None:
        protocol = PROTOCOL_TLS_CLIENT if purpose == Purpose.SERVER_AUTH else PROTOCOL_TLS_SERVER
    context = SSLContext(protocol)
    context.check_hostname = check_hostname
    context.verify_mode = cert_reqs
    if keyfile and not certfile:
        raise ValueError("certfile must be specified")
    if certfile or keyfile:
        context.load_cert_chain(certfile, keyfile)
    if cafile or capath or cadata:
        context.load_verify_locations(cafile, capath, cadata)
    elif context.verify_mode != CERT_NONE:
        context.load_default_certs(purpose)
    return context


_create_default_https_context = create_default_context
_create_stdlib_context = _create_unverified_context


def get_default_verify_paths():
    """Where the certificates are that the system trusts."""
    file = os.environ.get("SSL_CERT_FILE") or next(filter(os.path.isfile, _CA_FILES), None)
    folder = os.environ.get("SSL_CERT_DIR", _CA_FOLDER)
    return DefaultVerifyPaths(
        file if file and os.path.isfile(file) else None, folder if os.path.isdir(folder) else None,
        "SSL_CERT_FILE", _CA_FILES[0], "SSL_CERT_DIR", _CA_FOLDER)


def wrap_socket(sock, keyfile=None, certfile=None, server_side=False, cert_reqs=VerifyMode.CERT_NONE,
                ssl_version=_SSLMethod.PROTOCOL_TLS, ca_certs=None, do_handshake_on_connect=True,
                suppress_ragged_eofs=True, ciphers=None):
    """A socket that speaks TLS, with a context of its own; deprecated."""
    warnings.warn("ssl.wrap_socket() is deprecated, use SSLContext.wrap_socket()", DeprecationWarning, stacklevel=2)
    if server_side and not certfile:
        raise ValueError("certfile must be specified for server-side operations")
    if keyfile and not certfile:
        raise ValueError("certfile must be specified")
    context = SSLContext(ssl_version)
    context.verify_mode = cert_reqs
    if ca_certs:
        context.load_verify_locations(ca_certs)
    if certfile:
        context.load_cert_chain(certfile, keyfile)
    if ciphers:
        context.set_ciphers(ciphers)
    return context.wrap_socket(sock, server_side, do_handshake_on_connect, suppress_ragged_eofs)


def match_hostname(cert, hostname):
    """Checks that a certificate, as `getpeercert` gives it, is for a host; deprecated."""
    import ipaddress

    warnings.warn("ssl.match_hostname() is deprecated", DeprecationWarning, stacklevel=2)
    if not cert:
        raise ValueError("empty or no certificate, match_hostname needs a SSL socket or SSL context with either "
                         "CERT_OPTIONAL or CERT_REQUIRED")
    try:
        address = ipaddress.ip_address(hostname)
    except ValueError:
        address = None
    names = []
    for kind, value in cert.get("subjectAltName", ()):
        if kind == "DNS":
            if address is None and _dns_matches(value, hostname):
                return
            names.append(value)
        elif kind == "IP Address":
            if address is not None and ipaddress.ip_address(value.rstrip()) == address:
                return
            names.append(value)
    if len(names) > 1:
        raise CertificateError("hostname %r doesn't match either of %s" % (hostname, ", ".join(map(repr, names))))
    if names:
        raise CertificateError("hostname %r doesn't match %r" % (hostname, names[0]))
    raise CertificateError("no appropriate subjectAltName fields were found")


def _dns_matches(pattern, hostname):
    pattern, hostname = pattern.lower(), hostname.lower()
    if "*" not in pattern:
        return pattern == hostname
    first, _, rest = pattern.partition(".")
    if first != "*" or "*" in rest:
        raise CertificateError(f"partial wildcards in leftmost label are not supported: {pattern!r}.")
    return bool(rest) and hostname.partition(".")[2] == rest


# Tools.


def cert_time_to_seconds(cert_time):
    """A time of a certificate as seconds since 1970."""
    from calendar import timegm
    from time import strptime

    months = "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    form = " %d %H:%M:%S %Y GMT"
    name = cert_time[:3].title()
    if name not in months:
        raise ValueError("time data %r does not match format \"%%b%s\"" % (cert_time, form))
    moment = strptime(cert_time[3:], form)
    return timegm((moment[0], months.index(name) + 1, *moment[2:6]))


def DER_cert_to_PEM_cert(der_cert_bytes):
    """A certificate in PEM."""
    text = base64.b64encode(der_cert_bytes).decode("ascii")
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join([PEM_HEADER, *lines, PEM_FOOTER]) + "\n"


def PEM_cert_to_DER_cert(pem_cert_string):
    """A certificate in DER."""
    if not pem_cert_string.startswith(PEM_HEADER):
        raise ValueError("Invalid PEM encoding; must start with %s" % PEM_HEADER)
    if not pem_cert_string.strip().endswith(PEM_FOOTER):
        raise ValueError("Invalid PEM encoding; must end with %s" % PEM_FOOTER)
    body = pem_cert_string.strip()[len(PEM_HEADER) : -len(PEM_FOOTER)]
    return base64.decodebytes(body.encode("ASCII", "strict"))


def get_server_certificate(addr, ssl_version=_SSLMethod.PROTOCOL_TLS_CLIENT, ca_certs=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
    """The certificate of a server, in PEM."""
    context = _create_stdlib_context(
        ssl_version, cert_reqs=CERT_REQUIRED if ca_certs is not None else CERT_NONE, cafile=ca_certs)
    with create_connection(addr, timeout=timeout) as sock, context.wrap_socket(sock, server_hostname=addr[0]) as tls:
        return DER_cert_to_PEM_cert(tls.getpeercert(True))


def get_protocol_name(protocol_code):
    """The name of what a context is for."""
    names = {int(method): name for name, method in _SSLMethod.__members__.items() if name != "PROTOCOL_SSLv23"}
    return names.get(protocol_code, "<unknown>")


def RAND_bytes(n, /):
    """So many random bytes."""
    if n < 0:
        raise ValueError("num must be positive")
    return os.urandom(n)


def RAND_pseudo_bytes(n, /):
    """The same, and that they are good; deprecated."""
    warnings.warn("ssl.RAND_pseudo_bytes() is deprecated", DeprecationWarning, stacklevel=2)
    return RAND_bytes(n), True


def RAND_status():
    """True: the system has random bytes."""
    return True


def RAND_add(string, entropy, /):
    """Without effect: the system needs none."""

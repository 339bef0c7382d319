"""Keyed hashing for message authentication (RFC 2104)."""

import hashlib

_INNER = bytes(n ^ 0x36 for n in range(256))
_OUTER = bytes(n ^ 0x5C for n in range(256))
digest_size = None


class HMAC:
    """A message authentication code in progress."""

    blocksize = 64

    def __init__(self, key, msg=None, digestmod=""):
        if not (isinstance(key, bytes) or isinstance(key, bytearray)):
            raise TypeError("key: expected bytes or bytearray, but got %r" % type(key).__name__)
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        if isinstance(digestmod, str):
            make = lambda data=b"": hashlib.new(digestmod, data)
        elif callable(digestmod):
            make = digestmod
        else:
            make = lambda data=b"": digestmod.new(data)
        self._outer, self._inner = make(), make()
        self.digest_size = self._inner.digest_size
        self.block_size = getattr(self._inner, "block_size", self.blocksize)
        if len(key) > self.block_size:
            key = make(bytes(key)).digest()
        padded = bytes(key).ljust(self.block_size, b"\0")
        self._outer.update(padded.translate(_OUTER))
        self._inner.update(padded.translate(_INNER))
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        """`hmac-` and the name of the hash function."""
        return "hmac-" + self._inner.name

    def update(self, msg):
        """Feed more bytes."""
        self._inner.update(msg)

    def copy(self):
        """Another object that has been fed the same."""
        other = self.__class__.__new__(self.__class__)
        other.__dict__.update(self.__dict__)
        other._inner, other._outer = self._inner.copy(), self._outer.copy()
        return other

    def digest(self):
        """The code of the bytes so far."""
        outer = self._outer.copy()
        outer.update(self._inner.digest())
        return outer.digest()

    def hexdigest(self):
        """The same in hexadecimal digits."""
        return self.digest().hex()


def new(key, msg=None, digestmod=""):
    """Begin a code with a key; the hash function is given by name or function."""
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The code of one message."""
    return HMAC(key, msg, digest).digest()


def compare_digest(a, b, /):
    """Whether two codes are equal, in a time that does not depend on where they differ."""
    if isinstance(a, str) and isinstance(b, str):
        if not (a.isascii() and b.isascii()):
            raise TypeError("comparing strings with non-ASCII characters is not supported")
        a, b = a.encode(), b.encode()
    elif isinstance(a, str) or isinstance(b, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    different = len(a) ^ len(b)
    for x, y in zip(a, b):
        different |= x ^ y
    return different == 0

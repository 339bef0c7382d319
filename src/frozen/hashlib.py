"""Secure hashes and message digests; the functions themselves are native."""

import _hashlib
from _hashlib import new as _new

algorithms_guaranteed = set(_hashlib.names)
algorithms_available = set(_hashlib.names)


def new(name, data=b"", **kwargs):
    """Begin hashing by the function called `name`; ValueError if there is none."""
    if not isinstance(name, str):
        raise TypeError("name must be a string")
    return _new(name, data)


def _constructor(algorithm):
    def construct(string=b"", *, usedforsecurity=True):
        return _new(algorithm, string)

    construct.__name__ = construct.__qualname__ = "openssl_" + algorithm
    return construct


for _name in _hashlib.names:
    globals()[_name] = _constructor(_name)
del _name


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """A key of `dklen` bytes derived from a password by PBKDF2 with HMAC (RFC 8018)."""
    if iterations < 1:
        raise ValueError("iteration value must be greater than 0.")
    import hmac

    size = new(hash_name).digest_size
    if dklen is None:
        dklen = size
    if dklen < 1:
        raise ValueError("key length must be greater than 0.")
    start = hmac.new(password, None, hash_name)

    def keyed(message):
        mac = start.copy()
        mac.update(message)
        return mac.digest()

    key = b""
    block = 0
    while len(key) < dklen:
        block += 1
        step = keyed(bytes(salt) + block.to_bytes(4, "big"))
        total = int.from_bytes(step, "big")
        for _ in range(iterations - 1):
            step = keyed(step)
            total ^= int.from_bytes(step, "big")
        key += total.to_bytes(size, "big")
    return key[:dklen]


def file_digest(fileobj, digest, /):
    """The hash object of all that can still be read from a binary file; `digest` is a name or a function."""
    hasher = new(digest) if isinstance(digest, str) else digest()
    while chunk := fileobj.read(1 << 16):
        hasher.update(chunk)
    return hasher


__all__ = [*_hashlib.names, "new", "algorithms_guaranteed", "algorithms_available", "pbkdf2_hmac", "file_digest"]

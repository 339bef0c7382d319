"""Secure hashes and message digests; the functions themselves are native."""

import _hashlib
from _blake2 import blake2b, blake2s
from _hashlib import new as _new, pbkdf2_hmac, scrypt

algorithms_guaranteed = {*_hashlib.names, "blake2b", "blake2s"}
algorithms_available = set(algorithms_guaranteed)


def new(name, data=b"", **kwargs):
    """Begin hashing by the function called `name`; ValueError if there is none."""
    if not isinstance(name, str):
        raise TypeError("name must be a string")
    if name in ("blake2b", "blake2s"):
        return globals()[name](data, **kwargs)
    return _new(name, data)


def _constructor(algorithm):
    def construct(string=b"", *, usedforsecurity=True):
        return _new(algorithm, string)

    construct.__name__ = construct.__qualname__ = "openssl_" + algorithm
    return construct


for _name in _hashlib.names:
    globals()[_name] = _constructor(_name)
del _name


def file_digest(fileobj, digest, /):
    """The hash object of all that can still be read from a binary file; `digest` is a name or a function."""
    hasher = new(digest) if isinstance(digest, str) else digest()
    while chunk := fileobj.read(1 << 16):
        hasher.update(chunk)
    return hasher


__all__ = [*_hashlib.names, "blake2b", "blake2s", "scrypt", "new", "algorithms_guaranteed", "algorithms_available", "pbkdf2_hmac", "file_digest"]

"""Less common ways of `urllib.request` to tell servers a name and a password: Digest, and without being asked."""

import hashlib
import os
import time

from urllib.error import HTTPError, URLError
from urllib.request import BaseHandler, HTTPPasswordMgr, HTTPPasswordMgrWithDefaultRealm, parse_http_list
from urllib.request import parse_keqv_list

__name__ = "urllib.request"

_HASHES = {"MD5": hashlib.md5, "SHA": hashlib.sha1}


class HTTPPasswordMgrWithPriorAuth(HTTPPasswordMgrWithDefaultRealm):
    """Names and passwords of which some are sent before the server asks."""

    def __init__(self, *args, **kwargs):
        # Place → whether names are sent there unasked.
        self.authenticated = {}
        super().__init__(*args, **kwargs)

    def add_password(self, realm, uri, user, passwd, is_authenticated=False):
        """Set name and password for a place, or for several."""
        self.update_authenticated(uri, is_authenticated)
        if realm is not None:
            super().add_password(None, uri, user, passwd)
        super().add_password(realm, uri, user, passwd)

    def _places(self, uri):
        return [self.reduce_uri(uri, with_port) for with_port in (True, False)]

    def update_authenticated(self, uri, is_authenticated=False):
        """Set whether names are sent to a place, or to several, unasked."""
        for one in [uri] if isinstance(uri, str) else uri:
            self.authenticated.update(dict.fromkeys(self._places(one), is_authenticated))

    def is_authenticated(self, authuri):
        """Whether a name is sent to a place unasked; None if it is not known."""
        for asked in self._places(authuri):
            for place, answer in self.authenticated.items():
                if self.is_suburi(place, asked):
                    return answer
        return None


class AbstractDigestAuthHandler:
    """Answers servers that ask for a name and a password, in the way called Digest: only a hash is sent."""

    def __init__(self, passwd=None):
        self.passwd = HTTPPasswordMgr() if passwd is None else passwd
        self.add_password = self.passwd.add_password
        self.reset_retry_count()
        self.nonce_count, self.last_nonce = 0, None

    def reset_retry_count(self):
        """Forget how often a server has refused."""
        self.retried = 0

    def http_error_auth_reqed(self, auth_header, host, req, headers):
        """Ask again, with a hash of name and password."""
        challenge = headers.get(auth_header)
        if self.retried > 5:
            # As often as that, the password is wrong.
            raise HTTPError(req.full_url, 401, "digest auth failed", headers, None)
        self.retried += 1
        if not challenge:
            return None
        scheme = challenge.split()[0].lower()
        if scheme == "digest":
            return self.retry_http_digest_auth(req, challenge)
        if scheme != "basic":
            raise ValueError(
                f"AbstractDigestAuthHandler does not support the following scheme: '{challenge.split()[0]}'"
            )
        return None

    def retry_http_digest_auth(self, req, auth):
        """Ask again, if a name is known and was not refused already."""
        _, _, text = auth.partition(" ")
        fields = parse_keqv_list([part for part in parse_http_list(text) if part])
        answer = self.get_authorization(req, fields)
        if not answer:
            return None
        value = f"Digest {answer}"
        if req.headers.get(self.auth_header) == value:
            return None
        req.add_unredirected_header(self.auth_header, value)
        return self.parent.open(req, timeout=req.timeout)

    def get_cnonce(self, nonce):
        """A number of our own that was never used before."""
        seed = f"{self.nonce_count}:{nonce}:{time.ctime()}:".encode("ascii") + os.urandom(8)
        return hashlib.sha1(seed).hexdigest()[:16]

    def get_authorization(self, req, chal):
        """The fields of an answer; None if the server does not say enough, or there is no password."""
        if "realm" not in chal or "nonce" not in chal:
            return None
        realm, nonce, qop = chal["realm"], chal["nonce"], chal.get("qop")
        name = chal.get("algorithm", "MD5")
        digest, keyed = self.get_algorithm_impls(name)
        if digest is None:
            return None
        user, password = self.passwd.find_user_password(realm, req.full_url)
        if user is None:
            return None
        entity = self.get_entity_digest(req.data, chal) if req.data is not None else None
        secret = digest(f"{user}:{realm}:{password}")
        request = digest(f"{req.get_method()}:{req.selector}")
        if qop is None:
            response = keyed(secret, f"{nonce}:{request}")
        elif "auth" in qop.split(","):
            self.nonce_count = self.nonce_count + 1 if nonce == self.last_nonce else 1
            self.last_nonce = nonce
            count, own = f"{self.nonce_count:08x}", self.get_cnonce(nonce)
            response = keyed(secret, f"{nonce}:{count}:{own}:auth:{request}")
        else:
            raise URLError(f"qop '{qop}' is not supported.")
        quoted = {"username": user, "realm": realm, "nonce": nonce, "uri": req.selector, "response": response}
        if chal.get("opaque"):
            quoted["opaque"] = chal["opaque"]
        if entity:
            quoted["digest"] = entity
        quoted["algorithm"] = name
        text = ", ".join([f'{field}="{value}"' for field, value in quoted.items()])
        return f'{text}, qop=auth, nc={count}, cnonce="{own}"' if qop else text

    def get_algorithm_impls(self, algorithm):
        """The functions that hash a text, and a secret with a text."""
        function = _HASHES.get(algorithm)
        if function is None:
            raise ValueError(f"Unsupported digest authentication algorithm {algorithm!r}")

        def digest(text):
            return function(text.encode("ascii")).hexdigest()

        return digest, lambda secret, text: digest(f"{secret}:{text}")

    def get_entity_digest(self, data, chal):
        """A hash of what is sent: there is none."""
        return None


class HTTPDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    """Names and passwords for servers, as hashes."""

    auth_header = "Authorization"
    # Before the handler of Basic.
    handler_order = 490

    def http_error_401(self, req, fp, code, msg, headers):
        """Ask again."""
        from urllib.parse import urlsplit

        try:
            return self.http_error_auth_reqed("www-authenticate", urlsplit(req.full_url).netloc, req, headers)
        finally:
            self.reset_retry_count()


class ProxyDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    """Names and passwords for proxies, as hashes."""

    auth_header = "Proxy-Authorization"
    handler_order = 490

    def http_error_407(self, req, fp, code, msg, headers):
        """Ask again."""
        try:
            return self.http_error_auth_reqed("proxy-authenticate", req.host, req, headers)
        finally:
            self.reset_retry_count()

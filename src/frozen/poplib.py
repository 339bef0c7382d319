"""Fetches mail: a client of POP3."""
import errno
import re
import socket
import sys

__all__ = ["POP3", "error_proto", "POP3_SSL"]

POP3_PORT, POP3_SSL_PORT = 110, 995
CR, LF = b"\r", b"\n"
CRLF = CR + LF
_MAXLINE = 2048
HAVE_SSL = True


class error_proto(Exception):
    """The server says no."""


class POP3:
    """A connection to a server."""

    encoding = "UTF-8"

    def __init__(self, host, port=POP3_PORT, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        self.host, self.port = host, port
        self._tls_established = False
        sys.audit("poplib.connect", self, host, port)
        self.sock = self._create_socket(timeout)
        self.file = self.sock.makefile("rb")
        self._debugging = 0
        self.welcome = self._getresp()

    def _create_socket(self, timeout):
        if timeout is not None and not timeout:
            raise ValueError("Non-blocking socket (timeout=0) is not supported")
        return socket.create_connection((self.host, self.port), timeout)

    # Lines.

    def _putline(self, line):
        if self._debugging > 1:
            print("*put*", repr(line))
        sys.audit("poplib.putline", self, line)
        self.sock.sendall(line + CRLF)

    def _putcmd(self, line):
        if self._debugging:
            print("*cmd*", repr(line))
        self._putline(bytes(line, self.encoding))

    def _getline(self):
        line = self.file.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise error_proto("line too long")
        if self._debugging > 1:
            print("*get*", repr(line))
        if not line:
            raise error_proto("-ERR EOF")
        octets = len(line)
        if line[-2:] == CRLF:
            return line[:-2], octets
        return (line[1:-1] if line[:1] == CR else line[:-1]), octets

    def _getresp(self):
        response, _ = self._getline()
        if self._debugging > 1:
            print("*resp*", repr(response))
        if not response.startswith(b"+"):
            raise error_proto(response)
        return response

    def _getlongresp(self):
        response = self._getresp()
        lines, octets = [], 0
        line, size = self._getline()
        while line != b".":
            if line.startswith(b".."):
                size -= 1
                line = line[1:]
            octets += size
            lines.append(line)
            line, size = self._getline()
        return response, lines, octets

    def _shortcmd(self, line):
        self._putcmd(line)
        return self._getresp()

    def _longcmd(self, line):
        self._putcmd(line)
        return self._getlongresp()

    # Commands.

    def getwelcome(self):
        """What the server said first."""
        return self.welcome

    def set_debuglevel(self, level):
        """Prints what goes to and fro."""
        self._debugging = level

    def user(self, user):
        """Says who one is."""
        return self._shortcmd("USER %s" % user)

    def pass_(self, pswd):
        """Says the password."""
        return self._shortcmd("PASS %s" % pswd)

    def stat(self):
        """How many messages there are, and their size."""
        words = self._shortcmd("STAT").split()
        return int(words[1]), int(words[2])

    def list(self, which=None):
        """The sizes of all messages, or of one."""
        return self._longcmd("LIST") if which is None else self._shortcmd("LIST %s" % which)

    def retr(self, which):
        """A message."""
        return self._longcmd("RETR %s" % which)

    def dele(self, which):
        """Deletes a message."""
        return self._shortcmd("DELE %s" % which)

    def noop(self):
        """Does nothing."""
        return self._shortcmd("NOOP")

    def rset(self):
        """Keeps what was to be deleted."""
        return self._shortcmd("RSET")

    def quit(self):
        """Says goodbye and ends the connection."""
        response = self._shortcmd("QUIT")
        self.close()
        return response

    def close(self):
        """Ends the connection."""
        file, self.file = self.file, None
        sock, self.sock = self.sock, None
        try:
            if file is not None:
                file.close()
        finally:
            if sock is not None:
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError as error:
                    if error.errno not in (errno.ENOTCONN, errno.EINVAL):
                        raise
                finally:
                    sock.close()

    def rpop(self, user):
        """Says who one is, without a password."""
        return self._shortcmd("RPOP %s" % user)

    timestamp = re.compile(rb"\+OK.[^<]*(<.*>)")

    def apop(self, user, password):
        """Says who one is, and proves it."""
        import hashlib

        match = self.timestamp.match(self.welcome)
        if not match:
            raise error_proto("-ERR APOP not supported by server")
        digest = hashlib.md5(match.group(1) + bytes(password, self.encoding)).hexdigest()
        return self._shortcmd("APOP %s %s" % (user, digest))

    def top(self, which, howmuch):
        """The headers of a message and some lines of its body."""
        return self._longcmd("TOP %s %s" % (which, howmuch))

    def uidl(self, which=None):
        """The names of all messages, or of one."""
        return self._longcmd("UIDL") if which is None else self._shortcmd("UIDL %s" % which)

    def utf8(self):
        """Goes on in UTF-8."""
        return self._shortcmd("UTF8")

    def capa(self):
        """What the server can do."""
        result = {}
        try:
            for line in self._longcmd("CAPA")[1]:
                name, *values = line.decode("ascii").split()
                result[name] = values
        except error_proto:
            raise error_proto("-ERR CAPA not supported by server") from None
        return result

    def stls(self, context=None):
        """Goes on with TLS."""
        import ssl

        if self._tls_established:
            raise error_proto("-ERR TLS session already established")
        if "STLS" not in self.capa():
            raise error_proto("-ERR STLS not supported by server")
        if context is None:
            context = ssl._create_stdlib_context()
        response = self._shortcmd("STLS")
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self.file = self.sock.makefile("rb")
        self._tls_established = True
        return response


class POP3_SSL(POP3):
    """A connection with TLS from the beginning."""

    def __init__(self, host, port=POP3_SSL_PORT, keyfile=None, certfile=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT,
                 context=None):
        import ssl

        if context is not None and (keyfile is not None or certfile is not None):
            raise ValueError("context and keyfile/certfile arguments are mutually exclusive")
        self.keyfile, self.certfile = keyfile, certfile
        self.context = ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile) if context is None else context
        super().__init__(host, port, timeout)

    def _create_socket(self, timeout):
        return self.context.wrap_socket(super()._create_socket(timeout), server_hostname=self.host)

    def stls(self, context=None):
        """There is TLS already."""
        raise error_proto("-ERR TLS session already established")

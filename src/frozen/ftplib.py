"""Moves files: a client of FTP."""
import re
import socket
import sys
from socket import _GLOBAL_DEFAULT_TIMEOUT

__all__ = ["FTP", "error_reply", "error_temp", "error_perm", "error_proto", "all_errors", "FTP_TLS"]

MSG_OOB = 0x1
FTP_PORT = 21
MAXLINE = 8192
CRLF, B_CRLF = "\r\n", b"\r\n"


class Error(Exception):
    """What goes wrong."""


class error_reply(Error):
    """An answer that was not expected."""


class error_temp(Error):
    """The server cannot do it now: 4xx."""


class error_perm(Error):
    """The server will not do it: 5xx."""


class error_proto(Error):
    """An answer that is none."""


all_errors = Error, OSError, EOFError


class FTP:
    """A connection to a server: `FTP(host, user, passwd, acct, timeout, source_address, *, encoding)`."""

    debugging = 0
    host = ""
    port = FTP_PORT
    maxline = MAXLINE
    sock = file = welcome = None
    passiveserver = True
    trust_server_pasv_ipv4_address = False

    def __init__(self, host="", user="", passwd="", acct="", timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *,
                 encoding="utf-8"):
        self.encoding = encoding
        self.source_address = source_address
        self.timeout = timeout
        if host:
            self.connect(host)
            if user:
                self.login(user, passwd, acct)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        if self.sock is not None:
            try:
                self.quit()
            except (OSError, EOFError):
                pass
            finally:
                if self.sock is not None:
                    self.close()

    def connect(self, host="", port=0, timeout=-999, source_address=None):
        """Connects; what the server says."""
        self.host = host or self.host
        self.port = port if port > 0 else self.port
        if timeout != -999:
            self.timeout = timeout
        if self.timeout is not None and not self.timeout:
            raise ValueError("Non-blocking socket (timeout=0) is not supported")
        if source_address is not None:
            self.source_address = source_address
        sys.audit("ftplib.connect", self, self.host, self.port)
        self.sock = socket.create_connection((self.host, self.port), self.timeout, self.source_address)
        self.af = self.sock.family
        self.file = self.sock.makefile("r", encoding=self.encoding)
        self.welcome = self.getresp()
        return self.welcome

    def getwelcome(self):
        """What the server said first."""
        if self.debugging:
            print("*welcome*", self.sanitize(self.welcome))
        return self.welcome

    def set_debuglevel(self, level):
        """Prints what goes to and fro."""
        self.debugging = level

    debug = set_debuglevel

    def set_pasv(self, val):
        """Whether the client makes the connections for data."""
        self.passiveserver = val

    # Lines.

    def sanitize(self, s):
        """A line as it may be printed: without a password."""
        if s[:5] in ("pass ", "PASS "):
            end = len(s.rstrip("\r\n"))
            s = s[:5] + "*" * (end - 5) + s[end:]
        return repr(s)

    def putline(self, line):
        """Sends a line."""
        if "\r" in line or "\n" in line:
            raise ValueError("an illegal newline character should not be contained")
        sys.audit("ftplib.sendcmd", self, line)
        line += CRLF
        if self.debugging > 1:
            print("*put*", self.sanitize(line))
        self.sock.sendall(line.encode(self.encoding))

    def putcmd(self, line):
        """Sends a command."""
        if self.debugging:
            print("*cmd*", self.sanitize(line))
        self.putline(line)

    def getline(self):
        """Reads a line."""
        line = self.file.readline(self.maxline + 1)
        if len(line) > self.maxline:
            raise Error("got more than %d bytes" % self.maxline)
        if self.debugging > 1:
            print("*get*", self.sanitize(line))
        if not line:
            raise EOFError
        return line.removesuffix("\n").removesuffix("\r")

    def getmultiline(self):
        """Reads an answer, which may have several lines."""
        line = self.getline()
        if line[3:4] == "-":
            code = line[:3]
            while True:
                more = self.getline()
                line += "\n" + more
                if more[:3] == code and more[3:4] != "-":
                    break
        return line

    def getresp(self):
        """Reads an answer; an error is raised."""
        response = self.getmultiline()
        if self.debugging:
            print("*resp*", self.sanitize(response))
        self.lastresp = response[:3]
        kind = response[:1]
        if kind in ("1", "2", "3"):
            return response
        raise {"4": error_temp, "5": error_perm}.get(kind, error_proto)(response)

    def voidresp(self):
        """Reads an answer, which must be that all is well."""
        response = self.getresp()
        if response[:1] != "2":
            raise error_reply(response)
        return response

    def abort(self):
        """Stops what is being sent."""
        line = b"ABOR" + B_CRLF
        if self.debugging > 1:
            print("*put urgent*", self.sanitize(line.decode()))
        self.sock.sendall(line, MSG_OOB)
        response = self.getmultiline()
        if response[:3] not in ("426", "225", "226"):
            raise error_proto(response)
        return response

    def sendcmd(self, cmd):
        """Sends a command; the answer."""
        self.putcmd(cmd)
        return self.getresp()

    def voidcmd(self, cmd):
        """Sends a command; the answer, which must be that all is well."""
        self.putcmd(cmd)
        return self.voidresp()

    # Connections for data.

    def sendport(self, host, port):
        """Tells the server where to connect to."""
        return self.voidcmd("PORT " + ",".join([*host.split("."), repr(port // 256), repr(port % 256)]))

    def sendeprt(self, host, port):
        """The same for any kind of address."""
        kind = {socket.AF_INET: 1, socket.AF_INET6: 2}.get(self.af, 0)
        if not kind:
            raise error_proto("unsupported address family")
        return self.voidcmd(f"EPRT |{kind}|{host}|{port}|")

    def makeport(self):
        """A socket that the server shall connect to."""
        sock = socket.create_server(("", 0), family=self.af, backlog=1)
        port, host = sock.getsockname()[1], self.sock.getsockname()[0]
        (self.sendport if self.af == socket.AF_INET else self.sendeprt)(host, port)
        if self.timeout is not _GLOBAL_DEFAULT_TIMEOUT:
            sock.settimeout(self.timeout)
        return sock

    def makepasv(self):
        """Where the server waits for a connection."""
        if self.af == socket.AF_INET:
            host, port = parse227(self.sendcmd("PASV"))
            return host if self.trust_server_pasv_ipv4_address else self.sock.getpeername()[0], port
        return parse229(self.sendcmd("EPSV"), self.sock.getpeername())

    def _begin(self, cmd, rest):
        """Asks for data, from `rest` on, and returns the answer that they come."""
        if rest is not None:
            self.sendcmd("REST %s" % rest)
        response = self.sendcmd(cmd)
        if response[0] == "2":
            response = self.getresp()
        if response[0] != "1":
            raise error_reply(response)
        return response

    def ntransfercmd(self, cmd, rest=None):
        """Begins to move data: the connection, and the size if that is told."""
        size = None
        if self.passiveserver:
            host, port = self.makepasv()
            conn = socket.create_connection((host, port), self.timeout, source_address=self.source_address)
            try:
                response = self._begin(cmd, rest)
            except:
                conn.close()
                raise
        else:
            with self.makeport() as sock:
                response = self._begin(cmd, rest)
                conn, _ = sock.accept()
                if self.timeout is not _GLOBAL_DEFAULT_TIMEOUT:
                    conn.settimeout(self.timeout)
        if response[:3] == "150":
            size = parse150(response)
        return conn, size

    def transfercmd(self, cmd, rest=None):
        """Begins to move data: the connection."""
        return self.ntransfercmd(cmd, rest)[0]

    def login(self, user="", passwd="", acct=""):
        """Says who one is; anonymous by default."""
        user = user or "anonymous"
        if user == "anonymous" and passwd in ("", "-"):
            passwd += "anonymous@"
        response = self.sendcmd("USER " + user)
        if response[0] == "3":
            response = self.sendcmd("PASS " + passwd)
        if response[0] == "3":
            response = self.sendcmd("ACCT " + acct)
        if response[0] != "2":
            raise error_reply(response)
        return response

    def _unwrap(self, conn):
        if hasattr(conn, "unwrap") and hasattr(conn, "cipher"):
            conn.unwrap()

    def retrbinary(self, cmd, callback, blocksize=8192, rest=None):
        """Fetches bytes, and gives them to a function in pieces."""
        self.voidcmd("TYPE I")
        with self.transfercmd(cmd, rest) as conn:
            while data := conn.recv(blocksize):
                callback(data)
            self._unwrap(conn)
        return self.voidresp()

    def retrlines(self, cmd, callback=None):
        """Fetches text, and gives it to a function in lines, or prints it."""
        callback = print_line if callback is None else callback
        self.sendcmd("TYPE A")
        with self.transfercmd(cmd) as conn, conn.makefile("r", encoding=self.encoding) as file:
            while True:
                line = file.readline(self.maxline + 1)
                if len(line) > self.maxline:
                    raise Error("got more than %d bytes" % self.maxline)
                if self.debugging > 2:
                    print("*retr*", repr(line))
                if not line:
                    break
                callback(line.removesuffix("\n").removesuffix("\r"))
            self._unwrap(conn)
        return self.voidresp()

    def storbinary(self, cmd, fp, blocksize=8192, callback=None, rest=None):
        """Sends the bytes of a file."""
        self.voidcmd("TYPE I")
        with self.transfercmd(cmd, rest) as conn:
            while data := fp.read(blocksize):
                conn.sendall(data)
                if callback:
                    callback(data)
            self._unwrap(conn)
        return self.voidresp()

    def storlines(self, cmd, fp, callback=None):
        """Sends the lines of a file."""
        self.voidcmd("TYPE A")
        with self.transfercmd(cmd) as conn:
            while line := fp.readline(self.maxline + 1):
                if len(line) > self.maxline:
                    raise Error("got more than %d bytes" % self.maxline)
                if line[-2:] != B_CRLF:
                    line = line.rstrip(B_CRLF[-1:] if line[-1:] == b"\n" else b"\r") if line[-1:] in (b"\r", b"\n") else line
                    line += B_CRLF
                conn.sendall(line)
                if callback:
                    callback(line)
            self._unwrap(conn)
        return self.voidresp()

    # Commands.

    def acct(self, password):
        """Says an account."""
        return self.voidcmd("ACCT " + password)

    def nlst(self, *args):
        """The names in a folder."""
        files = []
        self.retrlines("".join(["NLST", *(" " + arg for arg in args)]), files.append)
        return files

    def dir(self, *args):
        """Prints a folder; a function at the end gets the lines instead."""
        *args, function = args if args and not isinstance(args[-1], str) else (*args, None)
        self.retrlines("".join(["LIST", *(" " + arg for arg in args if arg)]), function)

    def mlsd(self, path="", facts=[]):
        """The names in a folder, each with what is known of it."""
        if facts:
            self.sendcmd("OPTS MLST " + ";".join(facts) + ";")
        lines = []
        self.retrlines("MLSD %s" % path if path else "MLSD", lines.append)
        for line in lines:
            found, _, name = line.rstrip(CRLF).partition(" ")
            entry = {}
            for fact in found[:-1].split(";"):
                key, _, value = fact.partition("=")
                entry[key.lower()] = value
            yield name, entry

    def rename(self, fromname, toname):
        """Renames a file."""
        response = self.sendcmd("RNFR " + fromname)
        if response[0] != "3":
            raise error_reply(response)
        return self.voidcmd("RNTO " + toname)

    def delete(self, filename):
        """Deletes a file."""
        response = self.sendcmd("DELE " + filename)
        if response[:3] in ("250", "200"):
            return response
        raise error_reply(response)

    def cwd(self, dirname):
        """Goes to a folder."""
        if dirname == "..":
            try:
                return self.voidcmd("CDUP")
            except error_perm as error:
                if error.args[0][:3] != "500":
                    raise
        return self.voidcmd("CWD " + (dirname or "."))

    def size(self, filename):
        """The size of a file."""
        response = self.sendcmd("SIZE " + filename)
        return int(response[3:].strip()) if response[:3] == "213" else None

    def mkd(self, dirname):
        """Makes a folder; its name."""
        response = self.voidcmd("MKD " + dirname)
        return parse257(response) if response.startswith("257") else ""

    def rmd(self, dirname):
        """Deletes a folder."""
        return self.voidcmd("RMD " + dirname)

    def pwd(self):
        """The folder where one is."""
        response = self.voidcmd("PWD")
        return parse257(response) if response.startswith("257") else ""

    def quit(self):
        """Says goodbye and ends the connection."""
        response = self.voidcmd("QUIT")
        self.close()
        return response

    def close(self):
        """Ends the connection."""
        file, self.file = self.file, None
        sock, self.sock = self.sock, None
        if file is not None:
            file.close()
        if sock is not None:
            sock.close()


class FTP_TLS(FTP):
    """A connection with TLS, which `login` turns on for commands and `prot_p` for data."""

    def __init__(self, host="", user="", passwd="", acct="", keyfile=None, certfile=None, context=None,
                 timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, encoding="utf-8"):
        import ssl

        if context is not None and (keyfile is not None or certfile is not None):
            raise ValueError("context and keyfile/certfile arguments are mutually exclusive")
        self.keyfile, self.certfile = keyfile, certfile
        self.context = ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile) if context is None else context
        self._prot_p = False
        super().__init__(host, user, passwd, acct, timeout, source_address, encoding=encoding)

    def login(self, user="", passwd="", acct="", secure=True):
        """Says who one is, with TLS."""
        if secure and not hasattr(self.sock, "cipher"):
            self.auth()
        return super().login(user, passwd, acct)

    def auth(self):
        """Goes on with TLS."""
        if hasattr(self.sock, "cipher"):
            raise ValueError("Already using TLS")
        response = self.voidcmd("AUTH TLS")
        self.sock = self.context.wrap_socket(self.sock, server_hostname=self.host)
        self.file = self.sock.makefile(mode="r", encoding=self.encoding)
        return response

    def ccc(self):
        """Goes on without TLS."""
        if not hasattr(self.sock, "cipher"):
            raise ValueError("not using TLS")
        response = self.voidcmd("CCC")
        self.sock = self.sock.unwrap()
        return response

    def prot_p(self):
        """Data goes with TLS from now on."""
        self.voidcmd("PBSZ 0")
        response = self.voidcmd("PROT P")
        self._prot_p = True
        return response

    def prot_c(self):
        """Data goes without TLS from now on."""
        response = self.voidcmd("PROT C")
        self._prot_p = False
        return response

    def ntransfercmd(self, cmd, rest=None):
        """Begins to move data: the connection, and the size if that is told."""
        conn, size = super().ntransfercmd(cmd, rest)
        if self._prot_p:
            conn = self.context.wrap_socket(conn, server_hostname=self.host)
        return conn, size


def parse150(resp):
    """The size in an answer to RETR, or None."""
    if resp[:3] != "150":
        raise error_reply(resp)
    match = re.match(r"150 .* \((\d+) bytes\)", resp, re.IGNORECASE | re.ASCII)
    return int(match.group(1)) if match else None


def parse227(resp):
    """The address in an answer to PASV."""
    if resp[:3] != "227":
        raise error_reply(resp)
    match = re.search(r"(\d+),(\d+),(\d+),(\d+),(\d+),(\d+)", resp, re.ASCII)
    if not match:
        raise error_proto(resp)
    *host, high, low = match.groups()
    return ".".join(host), (int(high) << 8) + int(low)


def parse229(resp, peer):
    """The address in an answer to EPSV."""
    if resp[:3] != "229":
        raise error_reply(resp)
    left = resp.find("(")
    right = resp.find(")", left + 1)
    if left < 0 or right < 0 or resp[left + 1] != resp[right - 1]:
        raise error_proto(resp)
    parts = resp[left + 1 : right].split(resp[left + 1])
    if len(parts) != 5:
        raise error_proto(resp)
    return peer[0], int(parts[3])


def parse257(resp):
    """The folder in an answer to MKD or PWD."""
    if resp[:3] != "257":
        raise error_reply(resp)
    if resp[3:5] != ' "':
        return ""
    name, at = "", 5
    while at < len(resp):
        char = resp[at]
        at += 1
        if char == '"':
            # A quotation mark in a name stands there twice.
            if resp[at : at + 1] != '"':
                break
            at += 1
        name += char
    return name


def print_line(line):
    """Prints a line."""
    print(line)

"""Sends mail: a client of SMTP and ESMTP."""
import base64
import copy
import datetime
import email.generator
import email.message
import email.utils
import hmac
import io
import re
import socket
import sys

__all__ = ["SMTPException", "SMTPNotSupportedError", "SMTPServerDisconnected", "SMTPResponseException", "SMTPSenderRefused",
           "SMTPRecipientsRefused", "SMTPDataError", "SMTPConnectError", "SMTPHeloError", "SMTPAuthenticationError",
           "quoteaddr", "quotedata", "SMTP", "SMTP_SSL"]

SMTP_PORT, SMTP_SSL_PORT = 25, 465
LMTP_PORT = 2003
CRLF, bCRLF = "\r\n", b"\r\n"
_MAXLINE = 8192
_MAXCHALLENGE = 5
_OLD_AUTH = re.compile(r"auth=(.*)", re.I)
_FEATURE = re.compile(r"(?P<feature>[A-Za-z0-9][A-Za-z0-9\-]*) ?")


class SMTPException(OSError):
    """What goes wrong."""


class SMTPNotSupportedError(SMTPException):
    """The server cannot do what is asked."""


class SMTPServerDisconnected(SMTPException):
    """There is no connection, or no longer."""


class SMTPResponseException(SMTPException):
    """The server says no."""

    def __init__(self, code, msg):
        self.smtp_code, self.smtp_error = code, msg
        self.args = (code, msg)


class SMTPSenderRefused(SMTPResponseException):
    """The sender is refused."""

    def __init__(self, code, msg, sender):
        self.smtp_code, self.smtp_error, self.sender = code, msg, sender
        self.args = (code, msg, sender)


class SMTPRecipientsRefused(SMTPException):
    """All recipients are refused."""

    def __init__(self, recipients):
        self.recipients = recipients
        self.args = (recipients,)


class SMTPDataError(SMTPResponseException):
    """The message is refused."""


class SMTPConnectError(SMTPResponseException):
    """The connection is refused."""


class SMTPHeloError(SMTPResponseException):
    """The greeting is refused."""


class SMTPAuthenticationError(SMTPResponseException):
    """Name or password are refused."""


def quoteaddr(addrstring):
    """An address in angle brackets."""
    name, address = email.utils.parseaddr(addrstring)
    if (name, address) == ("", ""):
        return addrstring if addrstring.strip().startswith("<") else "<%s>" % addrstring
    return "<%s>" % address


def _addr_only(addrstring):
    name, address = email.utils.parseaddr(addrstring)
    return addrstring if (name, address) == ("", "") else address


def quotedata(data):
    """A message with the lines that begin with a dot given another, and the ends of lines as they must be."""
    return re.sub(r"(?m)^\.", "..", re.sub(r"(?:\r\n|\n|\r(?!\n))", CRLF, data))


def _quote_periods(data):
    return re.sub(rb"(?m)^\.", b"..", data)


def _fix_eols(data):
    return re.sub(r"(?:\r\n|\n|\r(?!\n))", CRLF, data)


class SMTP:
    """A connection to a server."""

    debuglevel = 0
    sock = file = None
    helo_resp = None
    ehlo_msg = "ehlo"
    ehlo_resp = None
    does_esmtp = False
    default_port = SMTP_PORT

    def __init__(self, host="", port=0, local_hostname=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None):
        self._host = host
        self.timeout = timeout
        self.esmtp_features = {}
        self.command_encoding = "ascii"
        self.source_address = source_address
        self._auth_challenge_count = 0
        if host:
            code, msg = self.connect(host, port)
            if code != 220:
                self.close()
                raise SMTPConnectError(code, msg)
        self.local_hostname = local_hostname if local_hostname is not None else self._own_name()

    @staticmethod
    def _own_name():
        full = socket.getfqdn()
        if "." in full:
            return full
        address = "127.0.0.1"
        try:
            address = socket.gethostbyname(socket.gethostname())
        except socket.gaierror:
            pass
        return "[%s]" % address

    def __enter__(self):
        return self

    def __exit__(self, *args):
        try:
            code, message = self.docmd("QUIT")
            if code != 221:
                raise SMTPResponseException(code, message)
        except SMTPServerDisconnected:
            pass
        finally:
            self.close()

    def set_debuglevel(self, debuglevel):
        """Prints what goes to and fro, from level 2 on with the time."""
        self.debuglevel = debuglevel

    def _print_debug(self, *args):
        if self.debuglevel > 1:
            print(datetime.datetime.now().time(), *args, file=sys.stderr)
        else:
            print(*args, file=sys.stderr)

    def _get_socket(self, host, port, timeout):
        if timeout is not None and not timeout:
            raise ValueError("Non-blocking socket (timeout=0) is not supported")
        if self.debuglevel > 0:
            self._print_debug("connect: to", (host, port), self.source_address)
        return socket.create_connection((host, port), timeout, self.source_address)

    def connect(self, host="localhost", port=0, source_address=None):
        """Connects; the number and the text of the answer."""
        if source_address:
            self.source_address = source_address
        if not port and host.find(":") == host.rfind(":"):
            i = host.rfind(":")
            if i >= 0:
                host, port = host[:i], host[i + 1 :]
                try:
                    port = int(port)
                except ValueError:
                    raise OSError("nonnumeric port") from None
        port = port or self.default_port
        sys.audit("smtplib.connect", self, host, port)
        self.sock = self._get_socket(host, port, self.timeout)
        self.file = None
        code, msg = self.getreply()
        if self.debuglevel > 0:
            self._print_debug("connect:", repr(msg))
        return code, msg

    def send(self, s):
        """Sends bytes, or text as ASCII."""
        if self.debuglevel > 0:
            self._print_debug("send:", repr(s))
        if not self.sock:
            raise SMTPServerDisconnected("please run connect() first")
        if isinstance(s, str):
            s = s.encode(self.command_encoding)
        sys.audit("smtplib.send", self, s)
        try:
            self.sock.sendall(s)
        except OSError:
            self.close()
            raise SMTPServerDisconnected("Server not connected") from None

    def putcmd(self, cmd, args=""):
        """Sends a command."""
        text = cmd if args == "" else f"{cmd} {args}"
        if "\r" in text or "\n" in text:
            text = text.replace("\n", "\\n").replace("\r", "\\r")
            raise ValueError(f"command and arguments contain prohibited newline characters: {text}")
        self.send(f"{text}{CRLF}")

    def getreply(self):
        """The number and the text of an answer."""
        lines = []
        if self.file is None:
            self.file = self.sock.makefile("rb")
        while True:
            try:
                line = self.file.readline(_MAXLINE + 1)
            except OSError as error:
                self.close()
                raise SMTPServerDisconnected("Connection unexpectedly closed: " + str(error)) from None
            if not line:
                self.close()
                raise SMTPServerDisconnected("Connection unexpectedly closed")
            if self.debuglevel > 0:
                self._print_debug("reply:", repr(line))
            if len(line) > _MAXLINE:
                self.close()
                raise SMTPResponseException(500, "Line too long.")
            lines.append(line[4:].strip(b" \t\r\n"))
            code = line[:3]
            try:
                number = int(code)
            except ValueError:
                number = -1
                break
            if line[3:4] != b"-":
                break
        message = b"\n".join(lines)
        if self.debuglevel > 0:
            self._print_debug("reply: retcode (%s); Msg: %a" % (number, message))
        return number, message

    def docmd(self, cmd, args=""):
        """Sends a command; the number and the text of the answer."""
        self.putcmd(cmd, args)
        return self.getreply()

    # Commands.

    def helo(self, name=""):
        """Greets."""
        self.putcmd("helo", name or self.local_hostname)
        code, msg = self.getreply()
        self.helo_resp = msg
        return code, msg

    def ehlo(self, name=""):
        """Greets, and asks what the server can do."""
        self.esmtp_features = {}
        self.putcmd(self.ehlo_msg, name or self.local_hostname)
        code, msg = self.getreply()
        if code == -1 and len(msg) == 0:
            self.close()
            raise SMTPServerDisconnected("Server not connected")
        self.ehlo_resp = msg
        if code != 250:
            return code, msg
        self.does_esmtp = True
        for line in self.ehlo_resp.decode("latin-1").split("\n")[1:]:
            old = _OLD_AUTH.match(line)
            if old:
                self.esmtp_features["auth"] = self.esmtp_features.get("auth", "") + " " + old.groups(0)[0]
                continue
            match = _FEATURE.match(line)
            if match:
                feature = match.group("feature").lower()
                params = match.string[match.end("feature") :].strip()
                if feature == "auth":
                    params = self.esmtp_features.get(feature, "") + " " + params
                self.esmtp_features[feature] = params
        return code, msg

    def has_extn(self, opt):
        """Whether the server can do something."""
        return opt.lower() in self.esmtp_features

    def help(self, args=""):
        """Asks for help."""
        self.putcmd("help", args)
        return self.getreply()[1]

    def rset(self):
        """Starts over."""
        self.command_encoding = "ascii"
        return self.docmd("rset")

    def _rset(self):
        try:
            self.rset()
        except SMTPServerDisconnected:
            pass

    def noop(self):
        """Does nothing."""
        return self.docmd("noop")

    def mail(self, sender, options=()):
        """Says who sends a message."""
        text = ""
        if options and self.does_esmtp:
            if any(option.lower() == "smtputf8" for option in options):
                if not self.has_extn("smtputf8"):
                    raise SMTPNotSupportedError("SMTPUTF8 not supported by server")
                self.command_encoding = "utf-8"
            text = " " + " ".join(options)
        self.putcmd("mail", "FROM:%s%s" % (quoteaddr(sender), text))
        return self.getreply()

    def rcpt(self, recip, options=()):
        """Says who gets it."""
        text = " " + " ".join(options) if options and self.does_esmtp else ""
        self.putcmd("rcpt", "TO:%s%s" % (quoteaddr(recip), text))
        return self.getreply()

    def data(self, msg):
        """Sends the message."""
        self.putcmd("data")
        code, reply = self.getreply()
        if self.debuglevel > 0:
            self._print_debug("data:", (code, reply))
        if code != 354:
            raise SMTPDataError(code, reply)
        if isinstance(msg, str):
            msg = _fix_eols(msg).encode("ascii")
        text = _quote_periods(msg)
        if text[-2:] != bCRLF:
            text += bCRLF
        self.send(text + b"." + bCRLF)
        code, msg = self.getreply()
        if self.debuglevel > 0:
            self._print_debug("data:", (code, msg))
        return code, msg

    def verify(self, address):
        """Asks whether there is an address."""
        self.putcmd("vrfy", _addr_only(address))
        return self.getreply()

    vrfy = verify

    def expn(self, address):
        """Asks who is on a list."""
        self.putcmd("expn", _addr_only(address))
        return self.getreply()

    # The whole of it.

    def ehlo_or_helo_if_needed(self):
        """Greets, if that has not been done."""
        if self.helo_resp is None and self.ehlo_resp is None:
            if not 200 <= self.ehlo()[0] <= 299:
                code, resp = self.helo()
                if not 200 <= code <= 299:
                    raise SMTPHeloError(code, resp)

    def auth(self, mechanism, authobject, *, initial_response_ok=True):
        """Proves who one is, by a mechanism whose answers an object gives."""
        mechanism = mechanism.upper()
        first = authobject() if initial_response_ok else None
        if first is not None:
            code, resp = self.docmd("AUTH", mechanism + " " + self._encoded(first))
            self._auth_challenge_count = 1
        else:
            code, resp = self.docmd("AUTH", mechanism)
            self._auth_challenge_count = 0
        while code == 334:
            self._auth_challenge_count += 1
            code, resp = self.docmd(self._encoded(authobject(base64.decodebytes(resp))))
            if self._auth_challenge_count > _MAXCHALLENGE:
                raise SMTPException("Server AUTH mechanism infinite loop. Last response: " + repr((code, resp)))
        if code in (235, 503):
            return code, resp
        raise SMTPAuthenticationError(code, resp)

    @staticmethod
    def _encoded(text):
        return base64.b64encode(text.encode("ascii")).decode("ascii")

    def auth_cram_md5(self, challenge=None):
        """The answer of CRAM-MD5."""
        if challenge is None:
            return None
        return self.user + " " + hmac.HMAC(self.password.encode("ascii"), challenge, "md5").hexdigest()

    def auth_plain(self, challenge=None):
        """The answer of PLAIN."""
        return "\0%s\0%s" % (self.user, self.password)

    def auth_login(self, challenge=None):
        """The answers of LOGIN."""
        return self.user if challenge is None or self._auth_challenge_count < 2 else self.password

    def login(self, user, password, *, initial_response_ok=True):
        """Says who one is, by the best mechanism that both know."""
        self.ehlo_or_helo_if_needed()
        if not self.has_extn("auth"):
            raise SMTPNotSupportedError("SMTP AUTH extension not supported by server.")
        offered = self.esmtp_features["auth"].split()
        known = [name for name in ("CRAM-MD5", "PLAIN", "LOGIN") if name in offered]
        if not known:
            raise SMTPException("No suitable authentication method found.")
        self.user, self.password = user, password
        for mechanism in known:
            method = getattr(self, "auth_" + mechanism.lower().replace("-", "_"))
            try:
                code, resp = self.auth(mechanism, method, initial_response_ok=initial_response_ok)
                if code in (235, 503):
                    return code, resp
            except SMTPAuthenticationError as error:
                last = error
        raise last

    def starttls(self, keyfile=None, certfile=None, context=None):
        """Goes on with TLS."""
        import ssl

        self.ehlo_or_helo_if_needed()
        if not self.has_extn("starttls"):
            raise SMTPNotSupportedError("STARTTLS extension not supported by server.")
        resp, reply = self.docmd("STARTTLS")
        if resp != 220:
            raise SMTPResponseException(resp, reply)
        if context is not None and (keyfile is not None or certfile is not None):
            raise ValueError("context and keyfile/certfile arguments are mutually exclusive")
        if context is None:
            context = ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile)
        self.sock = context.wrap_socket(self.sock, server_hostname=self._host)
        self.file = None
        # What was said before could have been said by anybody.
        self.helo_resp = self.ehlo_resp = None
        self.esmtp_features = {}
        self.does_esmtp = False
        return resp, reply

    def sendmail(self, from_addr, to_addrs, msg, mail_options=(), rcpt_options=()):
        """Sends a message; a dictionary of the recipients that were refused."""
        self.ehlo_or_helo_if_needed()
        options = []
        if isinstance(msg, str):
            msg = _fix_eols(msg).encode("ascii")
        if self.does_esmtp:
            if self.has_extn("size"):
                options.append("size=%d" % len(msg))
            options += mail_options
        code, resp = self.mail(from_addr, options)
        if code != 250:
            if code == 421:
                self.close()
            else:
                self._rset()
            raise SMTPSenderRefused(code, resp, from_addr)
        refused = {}
        if isinstance(to_addrs, str):
            to_addrs = [to_addrs]
        for each in to_addrs:
            code, resp = self.rcpt(each, rcpt_options)
            if code not in (250, 251):
                refused[each] = code, resp
            if code == 421:
                self.close()
                raise SMTPRecipientsRefused(refused)
        if len(refused) == len(to_addrs):
            self._rset()
            raise SMTPRecipientsRefused(refused)
        code, resp = self.data(msg)
        if code != 250:
            if code == 421:
                self.close()
            else:
                self._rset()
            raise SMTPDataError(code, resp)
        return refused

    def send_message(self, msg, from_addr=None, to_addrs=None, mail_options=(), rcpt_options=()):
        """Sends a message whose headers say who sends it and who gets it."""
        self.ehlo_or_helo_if_needed()
        resent = msg.get_all("Resent-Date")
        if resent is None:
            prefix = ""
        elif len(resent) == 1:
            prefix = "Resent-"
        else:
            raise ValueError("message has more than one 'Resent-' header block")
        if from_addr is None:
            from_addr = msg[prefix + "Sender"] if prefix + "Sender" in msg else msg[prefix + "From"]
            from_addr = email.utils.getaddresses([from_addr])[0][1]
        if to_addrs is None:
            fields = [field for field in (msg[prefix + name] for name in ("To", "Bcc", "Cc")) if field is not None]
            to_addrs = [address for _, address in email.utils.getaddresses(fields)]
        copied = copy.copy(msg)
        del copied["Bcc"]
        del copied["Resent-Bcc"]
        international = False
        try:
            "".join([from_addr, *to_addrs]).encode("ascii")
        except UnicodeEncodeError:
            if not self.has_extn("smtputf8"):
                raise SMTPNotSupportedError(
                    "One or more source or delivery addresses require internationalized email support, but the server does "
                    "not advertise the required SMTPUTF8 capability") from None
            international = True
        out = io.BytesIO()
        policy = msg.policy.clone(utf8=True) if international else msg.policy
        if international:
            mail_options = (*mail_options, "SMTPUTF8", "BODY=8BITMIME")
        email.generator.BytesGenerator(out, policy=policy).flatten(copied, linesep="\r\n")
        return self.sendmail(from_addr, to_addrs, out.getvalue(), mail_options, rcpt_options)

    def close(self):
        """Ends the connection."""
        file, self.file = self.file, None
        sock, self.sock = self.sock, None
        if file:
            file.close()
        if sock:
            sock.close()

    def quit(self):
        """Says goodbye and ends the connection."""
        result = self.docmd("quit")
        self.ehlo_resp = self.helo_resp = None
        self.esmtp_features = {}
        self.does_esmtp = False
        self.close()
        return result


class SMTP_SSL(SMTP):
    """A connection with TLS from the beginning."""

    default_port = SMTP_SSL_PORT

    def __init__(self, host="", port=0, local_hostname=None, keyfile=None, certfile=None,
                 timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, context=None):
        import ssl

        if context is not None and (keyfile is not None or certfile is not None):
            raise ValueError("context and keyfile/certfile arguments are mutually exclusive")
        self.keyfile, self.certfile = keyfile, certfile
        if context is None:
            context = ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile)
        self.context = context
        super().__init__(host, port, local_hostname, timeout, source_address)

    def _get_socket(self, host, port, timeout):
        return self.context.wrap_socket(super()._get_socket(host, port, timeout), server_hostname=self._host)


class LMTP(SMTP):
    """A connection by LMTP, also over a socket of the file system."""

    ehlo_msg = "lhlo"

    def __init__(self, host="", port=LMTP_PORT, local_hostname=None, source_address=None,
                 timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        super().__init__(host, port, local_hostname=local_hostname, source_address=source_address, timeout=timeout)

    def connect(self, host="localhost", port=0, source_address=None):
        """Connects; the number and the text of the answer."""
        if not host.startswith("/"):
            return super().connect(host, port, source_address=source_address)
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            if self.timeout is not socket._GLOBAL_DEFAULT_TIMEOUT:
                self.sock.settimeout(self.timeout)
            self.file = None
            self.sock.connect(host)
        except OSError:
            self.sock.close()
            self.sock = None
            raise
        return self.getreply()

"""Handlers that send records away: to sockets, to the system's log, by mail and to web servers."""

import logging
import time

_SYSLOG_PORT = 514


class SocketHandler(logging.Handler):
    """Sends pickled records over a stream, to a host and port, or to a Unix socket if there is no port."""

    def __init__(self, host, port):
        super().__init__()
        self.host, self.port = host, port
        self.address = host if port is None else (host, port)
        self.sock = None
        self.closeOnError = False
        # When to try again after a failure, and how the time between two attempts grows.
        self.retryTime = None
        self.retryStart, self.retryMax, self.retryFactor = 1.0, 30.0, 2.0

    def makeSocket(self, timeout=1):
        """A new connection."""
        import socket

        if self.port is not None:
            return socket.create_connection(self.address, timeout)
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        made.settimeout(timeout)
        try:
            made.connect(self.address)
        except OSError:
            made.close()
            raise
        return made

    def createSocket(self):
        """Connects, unless the last attempt failed a moment ago."""
        now = time.time()
        if self.retryTime is not None and now < self.retryTime:
            return
        try:
            self.sock = self.makeSocket()
        except OSError:
            first = self.retryTime is None
            self.retryPeriod = self.retryStart if first else min(self.retryPeriod * self.retryFactor, self.retryMax)
            self.retryTime = now + self.retryPeriod
        else:
            self.retryTime = None

    def send(self, s):
        """Sends bytes; they are lost without a connection."""
        if self.sock is None:
            self.createSocket()
        if self.sock:
            try:
                self.sock.sendall(s)
            except OSError:
                self._drop()

    def _drop(self):
        sock, self.sock = self.sock, None
        if sock:
            sock.close()

    def makePickle(self, record):
        """A record as four bytes of length and its pickled attributes, with nothing that only this process knows."""
        import pickle

        if record.exc_info:
            # Formatting keeps the text of the traceback in the record.
            self.format(record)
        fields = dict(vars(record), msg=record.getMessage(), args=None, exc_info=None)
        fields.pop("message", None)
        body = pickle.dumps(fields, 1)
        return len(body).to_bytes(4, "big") + body

    def handleError(self, record):
        if not (self.closeOnError and self.sock):
            return super().handleError(record)
        self._drop()

    def emit(self, record):
        try:
            self.send(self.makePickle(record))
        except Exception:
            self.handleError(record)

    def close(self):
        """Closes the connection."""
        with self.lock:
            self._drop()
            super().close()


class DatagramHandler(SocketHandler):
    """Sends each pickled record as a datagram."""

    def __init__(self, host, port):
        super().__init__(host, port)
        self.closeOnError = False

    def makeSocket(self):
        import socket

        return socket.socket(socket.AF_UNIX if self.port is None else socket.AF_INET, socket.SOCK_DGRAM)

    def send(self, s):
        if self.sock is None:
            self.createSocket()
        self.sock.sendto(s, self.address)


class SysLogHandler(logging.Handler):
    """Sends messages to the system's log."""

    LOG_EMERG, LOG_ALERT, LOG_CRIT, LOG_ERR, LOG_WARNING, LOG_NOTICE, LOG_INFO, LOG_DEBUG = range(8)
    LOG_KERN, LOG_USER, LOG_MAIL, LOG_DAEMON, LOG_AUTH, LOG_SYSLOG, LOG_LPR, LOG_NEWS = range(8)
    LOG_UUCP, LOG_CRON, LOG_AUTHPRIV, LOG_FTP, LOG_NTP, LOG_SECURITY, LOG_CONSOLE, LOG_SOLCRON = range(8, 16)
    LOG_LOCAL0, LOG_LOCAL1, LOG_LOCAL2, LOG_LOCAL3, LOG_LOCAL4, LOG_LOCAL5, LOG_LOCAL6, LOG_LOCAL7 = range(16, 24)

    priority_names = {
        "alert": LOG_ALERT, "crit": LOG_CRIT, "critical": LOG_CRIT, "debug": LOG_DEBUG, "emerg": LOG_EMERG,
        "err": LOG_ERR, "error": LOG_ERR, "info": LOG_INFO, "notice": LOG_NOTICE, "panic": LOG_EMERG,
        "warn": LOG_WARNING, "warning": LOG_WARNING,
    }
    facility_names = {
        "auth": LOG_AUTH, "authpriv": LOG_AUTHPRIV, "console": LOG_CONSOLE, "cron": LOG_CRON, "daemon": LOG_DAEMON,
        "ftp": LOG_FTP, "kern": LOG_KERN, "lpr": LOG_LPR, "mail": LOG_MAIL, "news": LOG_NEWS, "ntp": LOG_NTP,
        "security": LOG_SECURITY, "solaris-cron": LOG_SOLCRON, "syslog": LOG_SYSLOG, "user": LOG_USER,
        "uucp": LOG_UUCP, "local0": LOG_LOCAL0, "local1": LOG_LOCAL1, "local2": LOG_LOCAL2, "local3": LOG_LOCAL3,
        "local4": LOG_LOCAL4, "local5": LOG_LOCAL5, "local6": LOG_LOCAL6, "local7": LOG_LOCAL7,
    }
    priority_map = {
        "DEBUG": "debug", "INFO": "info", "WARNING": "warning", "ERROR": "error", "CRITICAL": "critical",
    }
    ident = ""
    append_nul = True

    def __init__(self, address=("localhost", _SYSLOG_PORT), facility=LOG_USER, socktype=None):
        super().__init__()
        self.address, self.facility, self.socktype = address, facility, socktype
        self.socket = None
        self.createSocket()

    def createSocket(self):
        """Connects to the socket of the system's log, or makes one for datagrams to another host."""
        import socket

        kind = self.socktype
        self.unixsocket = isinstance(self.address, str)
        if self.unixsocket:
            try:
                self._connect_unixsocket(self.address)
            except OSError:
                # Perhaps it is not there yet.
                pass
            return
        kind = socket.SOCK_DGRAM if kind is None else kind
        host, port = self.address
        error = None
        for family, found_kind, protocol, _, place in socket.getaddrinfo(host, port, 0, kind):
            made = socket.socket(family, found_kind, protocol)
            try:
                if kind == socket.SOCK_STREAM:
                    made.connect(place)
            except OSError as e:
                error = e
                made.close()
                continue
            self.socket, self.socktype = made, kind
            return
        raise error or OSError("getaddrinfo returns an empty list")

    def _connect_unixsocket(self, address):
        import socket

        kinds = [socket.SOCK_DGRAM, socket.SOCK_STREAM] if self.socktype is None else [self.socktype]
        for kind in kinds:
            made = socket.socket(socket.AF_UNIX, kind)
            try:
                made.connect(address)
            except OSError:
                made.close()
                if kind == kinds[-1]:
                    raise
            else:
                self.socket, self.socktype = made, kind
                return

    def encodePriority(self, facility, priority):
        """The number of a facility and a priority, both given as number or name."""
        facility = self.facility_names[facility] if isinstance(facility, str) else facility
        priority = self.priority_names[priority] if isinstance(priority, str) else priority
        return facility << 3 | priority

    def mapPriority(self, levelName):
        """The priority for the name of a level."""
        return self.priority_map.get(levelName, "warning")

    def emit(self, record):
        import socket

        try:
            text = self.ident + self.format(record) + ("\0" if self.append_nul else "")
            number = self.encodePriority(self.facility, self.mapPriority(record.levelname))
            data = f"<{number}>".encode() + text.encode()
            if self.socket is None:
                self.createSocket()
            if self.unixsocket:
                try:
                    self.socket.send(data)
                except OSError:
                    # The system's log has been started again.
                    self.socket.close()
                    self._connect_unixsocket(self.address)
                    self.socket.send(data)
            elif self.socktype == socket.SOCK_DGRAM:
                self.socket.sendto(data, self.address)
            else:
                self.socket.sendall(data)
        except Exception:
            self.handleError(record)

    def close(self):
        """Closes the socket."""
        with self.lock:
            sock, self.socket = self.socket, None
            if sock:
                sock.close()
            super().close()


class SMTPHandler(logging.Handler):
    """Sends each record as a mail."""

    def __init__(self, mailhost, fromaddr, toaddrs, subject, credentials=None, secure=None, timeout=5.0):
        super().__init__()
        self.mailhost, self.mailport = mailhost if isinstance(mailhost, (list, tuple)) else (mailhost, None)
        if isinstance(credentials, (list, tuple)):
            self.username, self.password = credentials
        else:
            self.username = None
        self.fromaddr = fromaddr
        self.toaddrs = [toaddrs] if isinstance(toaddrs, str) else toaddrs
        self.subject, self.secure, self.timeout = subject, secure, timeout

    def getSubject(self, record):
        """The subject of a record's mail."""
        return self.subject

    def emit(self, record):
        try:
            import email.utils
            import smtplib
            from email.message import EmailMessage

            mail = EmailMessage()
            for name, value in (
                ("From", self.fromaddr), ("To", ",".join(self.toaddrs)), ("Subject", self.getSubject(record)),
                ("Date", email.utils.localtime()),
            ):
                mail[name] = value
            mail.set_content(self.format(record))
            server = smtplib.SMTP(self.mailhost, self.mailport or smtplib.SMTP_PORT, timeout=self.timeout)
            if self.username:
                if self.secure is not None:
                    server.ehlo()
                    server.starttls(*self.secure)
                    server.ehlo()
                server.login(self.username, self.password)
            server.send_message(mail)
            server.quit()
        except Exception:
            self.handleError(record)


class HTTPHandler(logging.Handler):
    """Sends each record's attributes to a web server, as the fields of a form."""

    def __init__(self, host, url, method="GET", secure=False, credentials=None, context=None):
        super().__init__()
        method = method.upper()
        if method not in ("GET", "POST"):
            raise ValueError("method must be GET or POST")
        if context is not None and not secure:
            raise ValueError("context parameter only makes sense with secure=True")
        self.host, self.url, self.method = host, url, method
        self.secure, self.credentials, self.context = secure, credentials, context

    def mapLogRecord(self, record):
        """What is sent of a record."""
        return vars(record)

    def getConnection(self, host, secure):
        """A new connection."""
        import http.client

        if not secure:
            return http.client.HTTPConnection(host)
        return http.client.HTTPSConnection(host, context=self.context)

    def emit(self, record):
        try:
            from urllib.parse import urlencode

            data = urlencode(self.mapLogRecord(record))
            connection = self.getConnection(self.host, self.secure)
            url = self.url
            post = self.method == "POST"
            if not post:
                url += ("&" if "?" in url else "?") + data
            connection.putrequest(self.method, url)
            if post:
                connection.putheader("Content-type", "application/x-www-form-urlencoded")
                connection.putheader("Content-length", str(len(data)))
            if self.credentials:
                from base64 import b64encode

                name_and_password = "%s:%s" % self.credentials
                connection.putheader("Authorization", "Basic " + b64encode(name_and_password.encode()).decode("ascii"))
            connection.endheaders()
            if post:
                connection.send(data.encode())
            connection.getresponse()
        except Exception:
            self.handleError(record)

"""A client of Telnet; deprecated."""
import re
import selectors
import socket
import sys
import warnings

from time import monotonic as _time


warnings.warn("'telnetlib' is deprecated and slated for removal in Python 3.13", DeprecationWarning, stacklevel=2)

__all__ = ["Telnet"]

DEBUGLEVEL = 0
TELNET_PORT = 23
IAC, DONT, DO, WONT, WILL, theNULL = (bytes([n]) for n in (255, 254, 253, 252, 251, 0))
SE, NOP, DM, BRK, IP, AO, AYT, EC, EL, GA, SB = (bytes([n]) for n in range(240, 251))
BINARY, ECHO, RCP, SGA, NAMS, STATUS, TM = (bytes([n]) for n in range(7))
TTYPE, NAWS, LINEMODE, NEW_ENVIRON = (bytes([n]) for n in (24, 31, 34, 39))


class Telnet:
    """A connection to a server. What is negotiated is refused, unless a function is set that answers."""

    sock = None

    def __init__(self, host=None, port=0, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        self.debuglevel = DEBUGLEVEL
        self.host, self.port, self.timeout = host, port, timeout
        # What has come, and what of it has been cleared of commands.
        self.rawq, self.cookedq = b"", b""
        self.eof = False
        self._command = b""
        self._within = False
        self._sub = b""
        self.option_callback = None
        if host is not None:
            self.open(host, port, timeout)

    def open(self, host, port=0, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        """Connects."""
        self.eof = False
        self.host, self.port, self.timeout = host, port or TELNET_PORT, timeout
        sys.audit("telnetlib.Telnet.open", self, host, self.port)
        self.sock = socket.create_connection((host, self.port), timeout)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __del__(self):
        self.close()

    def msg(self, msg, *args):
        """Prints what happens, if that is wanted."""
        if self.debuglevel > 0:
            print("Telnet(%s,%s):" % (self.host, self.port), msg % args if args else msg)

    def set_debuglevel(self, debuglevel):
        """Whether what happens is printed."""
        self.debuglevel = debuglevel

    def close(self):
        """Ends the connection."""
        sock, self.sock = self.sock, None
        self.eof = True
        if sock:
            sock.close()

    def get_socket(self):
        """The socket."""
        return self.sock

    def fileno(self):
        """The descriptor."""
        return self.sock.fileno()

    def write(self, buffer):
        """Sends bytes."""
        buffer = buffer.replace(IAC, IAC + IAC)
        sys.audit("telnetlib.Telnet.write", self, buffer)
        self.msg("send %r", buffer)
        self.sock.sendall(buffer)

    # Reading.

    def _wait(self, deadline):
        """Waits until something comes; false if the time is over."""
        with selectors.DefaultSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            return bool(selector.select(None if deadline is None else max(0, deadline - _time())))

    def read_until(self, match, timeout=None):
        """Reads up to some bytes; what there is if the time or the connection ends."""
        start = len(match)
        self.process_rawq()
        deadline = None if timeout is None else _time() + timeout
        searched = 0
        while True:
            at = self.cookedq.find(match, max(0, searched - start))
            if at >= 0:
                return self._take(at + start)
            searched = len(self.cookedq)
            if self.eof or not self._wait(deadline):
                return self.read_very_lazy()
            self.fill_rawq()
            self.process_rawq()
            if deadline is not None and _time() > deadline and match not in self.cookedq:
                return self.read_very_lazy()

    def _take(self, count):
        taken, self.cookedq = self.cookedq[:count], self.cookedq[count:]
        return taken

    def read_all(self):
        """Reads all until the connection ends."""
        self.process_rawq()
        while not self.eof:
            self.fill_rawq()
            self.process_rawq()
        return self._take(len(self.cookedq))

    def read_some(self):
        """Reads something; nothing only at the end."""
        self.process_rawq()
        while not self.cookedq and not self.eof:
            self.fill_rawq()
            self.process_rawq()
        return self._take(len(self.cookedq))

    def read_very_eager(self):
        """Reads what has come and can be read without waiting."""
        self.process_rawq()
        while not self.eof and self.sock_avail():
            self.fill_rawq()
            self.process_rawq()
        return self.read_very_lazy()

    def read_eager(self):
        """Reads something that has come."""
        self.process_rawq()
        while not self.cookedq and not self.eof and self.sock_avail():
            self.fill_rawq()
            self.process_rawq()
        return self.read_very_lazy()

    def read_lazy(self):
        """Reads what has been received."""
        self.process_rawq()
        return self.read_very_lazy()

    def read_very_lazy(self):
        """Gives what has been cleared of commands; EOFError at the end."""
        taken = self._take(len(self.cookedq))
        if not taken and self.eof and not self.rawq:
            raise EOFError("telnet connection closed")
        return taken

    def read_sb_data(self):
        """What was said in the last negotiation within an option."""
        taken, self._sub = self._sub, b""
        return taken

    def set_option_negotiation_callback(self, callback):
        """Sets what is called with the socket, a command and an option."""
        self.option_callback = callback

    def process_rawq(self):
        """Clears what has come of commands."""
        text = bytearray()
        for value in self.rawq:
            byte = bytes([value])
            if not self._command:
                if byte in (theNULL, b"\x11"):
                    continue
                if byte == IAC:
                    self._command = byte
                elif self._within:
                    self._sub += byte
                else:
                    text += byte
            elif len(self._command) == 1:
                self._after_iac(byte, text)
            else:
                command, self._command = self._command[1:], b""
                self._negotiate(command, byte)
        self.rawq = b""
        self.cookedq += bytes(text)

    def _after_iac(self, byte, text):
        if byte in (DO, DONT, WILL, WONT):
            self._command += byte
            return
        self._command = b""
        if byte == IAC:
            if self._within:
                self._sub += byte
            else:
                text += byte
        elif byte == SB:
            self._within, self._sub = True, b""
        elif byte == SE:
            self._within = False
            if self.option_callback:
                self.option_callback(self.sock, byte, b"\0")
        elif self.option_callback:
            self.option_callback(self.sock, byte, b"\0")
        else:
            self.msg("IAC %d not recognized" % ord(byte))

    def _negotiate(self, command, option):
        self.msg("IAC %s %d", "DO" if command in (DO, DONT) else "WILL", ord(option))
        if self.option_callback:
            self.option_callback(self.sock, command, option)
        else:
            self.sock.sendall(IAC + (WONT if command in (DO, DONT) else DONT) + option)

    def rawq_getchar(self):
        """One byte of what has come; EOFError at the end."""
        if not self.rawq:
            self.fill_rawq()
            if self.eof:
                raise EOFError
        char, self.rawq = self.rawq[:1], self.rawq[1:]
        return char

    def fill_rawq(self):
        """Receives something."""
        data = self.sock.recv(50)
        self.msg("recv %r", data)
        self.eof = not data
        self.rawq += data

    def sock_avail(self):
        """Whether something has come."""
        return self._wait(_time())

    def expect(self, list, timeout=None):
        """Reads until one of several expressions matches: its number, the match, and what was read."""
        patterns = [pattern if hasattr(pattern, "search") else re.compile(pattern) for pattern in list]
        deadline = None if timeout is None else _time() + timeout
        while True:
            self.process_rawq()
            for number, pattern in enumerate(patterns):
                match = pattern.search(self.cookedq)
                if match:
                    return number, match, self._take(match.end())
            if self.eof or not self._wait(deadline):
                break
            self.fill_rawq()
        text = self.read_very_lazy()
        if not text and self.eof:
            raise EOFError
        return -1, None, text

    def interact(self):
        """Sends what is typed, and shows what comes."""
        with selectors.DefaultSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            selector.register(sys.stdin, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self:
                        try:
                            text = self.read_eager()
                        except EOFError:
                            print("*** Connection closed by remote host ***")
                            return
                        if text:
                            sys.stdout.write(text.decode("ascii"))
                            sys.stdout.flush()
                    else:
                        line = sys.stdin.readline().encode("ascii")
                        if not line:
                            return
                        self.write(line)

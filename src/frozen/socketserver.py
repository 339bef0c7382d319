"""Servers: they wait for requests at a socket, and hand each to an object of a handler class."""

import os
import socket
import sys
import threading
from io import BufferedIOBase, BytesIO
from time import monotonic

import selectors

__all__ = [
    "BaseServer", "TCPServer", "UDPServer", "ThreadingUDPServer", "ThreadingTCPServer", "BaseRequestHandler",
    "StreamRequestHandler", "DatagramRequestHandler", "ThreadingMixIn", "ForkingUDPServer", "ForkingTCPServer",
    "ForkingMixIn", "UnixStreamServer", "UnixDatagramServer", "ThreadingUnixStreamServer",
    "ThreadingUnixDatagramServer",
]


class BaseServer:
    """What all servers do; where requests come from is left to others."""

    timeout = None

    def __init__(self, server_address, RequestHandlerClass):
        self.server_address, self.RequestHandlerClass = server_address, RequestHandlerClass
        self._stopped = threading.Event()
        self._stopping = False

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.server_close()

    def server_activate(self):
        """Start to accept requests."""

    def server_close(self):
        """Give the socket back."""

    def service_actions(self):
        """What `serve_forever` does between requests."""

    def serve_forever(self, poll_interval=0.5):
        """Handle requests until `shutdown` is called, for which it looks every `poll_interval` seconds."""
        self._stopped.clear()
        try:
            with selectors.PollSelector() as selector:
                selector.register(self, selectors.EVENT_READ)
                while not self._stopping:
                    ready = selector.select(poll_interval)
                    if self._stopping:
                        break
                    if ready:
                        self._handle_request_noblock()
                    self.service_actions()
        finally:
            self._stopping = False
            self._stopped.set()

    def shutdown(self):
        """End `serve_forever`, which runs in another thread, and wait for its end."""
        self._stopping = True
        self._stopped.wait()

    def handle_request(self):
        """Handle one request, or call `handle_timeout` when none comes in time."""
        limits = [limit for limit in (self.socket.gettimeout(), self.timeout) if limit is not None]
        limit = min(limits, default=None)
        end = None if limit is None else monotonic() + limit
        with selectors.PollSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            while not selector.select(limit):
                if end is not None:
                    limit = end - monotonic()
                    if limit < 0:
                        return self.handle_timeout()
        return self._handle_request_noblock()

    def _handle_request_noblock(self):
        """Handle the request that has come."""
        try:
            request, client_address = self.get_request()
        except OSError:
            return
        try:
            if self.verify_request(request, client_address):
                self.process_request(request, client_address)
            else:
                self.shutdown_request(request)
        except Exception:
            self.handle_error(request, client_address)
            self.shutdown_request(request)
        except BaseException:
            self.shutdown_request(request)
            raise

    def handle_timeout(self):
        """Called when no request came in time."""

    def verify_request(self, request, client_address):
        """Whether to handle a request."""
        return True

    def process_request(self, request, client_address):
        """Handle a request and end it."""
        self.finish_request(request, client_address)
        self.shutdown_request(request)

    def finish_request(self, request, client_address):
        """Make the handler, which handles."""
        self.RequestHandlerClass(request, client_address, self)

    def shutdown_request(self, request):
        """End a request."""
        self.close_request(request)

    def close_request(self, request):
        """Give a request's socket back."""

    def handle_error(self, request, client_address):
        """Tell of the exception that a handler has raised."""
        import traceback

        print("-" * 40, file=sys.stderr)
        print("Exception occurred during processing of request from", client_address, file=sys.stderr)
        traceback.print_exc()
        print("-" * 40, file=sys.stderr)


class TCPServer(BaseServer):
    """A server whose requests are connections."""

    address_family = socket.AF_INET
    socket_type = socket.SOCK_STREAM
    request_queue_size = 5
    allow_reuse_address = False
    allow_reuse_port = False

    def __init__(self, server_address, RequestHandlerClass, bind_and_activate=True):
        super().__init__(server_address, RequestHandlerClass)
        self.socket = socket.socket(self.address_family, self.socket_type)
        if bind_and_activate:
            try:
                self.server_bind()
                self.server_activate()
            except BaseException:
                self.server_close()
                raise

    def server_bind(self):
        """Take the address."""
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if self.allow_reuse_port:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def server_activate(self):
        self.socket.listen(self.request_queue_size)

    def server_close(self):
        self.socket.close()

    def fileno(self):
        """The number of the socket, for selectors."""
        return self.socket.fileno()

    def get_request(self):
        """The next connection and its other end's address."""
        return self.socket.accept()

    def shutdown_request(self, request):
        try:
            request.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the other end was faster
        self.close_request(request)

    def close_request(self, request):
        request.close()


class UDPServer(TCPServer):
    """A server whose requests are datagrams: pairs of the bytes and the socket to answer with."""

    socket_type = socket.SOCK_DGRAM
    max_packet_size = 8192

    def get_request(self):
        data, sender = self.socket.recvfrom(self.max_packet_size)
        return (data, self.socket), sender

    def server_activate(self):
        """There is nothing to listen for."""

    def shutdown_request(self, request):
        self.close_request(request)

    def close_request(self, request):
        """The socket is the server's own."""


class ThreadingMixIn:
    """Has each request handled in a thread of its own."""

    daemon_threads = False
    block_on_close = True
    _threads = None

    def process_request(self, request, client_address):
        """Start the thread of a request."""
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address))
        thread.daemon = self.daemon_threads
        if self.block_on_close and not thread.daemon:
            self._threads = [t for t in self._threads or () if t.is_alive()]
            self._threads.append(thread)
        thread.start()

    def process_request_thread(self, request, client_address):
        """What the thread does."""
        try:
            self.finish_request(request, client_address)
        except Exception:
            self.handle_error(request, client_address)
        finally:
            self.shutdown_request(request)

    def server_close(self):
        """Close the server and wait for its threads."""
        super().server_close()
        threads, self._threads = self._threads, None
        for thread in threads or ():
            thread.join()


class ForkingMixIn:
    """Has each request handled by a child process."""

    timeout = 300
    max_children = 40
    block_on_close = True
    active_children = None

    def collect_children(self, *, blocking=False):
        """Take note of the children that have ended."""
        for pid in list(self.active_children or ()):
            wait = blocking or len(self.active_children) >= self.max_children
            try:
                ended, _ = os.waitpid(pid, 0 if wait else os.WNOHANG)
            except ChildProcessError:
                ended = pid
            if ended:
                self.active_children.discard(pid)

    def handle_timeout(self):
        """Look after the children while nothing else is to be done."""
        self.collect_children()

    def service_actions(self):
        """Look after the children between requests."""
        self.collect_children()

    def process_request(self, request, client_address):
        """Start the child of a request."""
        pid = os.fork()
        if pid:
            if self.active_children is None:
                self.active_children = set()
            self.active_children.add(pid)
            self.close_request(request)
            return
        status = 1
        try:
            self.finish_request(request, client_address)
            status = 0
        except Exception:
            self.handle_error(request, client_address)
        finally:
            try:
                self.shutdown_request(request)
            finally:
                os._exit(status)

    def server_close(self):
        """Close the server and wait for its children."""
        super().server_close()
        self.collect_children(blocking=self.block_on_close)


class ForkingUDPServer(ForkingMixIn, UDPServer):
    """Datagrams, each handled by a process."""


class ForkingTCPServer(ForkingMixIn, TCPServer):
    """Connections, each handled by a process."""


class ThreadingUDPServer(ThreadingMixIn, UDPServer):
    """Datagrams, each handled by a thread."""


class ThreadingTCPServer(ThreadingMixIn, TCPServer):
    """Connections, each handled by a thread."""


class UnixStreamServer(TCPServer):
    """Connections at a path of this machine."""

    address_family = socket.AF_UNIX


class UnixDatagramServer(UDPServer):
    """Datagrams at a path of this machine."""

    address_family = socket.AF_UNIX


class ThreadingUnixStreamServer(ThreadingMixIn, UnixStreamServer):
    """Connections at a path, each handled by a thread."""


class ThreadingUnixDatagramServer(ThreadingMixIn, UnixDatagramServer):
    """Datagrams at a path, each handled by a thread."""


class BaseRequestHandler:
    """Handles a request as it is made: `setup`, `handle` and `finish` are for subclasses to define."""

    def __init__(self, request, client_address, server):
        self.request, self.client_address, self.server = request, client_address, server
        self.setup()
        try:
            self.handle()
        finally:
            self.finish()

    def setup(self):
        """Comes first."""

    def handle(self):
        """The work."""

    def finish(self):
        """Comes last, whatever happened."""


class StreamRequestHandler(BaseRequestHandler):
    """Handles a connection: `rfile` is read, `wfile` is written."""

    rbufsize = -1
    wbufsize = 0
    timeout = None
    disable_nagle_algorithm = False

    def setup(self):
        self.connection = self.request
        if self.timeout is not None:
            self.connection.settimeout(self.timeout)
        if self.disable_nagle_algorithm:
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        self.rfile = self.connection.makefile("rb", self.rbufsize)
        self.wfile = self.connection.makefile("wb", self.wbufsize) if self.wbufsize else _Sender(self.connection)

    def finish(self):
        if not self.wfile.closed:
            try:
                self.wfile.flush()
            except OSError:
                pass  # the other end has gone
        self.wfile.close()
        self.rfile.close()


class _Sender(BufferedIOBase):
    """A file that sends all of what is written to it, at once."""

    def __init__(self, sock):
        self._sock = sock

    def writable(self):
        return True

    def write(self, data):
        self._sock.sendall(data)
        with memoryview(data) as view:
            return view.nbytes

    def fileno(self):
        return self._sock.fileno()


class DatagramRequestHandler(BaseRequestHandler):
    """Handles a datagram: `rfile` has its bytes, and what `wfile` has got at the end is sent back."""

    def setup(self):
        self.packet, self.socket = self.request
        self.rfile, self.wfile = BytesIO(self.packet), BytesIO()

    def finish(self):
        self.socket.sendto(self.wfile.getvalue(), self.client_address)

"""`logging.config.listen`: configurations that come in over a socket."""

import socketserver
import threading

_server = None
_changing = threading.Lock()


class _Receiver(socketserver.StreamRequestHandler):
    """Takes one configuration: four bytes of length, then JSON, or the text of a file."""

    def handle(self):
        size = int.from_bytes(self.rfile.read(4), "big")
        data = self.rfile.read(size)
        try:
            if size and len(data) == size:
                self._configure(data)
        except Exception:
            import traceback

            traceback.print_exc()
        self.server.ready.set()

    def _configure(self, data):
        import io
        import json
        from logging import config

        data = self.server.verify(data) if self.server.verify else data
        if data is None:
            return
        text = data.decode("utf-8")
        try:
            found = json.loads(text)
        except ValueError:
            config.fileConfig(io.StringIO(text))
        else:
            config.dictConfig(found)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


class _Listener(threading.Thread):
    """Serves until `stopListening` is called."""

    def __init__(self, port, verify):
        super().__init__()
        self.port, self.verify = port, verify
        self.ready = threading.Event()

    def run(self):
        global _server
        server = _Server(("localhost", self.port), _Receiver)
        server.ready, server.verify = self.ready, self.verify
        # The port may have been left to the system to choose.
        self.port = server.server_address[1]
        with _changing:
            _server = server
        self.ready.set()
        server.serve_forever(poll_interval=0.1)
        server.server_close()


def listen(port, verify):
    """A thread, not yet started, that takes configurations from a socket; `verify` may change or refuse the bytes."""
    return _Listener(port, verify)


def stop():
    """Ends the thread."""
    global _server
    with _changing:
        server, _server = _server, None
    if server is not None:
        server.shutdown()

"""A child process and its pipes, as a transport."""

import warnings

from . import events, protocols, transports
from ._later import Later

subprocess = Later("subprocess")


class _PipeProtocol(protocols.BaseProtocol):
    """Hands what happens at one pipe on to the protocol of the process."""

    def __init__(self, process, fd):
        self.process = process
        self.fd = fd
        self.transport = None
        self.lost = False

    def __repr__(self):
        return f"<{type(self).__name__} fd={self.fd} pipe={self.transport!r}>"

    def connection_made(self, transport):
        self.transport = transport

    def connection_lost(self, exc):
        self.lost = True
        self.process._pipe_lost(self.fd, exc)
        self.process = None

    def data_received(self, data):
        self.process._call(self.process._protocol.pipe_data_received, self.fd, data)

    def eof_received(self):
        pass

    def pause_writing(self):
        self.process._protocol.pause_writing()

    def resume_writing(self):
        self.process._protocol.resume_writing()


class _SubprocessTransport(transports.SubprocessTransport):
    """A child process that runs beside the event loop."""

    def __init__(self, loop, protocol, args, shell, stdin, stdout, stderr, kwargs):
        super().__init__()
        self._closed = False
        self._pid = None
        self._loop = loop
        self._protocol = protocol
        self._returncode = None
        self._exit_waiters = []
        self._pipes = {}
        self._finished = False
        # What the protocol is to be told once it knows the transport.
        self._early = []
        self._process = subprocess.Popen(args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr, bufsize=0,
                                         universal_newlines=False, **kwargs)
        self._pid = self._process.pid
        for fd, pipe in enumerate((self._process.stdin, self._process.stdout, self._process.stderr)):
            if pipe is not None:
                # Not connected yet.
                self._pipes[fd] = None
        self._extra["subprocess"] = self._process
        watcher = events.get_child_watcher()
        watcher.add_child_handler(self._pid, self._ended)

    def __repr__(self):
        info = [type(self).__name__]
        if self._closed:
            info.append("closed")
        info.append(f"pid={self._pid}")
        if self._returncode is not None:
            info.append(f"returncode={self._returncode}")
        else:
            info.append("running")
        return f"<{' '.join(info)}>"

    async def _connect_pipes(self):
        process, loop = self._process, self._loop
        for fd, pipe in enumerate((process.stdin, process.stdout, process.stderr)):
            if pipe is None:
                continue
            connect = loop.connect_write_pipe if fd == 0 else loop.connect_read_pipe
            _, self._pipes[fd] = await connect(lambda fd=fd: _PipeProtocol(self, fd), pipe)
        loop.call_soon(self._protocol.connection_made, self)
        early, self._early = self._early, None
        for call, args in early:
            loop.call_soon(call, *args)
        # The protocol knows its pipes before anybody uses it.
        ready = loop.create_future()
        loop.call_soon(ready.set_result, None)
        await ready

    def _call(self, callback, *args):
        if self._early is not None:
            self._early.append((callback, args))
        else:
            self._loop.call_soon(callback, *args)

    def _pipe_lost(self, fd, exc):
        self._call(self._protocol.pipe_connection_lost, fd, exc)
        self._finish_if_over()

    def _ended(self, pid, code):
        self._returncode = code
        if self._process.returncode is None:
            self._process.returncode = code
        self._call(self._protocol.process_exited)
        self._finish_if_over()
        waiters, self._exit_waiters = self._exit_waiters, None
        for waiter in waiters:
            if not waiter.cancelled():
                waiter.set_result(code)

    def _finish_if_over(self):
        if self._finished or self._returncode is None:
            return
        if all(pipe is not None and pipe.lost for pipe in self._pipes.values()):
            self._finished = True
            self._call(self._connection_lost, None)

    def _connection_lost(self, exc):
        try:
            self._protocol.connection_lost(exc)
        finally:
            self._protocol = None

    async def _wait(self):
        if self._returncode is not None:
            return self._returncode
        waiter = self._loop.create_future()
        self._exit_waiters.append(waiter)
        return await waiter

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def is_closing(self):
        return self._closed

    def close(self):
        if self._closed:
            return
        self._closed = True
        for pipe in self._pipes.values():
            if pipe is not None and pipe.transport is not None:
                pipe.transport.close()
        if self._returncode is None:
            try:
                self._process.kill()
            except ProcessLookupError:
                pass

    def __del__(self, _warn=warnings.warn):
        if not self._closed and self._pid is not None and self._returncode is None:
            _warn(f"unclosed transport {self!r}", ResourceWarning, source=self)

    def get_pid(self):
        return self._pid

    def get_returncode(self):
        return self._returncode

    def get_pipe_transport(self, fd):
        pipe = self._pipes.get(fd)
        return None if pipe is None else pipe.transport

    def _running(self):
        if self._returncode is not None:
            raise ProcessLookupError()

    def send_signal(self, signal):
        self._running()
        self._process.send_signal(signal)

    def terminate(self):
        self._running()
        self._process.terminate()

    def kill(self):
        self._running()
        self._process.kill()

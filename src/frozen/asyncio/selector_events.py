"""Event loops that wait for descriptors by a selector."""

import os
import selectors

from . import base_events, events, io_loop


class BaseSelectorEventLoop(io_loop._IOMethods, base_events.BaseEventLoop):
    """Waits for descriptors, and for a pipe to itself by which other threads wake it."""

    def __init__(self, selector=None):
        super().__init__()
        self._selector = selectors.DefaultSelector() if selector is None else selector
        self._transports = {}
        self._pipe = os.pipe()
        for fd in self._pipe:
            os.set_blocking(fd, False)
        self._selector.register(self._pipe[0], selectors.EVENT_READ, None)

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        super().close()
        self._selector.close()
        self._selector = None
        for fd in self._pipe:
            os.close(fd)
        self._pipe = None

    # Waking

    def _write_to_self(self):
        pipe = self._pipe
        if pipe is not None:
            try:
                os.write(pipe[1], b"\0")
            except OSError:
                # It is full: the loop will wake.
                pass

    def _drain_pipe(self):
        try:
            while len(os.read(self._pipe[0], 4096)) == 4096:
                pass
        except BlockingIOError:
            pass

    def _has_io(self):
        return len(self._selector.get_map()) > 1

    def _wait_for_io(self, timeout):
        for key, mask in self._selector.select(timeout):
            if key.data is None:
                self._drain_pipe()
                continue
            reader, writer = key.data
            if mask & selectors.EVENT_READ and reader is not None:
                if reader._cancelled:
                    self._remove(key.fileobj, selectors.EVENT_READ)
                else:
                    self._push(reader)
            if mask & selectors.EVENT_WRITE and writer is not None:
                if writer._cancelled:
                    self._remove(key.fileobj, selectors.EVENT_WRITE)
                else:
                    self._push(writer)

    # Descriptors

    def _add(self, fd, event, callback, args):
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        side = 0 if event == selectors.EVENT_READ else 1
        key = self._selector.get_map().get(fd)
        self._busy = True
        if key is None:
            self._selector.register(fd, event, (handle, None) if side == 0 else (None, handle))
            return handle
        pair = list(key.data)
        before, pair[side] = pair[side], handle
        self._selector.modify(fd, key.events | event, tuple(pair))
        if before is not None:
            before.cancel()
        return handle

    def _remove(self, fd, event):
        if self.is_closed():
            return False
        key = self._selector.get_map().get(fd)
        if key is None:
            return False
        side = 0 if event == selectors.EVENT_READ else 1
        pair = list(key.data)
        handle, pair[side] = pair[side], None
        left = key.events & ~event
        if left:
            self._selector.modify(fd, left, tuple(pair))
        else:
            self._selector.unregister(fd)
        if handle is None:
            return False
        handle.cancel()
        return True

    def _not_of_transport(self, fd):
        number = fd if isinstance(fd, int) else fd.fileno()
        transport = self._transports.get(number)
        if transport is not None and not transport.is_closing():
            raise RuntimeError(f"File descriptor {fd!r} is used by transport {transport!r}")

    def add_reader(self, fd, callback, *args):
        """Call a function whenever a descriptor can be read."""
        self._not_of_transport(fd)
        self._add(fd, selectors.EVENT_READ, callback, args)

    def remove_reader(self, fd):
        """Do not."""
        self._not_of_transport(fd)
        return self._remove(fd, selectors.EVENT_READ)

    def add_writer(self, fd, callback, *args):
        """Call a function whenever a descriptor can be written."""
        self._not_of_transport(fd)
        self._add(fd, selectors.EVENT_WRITE, callback, args)

    def remove_writer(self, fd):
        """Do not."""
        self._not_of_transport(fd)
        return self._remove(fd, selectors.EVENT_WRITE)

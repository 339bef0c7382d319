"""What an event loop does with sockets, pipes and child processes."""

import os

from . import base_events, base_subprocess, io_transports, sslproto, tasks
from ._later import Later

socket, subprocess = Later("socket"), Later("subprocess")
_SOCK_STREAM, _PIPE = 1, -1


def _pending(call, *args):
    """The result of a call of a non-blocking socket, as a tuple; None if it would have to wait."""
    try:
        return (call(*args),)
    except (BlockingIOError, InterruptedError):
        return None


class _SocketMethods:
    """The methods with `sock_`: coroutines for the calls of non-blocking sockets."""

    async def _until_done(self, sock, add, remove, call, *args):
        if self.get_debug() and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")
        result = _pending(call, *args)
        while result is None:
            future = self.create_future()
            fd = sock.fileno()
            add(fd, io_transports._release, future)
            try:
                await future
            finally:
                remove(fd)
            result = _pending(call, *args)
        return result[0]

    def _read_until_done(self, sock, call, *args):
        return self._until_done(sock, self.add_reader, self.remove_reader, call, *args)

    def _write_until_done(self, sock, call, *args):
        return self._until_done(sock, self.add_writer, self.remove_writer, call, *args)

    async def sock_recv(self, sock, n):
        """Receive bytes, at most so many."""
        return await self._read_until_done(sock, sock.recv, n)

    async def sock_recv_into(self, sock, buf):
        """Receive bytes into a buffer; how many."""
        return await self._read_until_done(sock, sock.recv_into, buf)

    async def sock_recvfrom(self, sock, bufsize):
        """Receive a message and the address of its sender."""
        return await self._read_until_done(sock, sock.recvfrom, bufsize)

    async def sock_recvfrom_into(self, sock, buf, nbytes=0):
        """Receive a message into a buffer: how many bytes, and the address of the sender."""
        return await self._read_until_done(sock, sock.recvfrom_into, buf, nbytes or len(buf))

    async def sock_sendall(self, sock, data):
        """Send all bytes."""
        view = memoryview(data)
        while len(view):
            view = view[await self._write_until_done(sock, sock.send, view):]

    async def sock_sendto(self, sock, data, address):
        """Send a message."""
        return await self._write_until_done(sock, sock.sendto, data, address)

    async def sock_accept(self, sock):
        """Wait for a connection: a socket and the peer's address."""
        made, address = await self._read_until_done(sock, sock.accept)
        made.setblocking(False)
        return made, address

    async def sock_connect(self, sock, address):
        """Connect to an address."""
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            found = await self._resolve(address, family=sock.family, type=sock.type, proto=sock.proto)
            address = found[0][4]
        if _pending(sock.connect, address) is not None:
            return
        future = self.create_future()
        fd = sock.fileno()
        self._add(fd, 2, io_transports._release, (future,))
        try:
            await future
        finally:
            self._remove(fd, 2)
        error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            raise OSError(error, f"Connect call failed {address}")

    async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=True):
        """Send a file's bytes; how many."""
        file.seek(offset)
        sent = 0
        while count is None or sent < count:
            data = file.read(65536 if count is None else min(65536, count - sent))
            if not data:
                break
            await self.sock_sendall(sock, data)
            sent += len(data)
        return sent

    # Names

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        """Addresses for a host and a service, looked up in a thread."""
        return await self.run_in_executor(None, socket.getaddrinfo, host, port, family, type, proto, flags)

    async def getnameinfo(self, sockaddr, flags=0):
        """Host and service of an address."""
        return await self.run_in_executor(None, socket.getnameinfo, sockaddr, flags)

    async def _resolve(self, address, *, family=0, type=_SOCK_STREAM, proto=0, flags=0):
        host, port = address[:2]
        # A number needs no thread.
        for kind in (socket.AF_INET, socket.AF_INET6):
            if host is None or family not in (0, kind) or not isinstance(port, int):
                continue
            try:
                socket.inet_pton(kind, host)
            except OSError:
                continue
            where = (host, port, *address[2:]) if kind == socket.AF_INET else (host, port, *(address[2:] or (0, 0)))
            return [(kind, type, proto, "", where)]
        found = await self.getaddrinfo(host, port, family=family, type=type, proto=proto, flags=flags)
        if not found:
            raise OSError("getaddrinfo() returned empty list")
        return found


class _IOMethods(_SocketMethods):
    """Connections, servers, pipes and child processes."""

    async def create_connection(self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0,
                                sock=None, local_addr=None, server_hostname=None, ssl_handshake_timeout=None,
                                ssl_shutdown_timeout=None, happy_eyeballs_delay=None, interleave=None):
        """Connect to a host: (transport, protocol)."""
        _only_with_tls(ssl, server_hostname, ssl_handshake_timeout, ssl_shutdown_timeout)
        if ssl and server_hostname is None:
            if not host:
                raise ValueError("You must set server_hostname when using ssl without a host")
            server_hostname = host
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError("host/port and sock can not be specified at the same time")
            failures = []
            for family, kind, proto, _, address in await self._resolve((host, port), family=family, proto=proto, flags=flags):
                made = socket.socket(family, kind, proto)
                try:
                    made.setblocking(False)
                    if local_addr is not None:
                        made.bind(local_addr)
                    await self.sock_connect(made, address)
                    sock = made
                    break
                except OSError as e:
                    made.close()
                    failures.append(e)
                except BaseException:
                    made.close()
                    raise
            if sock is None:
                if len(failures) == 1 or len({str(e) for e in failures}) == 1:
                    raise failures[0]
                raise OSError("Multiple exceptions: {}".format(", ".join(str(e) for e in failures)))
        elif sock is None:
            raise ValueError("host and port was not specified and no sock specified")
        elif sock.type != socket.SOCK_STREAM:
            raise ValueError(f"A Stream Socket was expected, got {sock!r}")
        return await self._transport_for(sock, protocol_factory, ssl, False, server_hostname, ssl_handshake_timeout)

    async def _transport_for(self, sock, protocol_factory, ssl=None, server_side=False, server_hostname=None,
                             timeout=None, extra=None, server=None):
        sock.setblocking(False)
        protocol = protocol_factory()
        waiter = self.create_future()
        make = io_transports._SelectorSocketTransport
        if ssl:
            tls = sslproto.SSLProtocol(self, protocol, ssl, waiter, server_side, server_hostname, True, timeout)
            make(self, sock, tls, None, extra, server)
            transport = tls._app_transport
        else:
            transport = make(self, sock, protocol, waiter, extra, server)
        try:
            await waiter
        except BaseException:
            transport.close()
            raise
        return transport, protocol

    async def start_tls(self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None,
                        ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """Go on with TLS over a transport: another transport for the protocol."""
        import ssl

        if not isinstance(sslcontext, ssl.SSLContext):
            raise TypeError(f"sslcontext is expected to be an instance of ssl.SSLContext, got {sslcontext!r}")
        if not isinstance(transport, io_transports._SelectorSocketTransport):
            raise TypeError(f"transport {transport!r} is not supported by start_tls()")
        waiter = self.create_future()
        tls = sslproto.SSLProtocol(
            self, protocol, sslcontext, waiter, server_side, server_hostname, False, ssl_handshake_timeout)
        # What comes before the handshake begins must not get lost.
        transport.pause_reading()
        transport.set_protocol(tls)
        self.call_soon(tls.connection_made, transport)
        self.call_soon(transport.resume_reading)
        try:
            await waiter
        except BaseException:
            transport.close()
            raise
        return tls._app_transport

    async def connect_accepted_socket(self, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None,
                                      ssl_shutdown_timeout=None):
        """Use a connection that has come: (transport, protocol)."""
        _only_with_tls(ssl, None, ssl_handshake_timeout, ssl_shutdown_timeout)
        if sock.type != socket.SOCK_STREAM:
            raise ValueError(f"A Stream Socket was expected, got {sock!r}")
        return await self._transport_for(sock, protocol_factory, ssl, True, None, ssl_handshake_timeout)

    async def create_unix_connection(self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None,
                                     ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """Connect to a socket of the file system: (transport, protocol)."""
        _only_with_tls(ssl, server_hostname, ssl_handshake_timeout, ssl_shutdown_timeout)
        if ssl and server_hostname is None:
            raise ValueError("you have to pass server_hostname when using ssl")
        if path is not None:
            if sock is not None:
                raise ValueError("path and sock can not be specified at the same time")
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0)
            try:
                sock.setblocking(False)
                await self.sock_connect(sock, os.fspath(path))
            except BaseException:
                sock.close()
                raise
        elif sock is None:
            raise ValueError("no path and sock were specified")
        return await self._transport_for(sock, protocol_factory, ssl, False, server_hostname, ssl_handshake_timeout)

    async def create_server(self, protocol_factory, host=None, port=None, *, family=0,
                            flags=1, sock=None, backlog=100, ssl=None, reuse_address=None,
                            reuse_port=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True):
        """Wait for connections at a host's addresses: a Server."""
        if isinstance(ssl, bool):
            raise TypeError("ssl argument must be an SSLContext or None")
        _only_with_tls(ssl, None, ssl_handshake_timeout, ssl_shutdown_timeout)
        if host is None and port is None:
            if sock is None:
                raise ValueError("Neither host/port nor sock were specified")
            if sock.type != socket.SOCK_STREAM:
                raise ValueError(f"A Stream Socket was expected, got {sock!r}")
            sockets = [sock]
        else:
            if sock is not None:
                raise ValueError("host/port and sock can not be specified at the same time")
            hosts = [None] if host in (None, "") else [host] if isinstance(host, str) else list(host)
            found = await tasks.gather(*(self._resolve((one, port), family=family, flags=flags) for one in hosts))
            found = [address for addresses in found for address in addresses]
            sockets = []
            try:
                for family, kind, proto, _, address in dict.fromkeys(found):
                    made = socket.socket(family, kind, proto)
                    sockets.append(made)
                    if reuse_address is None or reuse_address:
                        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
                    if reuse_port:
                        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, True)
                    if family == socket.AF_INET6:
                        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, True)
                    try:
                        made.bind(address)
                    except OSError as e:
                        raise OSError(e.errno, f"error while attempting to bind on address {address!r}: "
                                               f"{e.strerror.lower()}") from None
            except BaseException:
                for made in sockets:
                    made.close()
                raise
        return await self._server(sockets, protocol_factory, backlog, start_serving, ssl, ssl_handshake_timeout)

    async def create_unix_server(self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None,
                                 ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True):
        """Wait for connections at a place in the file system: a Server."""
        if isinstance(ssl, bool):
            raise TypeError("ssl argument must be an SSLContext or None")
        _only_with_tls(ssl, None, ssl_handshake_timeout, ssl_shutdown_timeout)
        if path is not None:
            if sock is not None:
                raise ValueError("path and sock can not be specified at the same time")
            path = os.fspath(path)
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            if path[0] not in (0, "\0"):
                # A socket that an earlier server has left behind.
                try:
                    if os.stat(path).st_mode & 0o170000 == 0o140000:
                        os.remove(path)
                except FileNotFoundError:
                    pass
            try:
                sock.bind(path)
            except OSError as e:
                sock.close()
                if e.errno == 98:
                    raise OSError(e.errno, f"Address {path!r} is already in use") from None
                raise
            except BaseException:
                sock.close()
                raise
        elif sock is None:
            raise ValueError("path was not specified, and no sock specified")
        return await self._server([sock], protocol_factory, backlog, start_serving, ssl, ssl_handshake_timeout)

    async def _server(self, sockets, protocol_factory, backlog, start_serving, ssl=None, timeout=None):
        for sock in sockets:
            sock.setblocking(False)
        server = base_events.Server(self, sockets, protocol_factory, ssl, backlog, timeout)
        if start_serving:
            server._start_serving()
            await tasks.sleep(0)
        return server

    def _start_serving(self, protocol_factory, sock, ssl_context, server, backlog):
        self._add(sock.fileno(), 1, self._accept_ready, (protocol_factory, sock, ssl_context, server, backlog))

    def _accept_ready(self, protocol_factory, sock, ssl_context, server, backlog):
        for _ in range(backlog):
            try:
                made, address = sock.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as e:
                self.call_exception_handler({
                    "message": "socket.accept() out of system resource", "exception": e, "socket": sock})
                return
            made.setblocking(False)
            self.create_task(self._accepted(protocol_factory, made, ssl_context, address, server))

    async def _accepted(self, protocol_factory, sock, ssl_context, address, server):
        try:
            await self._transport_for(
                sock, protocol_factory, ssl_context, True, None, server._ssl_handshake_timeout, {"peername": address}, server)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            if ssl_context is not None:
                # A handshake that fails is the peer's affair.
                return
            sock.close()
            self.call_exception_handler({
                "message": "Error on transport creation for incoming connection", "exception": e})

    def _stop_serving(self, sock):
        self._remove(sock.fileno(), 1)
        sock.close()

    async def create_datagram_endpoint(self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0,
                                       flags=0, reuse_port=None, allow_broadcast=None, sock=None):
        """A socket for messages: (transport, protocol)."""
        address = None
        if sock is not None:
            if sock.type == socket.SOCK_STREAM:
                raise ValueError(f"A datagram socket was expected, got {sock!r}")
            sock.setblocking(False)
        else:
            if family == socket.AF_UNIX:
                ends = [(family, proto, local_addr, remote_addr)]
            elif not (local_addr or remote_addr):
                if family == 0:
                    raise ValueError("unexpected address family")
                ends = [(family, proto, None, None)]
            else:
                ends = await self._datagram_ends(local_addr, remote_addr, family, proto, flags)
            failures = []
            for family, proto, local, remote in ends:
                made = socket.socket(family, socket.SOCK_DGRAM, proto)
                try:
                    if reuse_port:
                        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, True)
                    if allow_broadcast:
                        made.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, True)
                    made.setblocking(False)
                    if local:
                        made.bind(local)
                    if remote:
                        if not allow_broadcast:
                            await self.sock_connect(made, remote)
                        address = remote
                    sock = made
                    break
                except OSError as e:
                    made.close()
                    failures.append(e)
                except BaseException:
                    made.close()
                    raise
            if sock is None:
                raise failures[0]
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = io_transports._SelectorDatagramTransport(self, sock, protocol, address, waiter)
        try:
            await waiter
        except BaseException:
            transport.close()
            raise
        return transport, protocol

    async def _datagram_ends(self, local_addr, remote_addr, family, proto, flags):
        ends = {}
        for side, address in enumerate((local_addr, remote_addr)):
            if address is None:
                continue
            if not (isinstance(address, tuple) and len(address) == 2):
                raise TypeError("2-tuple is expected")
            for family_, _, proto_, _, where in await self._resolve(
                    address, family=family, type=socket.SOCK_DGRAM, proto=proto, flags=flags):
                ends.setdefault((family_, proto_), [None, None])[side] = where
        found = [
            (*key, *pair) for key, pair in ends.items()
            if not (local_addr and pair[0] is None or remote_addr and pair[1] is None)
        ]
        if not found:
            raise ValueError("can not get address information")
        return found

    async def connect_read_pipe(self, protocol_factory, pipe):
        """Read from a pipe: (transport, protocol)."""
        return await self._connect_pipe(io_transports._UnixReadPipeTransport, protocol_factory, pipe)

    async def connect_write_pipe(self, protocol_factory, pipe):
        """Write to a pipe: (transport, protocol)."""
        return await self._connect_pipe(io_transports._UnixWritePipeTransport, protocol_factory, pipe)

    async def _connect_pipe(self, kind, protocol_factory, pipe):
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = kind(self, pipe, protocol, waiter)
        try:
            await waiter
        except BaseException:
            transport.close()
            raise
        return transport, protocol

    async def subprocess_shell(self, protocol_factory, cmd, *, stdin=_PIPE, stdout=_PIPE,
                               stderr=_PIPE, universal_newlines=False, shell=True, bufsize=0, encoding=None,
                               errors=None, text=None, **kwargs):
        """Run a command by the shell: (transport, protocol)."""
        if not isinstance(cmd, (bytes, str)):
            raise ValueError("cmd must be a string")
        if not shell:
            raise ValueError("shell must be True")
        _bytes_only(universal_newlines, bufsize, encoding, errors, text)
        return await self._subprocess(protocol_factory, cmd, True, stdin, stdout, stderr, kwargs)

    async def subprocess_exec(self, protocol_factory, program, *args, stdin=_PIPE, stdout=_PIPE,
                              stderr=_PIPE, universal_newlines=False, shell=False, bufsize=0, encoding=None,
                              errors=None, text=None, **kwargs):
        """Run a program: (transport, protocol)."""
        if shell:
            raise ValueError("shell must be False")
        _bytes_only(universal_newlines, bufsize, encoding, errors, text)
        return await self._subprocess(protocol_factory, (program, *args), False, stdin, stdout, stderr, kwargs)

    async def _subprocess(self, protocol_factory, args, shell, stdin, stdout, stderr, kwargs):
        protocol = protocol_factory()
        transport = base_subprocess._SubprocessTransport(self, protocol, args, shell, stdin, stdout, stderr, kwargs)
        try:
            await self.create_task(transport._connect_pipes())
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            transport.close()
            await transport._wait()
            raise
        return transport, protocol

    async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True):
        """Send a file's bytes over a transport; how many."""
        if transport.is_closing():
            raise RuntimeError("Transport is closing")
        file.seek(offset)
        sent = 0
        while count is None or sent < count:
            data = file.read(65536 if count is None else min(65536, count - sent))
            if not data:
                break
            transport.write(data)
            sent += len(data)
            while transport.get_write_buffer_size():
                await tasks.sleep(0)
            if transport.is_closing():
                raise ConnectionError("Connection closed by peer")
        file.seek(offset + sent)
        return sent


def _only_with_tls(ssl, server_hostname, handshake_timeout, shutdown_timeout):
    if ssl:
        return
    given = {"server_hostname": server_hostname, "ssl_handshake_timeout": handshake_timeout,
             "ssl_shutdown_timeout": shutdown_timeout}
    for name, value in given.items():
        if value is not None:
            raise ValueError(f"{name} is only meaningful with ssl")


def _bytes_only(universal_newlines, bufsize, encoding, errors, text):
    if universal_newlines:
        raise ValueError("universal_newlines must be False")
    if bufsize != 0:
        raise ValueError("bufsize must be 0")
    if text:
        raise ValueError("text must be False")
    if encoding is not None:
        raise ValueError("encoding must be None")
    if errors is not None:
        raise ValueError("errors must be None")

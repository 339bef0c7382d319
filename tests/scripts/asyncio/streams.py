import asyncio
import os
import socket
import sys


async def attempt(awaitable):
    try:
        print(await awaitable)
    except Exception as e:
        print(type(e).__name__, e)


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def tcp():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(server.is_serving(), len(server.sockets))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    print(writer.get_extra_info("peername") == ("127.0.0.1", port))
    for word in (b"one\n", b"two\n"):
        writer.write(word)
        await writer.drain()
        print(await reader.readline(), reader.at_eof())
    writer.writelines([b"a", b"b", b"c\n"])
    print(await reader.readexactly(2), await reader.read(10))
    writer.write(b"to the end; and more\n")
    print(await reader.readuntil(b";"), writer.can_write_eof(), writer.is_closing())
    writer.write_eof()
    print(await reader.read(), reader.at_eof())
    await attempt(reader.readexactly(3))
    await attempt(reader.readuntil())
    print(await reader.readline())
    writer.close()
    await writer.wait_closed()
    print(writer.is_closing())

    async def client(n):
        reader, writer = await asyncio.open_connection("localhost", port, family=socket.AF_INET)
        writer.write(b"%d\n" % n * 3)
        writer.write_eof()
        lines = [line async for line in reader]
        writer.close()
        return lines

    print(await asyncio.gather(*map(client, range(5))))
    server.close()
    await server.wait_closed()
    print(server.is_serving(), server.sockets)
    await attempt(asyncio.open_connection("127.0.0.1", 1))
    try:
        await asyncio.open_connection()
    except ValueError as e:
        print(e)


async def unix():
    path = f"/tmp/streams-{os.getpid()}"
    async with await asyncio.start_unix_server(echo, path) as server:
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(b"unix\n")
        print(await reader.readline())
        writer.close()
        await writer.wait_closed()
    os.unlink(path)
    await attempt(asyncio.open_unix_connection("/nowhere"))


async def protocols():
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    class Server(asyncio.Protocol):
        def connection_made(self, transport):
            self.transport = transport

        def data_received(self, data):
            self.transport.write(data[::-1])
            self.transport.close()

    class Client(asyncio.Protocol):
        def connection_made(self, transport):
            print("made")
            transport.write(b"abc")

        def data_received(self, data):
            print("received", data)

        def eof_received(self):
            print("eof")

        def connection_lost(self, exc):
            print("lost", exc)
            done.set_result(None)

    server = await loop.create_server(Server, "127.0.0.1", 0)
    await loop.create_connection(Client, *server.sockets[0].getsockname())
    await done
    server.close()

    class Echo(asyncio.DatagramProtocol):
        def connection_made(self, transport):
            self.transport = transport

        def datagram_received(self, data, addr):
            self.transport.sendto(data * 2, addr)

    class Ask(asyncio.DatagramProtocol):
        def __init__(self):
            self.answer = loop.create_future()

        def datagram_received(self, data, addr):
            self.answer.set_result(data)

    there, _ = await loop.create_datagram_endpoint(Echo, local_addr=("127.0.0.1", 0))
    here, ask = await loop.create_datagram_endpoint(Ask, remote_addr=there.get_extra_info("sockname"))
    here.sendto(b"ping")
    print(await ask.answer)
    here.close()
    there.close()


async def sockets():
    loop = asyncio.get_running_loop()
    server = socket.create_server(("127.0.0.1", 0))
    server.setblocking(False)
    client = socket.socket()
    client.setblocking(False)
    accepting = asyncio.create_task(loop.sock_accept(server))
    await loop.sock_connect(client, server.getsockname())
    peer, address = await accepting
    print(address == client.getsockname())
    receiving = asyncio.create_task(loop.sock_recv(peer, 100))
    await loop.sock_sendall(client, b"by hand")
    print(await receiving)
    for s in (server, client, peer):
        s.close()
    print(await loop.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM))


async def reader_alone():
    reader = asyncio.StreamReader(limit=8)
    print(reader)
    reader.feed_data(b"ab\ncd")
    print(reader, await reader.readline())
    reader.feed_data(b"efghijklmnop")
    try:
        await reader.readuntil(b"\n")
    except asyncio.LimitOverrunError as e:
        print(e, e.consumed)
    try:
        await reader.readline()
    except ValueError as e:
        print(e)
    reader.feed_data(b"xyz")
    reader.feed_eof()
    try:
        await reader.readexactly(5)
    except asyncio.IncompleteReadError as e:
        print(e, e.partial, e.expected)
    for bad in (lambda: asyncio.StreamReader(limit=0), lambda: reader.feed_data(b"late")):
        try:
            bad()
        except (ValueError, AssertionError) as e:
            print(e)


async def programs():
    process = await asyncio.create_subprocess_exec("cat", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    print(process.returncode, process.pid > 0)
    print(await process.communicate(b"through cat"), process.returncode)
    process = await asyncio.create_subprocess_shell(
        "echo out; echo err >&2; exit 3", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
    print(await process.communicate(), process.returncode, await process.wait())
    process = await asyncio.create_subprocess_exec("sleep", "10")
    process.terminate()
    print(await process.wait())
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "for i in range(3): print(i, flush=True)", stdout=asyncio.subprocess.PIPE)
    async for line in process.stdout:
        print(line)
    print(await process.wait())
    await attempt(asyncio.create_subprocess_exec("no-such-program-here"))
    process = await asyncio.create_subprocess_exec("sleep", "10")
    try:
        await asyncio.wait_for(process.wait(), 0.02)
    except asyncio.TimeoutError:
        process.kill()
        print("killed", await process.wait())


for part in (tcp, unix, protocols, sockets, reader_alone, programs):
    print("--", part.__name__)
    asyncio.run(part())

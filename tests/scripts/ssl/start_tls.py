"""Connections that go on with TLS after they have begun without."""
import asyncio
import os
import ssl

HERE = os.path.dirname(os.path.abspath(__file__))
serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
serving.load_cert_chain(os.path.join(HERE, "cert.pem"), os.path.join(HERE, "key.pem"))
asking = ssl.create_default_context(cafile=os.path.join(HERE, "cert.pem"))


async def answer(reader, writer):
    print("server:", await reader.readline())
    writer.write(b"go ahead\n")
    await writer.start_tls(serving)
    print("server:", await reader.readline(), writer.get_extra_info("ssl_object").version())
    writer.write(b"in secret too\n")
    await writer.drain()
    writer.close()


async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"may I?\n")
        print("client:", await reader.readline(), writer.get_extra_info("ssl_object"))
        await writer.start_tls(asking, server_hostname="localhost")
        writer.write(b"in secret\n")
        print("client:", await reader.readline(), writer.get_extra_info("cipher") is not None)
        writer.close()
        loop = asyncio.get_running_loop()
        for context in (None, 5):
            try:
                await loop.start_tls(writer.transport, asyncio.Protocol(), context)
            except TypeError as error:
                print(error)


asyncio.run(main())

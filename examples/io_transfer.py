"""I/O-bound, uploads and downloads: clients send data to a server on this machine, which sends it back slowly."""
import asyncio
import hashlib
import socket
import threading
import time

from comparison import compare

CLIENTS, SIZE, CHUNK = 6, 60_000, 10_000


def serve(connection):
    """Takes an upload, then answers with it, chunk by chunk, as fast as the line permits."""
    with connection:
        data = b""
        while len(data) < SIZE:
            data += connection.recv(CHUNK)
        for start in range(0, SIZE, CHUNK):
            time.sleep(0.01)  # the line's bandwidth
            connection.sendall(data[start : start + CHUNK])


def accept(listener):
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


def payload(client):
    return bytes([client]) * SIZE


def transfer(port, client):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(payload(client))
        received = b""
        while chunk := connection.recv(CHUNK):
            received += chunk
    return hashlib.md5(received).hexdigest()


def sequential(port):
    return [transfer(port, client) for client in range(CLIENTS)]


def threads(port):
    results = {}

    def work(client):
        results[client] = transfer(port, client)

    workers = [threading.Thread(target=work, args=(client,)) for client in range(CLIENTS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [results[client] for client in range(CLIENTS)]


async def transfer_async(port, client):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(payload(client))
    await writer.drain()
    received = await reader.read()
    writer.close()
    await writer.wait_closed()
    return hashlib.md5(received).hexdigest()


async def concurrently(port):
    return await asyncio.gather(*(transfer_async(port, client) for client in range(CLIENTS)))


if __name__ == "__main__":
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    threading.Thread(target=accept, args=(listener,), daemon=True).start()
    digests = compare(
        "Uploads and downloads",
        sequential=lambda: sequential(port),
        threads=lambda: threads(port),
        asyncio=lambda: asyncio.run(concurrently(port)),
    )
    listener.close()
    print(f"{len(set(digests))} files came back as they were sent")

# Seconds for a message through a pipe to another process that only reads.
import multiprocessing, time


def drain(connection, n):
    for _ in range(n):
        connection.recv()


if __name__ == "__main__":
    N = 50_000
    reader, writer = multiprocessing.Pipe(duplex=False)
    other = multiprocessing.Process(target=drain, args=(reader, N))
    other.start()
    start = time.perf_counter()
    for i in range(N):
        writer.send(("message", i))
    other.join()
    print((time.perf_counter() - start) / N)

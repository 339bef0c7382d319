# Seconds for a message through a pipe to another process, and one back.
import multiprocessing, time


def echo(connection):
    while (message := connection.recv()) is not None:
        connection.send(message)


if __name__ == "__main__":
    N = 10_000
    ours, theirs = multiprocessing.Pipe()
    other = multiprocessing.Process(target=echo, args=(theirs,))
    other.start()
    start = time.perf_counter()
    for i in range(N):
        ours.send(i)
        ours.recv()
    print((time.perf_counter() - start) / N)
    ours.send(None)
    other.join()

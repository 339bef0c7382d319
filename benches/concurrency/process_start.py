# Seconds for starting a process and waiting for its end.
import multiprocessing, time


def nothing():
    pass


if __name__ == "__main__":
    N = 100
    start = time.perf_counter()
    for _ in range(N):
        p = multiprocessing.Process(target=nothing)
        p.start()
        p.join()
    print((time.perf_counter() - start) / N)

# A pool of which a process cannot be started leaves none behind; finalizers may be made while they are run.
import multiprocessing
import threading
from multiprocessing import util

started = []


class Failing(multiprocessing.Process):
    def start(self):
        if len(started) == 2:
            raise OSError("no more processes")
        super().start()
        started.append(self)


class Context(type(multiprocessing.get_context("fork"))):
    Process = Failing


def main():
    try:
        Context().Pool(4)
    except OSError as error:
        print(error, len(started), [p.is_alive() for p in started], [p.exitcode for p in started])
    print(multiprocessing.active_children())

    stop = threading.Event()

    def make():
        while not stop.is_set():
            util.Finalize(None, int, exitpriority=1)

    thread = threading.Thread(target=make)
    thread.start()
    for _ in range(20):
        util._run_finalizers(5)
    stop.set()
    thread.join()
    util._run_finalizers(0)
    print("done")


if __name__ == "__main__":
    main()

# Exceptions where nobody can catch them: in initializers, callbacks, hooks and __del__.
import concurrent.futures
import gc
import multiprocessing
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from concurrent.futures.thread import BrokenThreadPool


class Quiet:
    """Keeps what is written to standard error, and shows where it ends."""

    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        pass

    def last_line(self):
        line = self.text.strip().splitlines()[-1] if self.text else None
        self.text = ""
        return line


def bad_initializer(*args):
    raise ValueError("initializer", *args)


def square(x):
    return x * x


def bad_callback(future):
    raise RuntimeError("callback")


class Loud:
    def __del__(self):
        raise ArithmeticError("del")


def main():
    quiet = sys.stderr = Quiet()
    # A pool of threads whose initializer raises is broken, and says so at once and later.
    with ThreadPoolExecutor(1, initializer=bad_initializer, initargs=(1,)) as pool:
        futures = []
        for _ in range(2):
            try:
                futures.append(pool.submit(square, 2))
            except BrokenThreadPool as error:
                print(type(error).__name__, error)
        for future in futures:
            print(type(future.exception()).__name__, future.exception())
        try:
            pool.submit(square, 3)
        except BrokenThreadPool as error:
            print(type(error).__name__, error)
    print(quiet.last_line())

    # A callback that raises keeps neither others from being called nor the pool from working.
    seen = []
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(square, 3)
        concurrent.futures.wait([future])
        future.add_done_callback(bad_callback)
        print(quiet.last_line())
        slow = threading.Event()
        waiting = pool.submit(slow.wait)
        waiting.add_done_callback(bad_callback)
        waiting.add_done_callback(lambda f: seen.append(f.result()))
        slow.set()
        print(waiting.result(), pool.submit(square, 4).result(), seen)
    print(quiet.last_line())

    # A thread's exception is told to the hook; the hook's own exception to sys.excepthook.
    thread = threading.Thread(target=bad_initializer, name="Bad")
    thread.start()
    thread.join()
    print(quiet.last_line(), thread.is_alive())
    hook = threading.excepthook
    threading.excepthook = lambda args: 1 / 0
    thread = threading.Thread(target=bad_initializer)
    thread.start()
    thread.join()
    print(quiet.last_line())
    threading.excepthook = lambda args: print(args.exc_type.__name__, args.exc_value, args.thread is thread)
    thread = threading.Thread(target=bad_initializer)
    thread.start()
    thread.join()
    threading.excepthook = hook

    # __del__ in another thread, and in a collection of cycles.
    unraisable = []
    sys.unraisablehook = lambda u: unraisable.append((u.exc_type.__name__, str(u.exc_value)))

    def drop():
        loud = Loud()
        loud.me = loud
        other = Loud()
        del loud, other
        gc.collect()

    thread = threading.Thread(target=drop)
    thread.start()
    thread.join()
    print(unraisable)
    sys.unraisablehook = sys.__unraisablehook__

    # In processes.
    sys.stderr = quiet
    with ProcessPoolExecutor(1) as pool:
        future = pool.submit(square, 5)
        future.result()
        future.add_done_callback(bad_callback)
        print(quiet.last_line(), pool.submit(square, 6).result())
    with multiprocessing.Pool(1) as pool:
        result = pool.apply_async(bad_initializer, (7,), error_callback=lambda e: seen.append(repr(e)))
        try:
            result.get(60)
        except ValueError as error:
            print(error.args, type(error.__cause__).__name__)
        print(pool.apply(square, (7,)), seen[1:])
    process = multiprocessing.Process(target=bad_initializer)
    process.start()
    process.join()
    print(process.exitcode)
    process = multiprocessing.Process(target=sys.exit, args=("text",))
    process.start()
    process.join()
    print(process.exitcode)
    process = multiprocessing.Process(target=sys.exit, args=(300,))
    process.start()
    process.join()
    print(process.exitcode)


if __name__ == "__main__":
    main()

"""Pools whose workers are killed at random while they map: killed_workers.py ROUNDS

Each round ends with all results or with an error that says that a worker was lost; it never hangs, and at the
end no process is left.
"""
import multiprocessing
import os
import random
import signal
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

ITEMS = 200


def square(x):
    if x % 50 == 0:
        time.sleep(0.002)
    return x * x


EXPECTED = [x * x for x in range(ITEMS)]


def kill_one(pids):
    try:
        os.kill(random.choice(pids), signal.SIGKILL)
    except ProcessLookupError:
        pass


def killer(pids, stop):
    while not stop.wait(random.random() * 0.01):
        if now := pids():
            kill_one(now)


def with_killer(pids, work):
    stop = threading.Event()
    thread = threading.Thread(target=killer, args=(pids, stop))
    thread.start()
    try:
        return work()
    finally:
        stop.set()
        thread.join()


def pool_round():
    with multiprocessing.Pool(3) as pool:
        def work():
            try:
                return pool.map(square, range(ITEMS), 5) == EXPECTED
            except multiprocessing.ProcessError as error:
                assert "ended with exit code -9" in str(error), error
                return None

        outcome = with_killer(lambda: [p.pid for p in pool._pool], work)
        # The pool goes on to work, once it has found out who is dead.
        for _ in range(5):
            again = work()
            if again is not None:
                break
        return outcome, again


def executor_round():
    with ProcessPoolExecutor(3) as executor:
        def work():
            try:
                return list(executor.map(square, range(ITEMS), chunksize=5)) == EXPECTED
            except BrokenProcessPool:
                return None

        return with_killer(lambda: list(executor._processes or ()), work), True


if __name__ == "__main__":
    rounds = int(sys.argv[1])
    whole = lost = wrong = 0
    for i in range(rounds):
        outcome, again = (pool_round, executor_round)[i % 2]()
        whole += outcome is True
        lost += outcome is None
        wrong += outcome is False or not again
    left = multiprocessing.active_children()
    try:
        zombies = os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        zombies = None
    print(f"{rounds} rounds: {whole} whole, {lost} told of a lost worker, {wrong} wrong, {len(left)} left")
    sys.exit(bool(wrong or left or zombies))

"""Processes that calls are given to: each has a connection of its own, so that it is known what it works on.

Should one be killed, at whatever moment, its end of the connection closes and its job is told so; nobody else waits
for a lock that it held or reads half of what it wrote.

A *job* has three methods: start() says whether to begin it (not if it was cancelled), call() gives function,
arguments and keyword arguments, and finish(success, value) is told the end.
"""

import collections
import os
import threading

from . import connection
from .reduction import ForkingPickler

# How often in a row processes may end before they have begun to work.
_MOST_FALSE_STARTS = 8


def serve(conn, others, initializer, initargs, maxtasks, wrap, unsent):
    """What a worker does: calls until there are no more."""
    for fd in others:
        # Ends that other workers' parent has; they must not outlive it.
        os.close(fd)
    if initializer is not None:
        initializer(*initargs)
        conn.send(None)
    done = 0
    while maxtasks is None or done < maxtasks:
        try:
            task = conn.recv()
        except (EOFError, OSError):
            break
        except Exception as error:
            outcome = False, wrap(error)
        else:
            if task is None:
                break
            function, args, kwds = task
            try:
                outcome = True, function(*args, **kwds)
            except Exception as error:
                outcome = False, wrap(error)
            task = function = args = kwds = None
        try:
            data = ForkingPickler.dumps(outcome)
        except Exception as error:
            data = ForkingPickler.dumps((False, unsent(error, outcome[1])))
        try:
            conn._send_bytes(data)
        except OSError:
            break
        outcome = data = None
        done += 1


class _Worker:
    def __init__(self, process, conn, ready, left):
        self.process = process
        self.conn = conn
        # How many jobs it will do; None: any number.
        self.left = left
        # Whether its initializer has returned, if it has one.
        self.ready = ready
        self.job = None


class Engine:
    """A number of workers, the jobs that wait for one, and the thread that hears what they say."""

    def __init__(self, make_process, size, *, on_lost, initializer=None, wrap, unsent, extra=0, maxtasks=None,
                 all_at_once=True, name=None):
        self._make_process = make_process
        self._size = size
        self._on_lost = on_lost
        self._initializer = initializer
        self._functions = wrap, unsent
        self._maxtasks = maxtasks
        # How many jobs are begun beyond those that workers have.
        self._extra = extra
        self._all_at_once = all_at_once
        self.lock = threading.RLock()
        self.workers = []
        self._jobs = collections.deque()
        self._begun = collections.deque()
        self._false_starts = 0
        self.closed = self.ended = False
        # Makes the error that all jobs end with, once no worker will do one.
        self.broken = None
        self._wake_reader, self._wake_writer = connection.Pipe(duplex=False)
        self._woken = False
        if all_at_once:
            for _ in range(size):
                self._add_worker()
        self.thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.thread.start()

    def _add_worker(self):
        ours, theirs = connection.Pipe()
        others = [worker.conn.fileno() for worker in self.workers] + [ours.fileno()]
        process = self._make_process(theirs, others, self._maxtasks, *self._functions)
        try:
            process.start()
        finally:
            theirs.close()
        self.workers.append(_Worker(process, ours, self._initializer is None, self._maxtasks))

    def submit(self, jobs):
        """Take jobs, an iterable: a lazy one is read by the thread as workers become free."""
        with self.lock:
            if self.broken:
                self._jobs.extend(jobs)
                self.fail_all()
                return
            if isinstance(jobs, (list, tuple)):
                self._jobs.extend(jobs)
                if not self._all_at_once:
                    self._more_workers(len(jobs))
                self._dispatch()
            else:
                self._jobs.append(iter(jobs))
                self.wake()
                return
        if not self._all_at_once:
            # The thread must wait for the new workers too.
            self.wake()

    def _more_workers(self, needed):
        idle = sum([worker.job is None for worker in self.workers])
        while idle < needed and len(self.workers) < self._size:
            self._add_worker()
            idle += 1

    def wake(self):
        """Make the thread look around."""
        with self.lock:
            if not self._woken and not self.ended:
                self._woken = True
                self._wake_writer._send_bytes(b"")

    def _next_job(self, lazy):
        """The next job that is to begin; None if there is none."""
        while self._jobs:
            job = self._jobs.popleft()
            if hasattr(job, "finish"):
                if job.start():
                    return job
                continue
            if not lazy:
                self._jobs.appendleft(job)
                return None
            follower = next(job, None)
            if follower is not None:
                self._jobs.appendleft(job)
                return follower
        return None

    def _dispatch(self, lazy=False):
        for worker in self.workers:
            while worker.ready and worker.job is None and worker.left != 0:
                job = self._begun.popleft() if self._begun else self._next_job(lazy)
                if job is None:
                    return
                self._give(worker, job)
        while len(self._begun) < self._extra and self.workers:
            job = self._next_job(lazy)
            if job is None:
                return
            self._begun.append(job)

    def _give(self, worker, job):
        try:
            data = ForkingPickler.dumps(job.call())
        except Exception as error:
            job.finish(False, error)
            return
        worker.job = job
        if worker.left is not None:
            worker.left -= 1
        try:
            worker.conn._send_bytes(data)
        except OSError:
            # It has died: its end of the connection will tell.
            pass

    def _run(self):
        while True:
            by_conn = {worker.conn: worker for worker in list(self.workers)}
            try:
                ready = connection.wait([self._wake_reader, *by_conn])
            except OSError:
                ready = []
            if self.ended:
                break
            for conn in ready:
                if conn is self._wake_reader:
                    with self.lock:
                        conn._recv_bytes()
                        self._woken = False
                else:
                    self._hear(by_conn[conn])
            by_conn = ready = conn = None
            with self.lock:
                if self.broken is None:
                    self._dispatch(lazy=True)
                if self.closed and not self._jobs and not self._begun and not self._busy():
                    break
        self._end()

    def _busy(self):
        return any([worker.job is not None for worker in self.workers])

    def _hear(self, worker):
        try:
            outcome = worker.conn.recv()
        except (EOFError, OSError):
            self._lost(worker)
            return
        except Exception as error:
            outcome = False, error
        if outcome is None:
            worker.ready = True
            self._false_starts = 0
            return
        job, worker.job = worker.job, None
        if job is not None:
            job.finish(*outcome)

    def _lost(self, worker):
        """A worker has ended, after its last task or otherwise."""
        worker.process.join()
        with self.lock:
            if worker not in self.workers:
                return
            self.workers.remove(worker)
            worker.conn.close()
            job, worker.job = worker.job, None
            if not worker.ready:
                self._false_starts += 1
        self._on_lost(self, worker, job)

    def replace(self):
        """Start a worker instead of one that has ended."""
        with self.lock:
            if self._false_starts > _MOST_FALSE_STARTS:
                return False
            if not self.ended and not (self.closed and not self._jobs and not self._begun):
                while len(self.workers) < self._size:
                    self._add_worker()
        return True

    def fail_all(self, make_error=None):
        """No job will be done any more: tells them all."""
        with self.lock:
            self.broken = self.broken or make_error
            jobs = [worker.job for worker in self.workers if worker.job is not None]
            for worker in self.workers:
                worker.job = None
            jobs += self._begun
            self._begun.clear()
            while True:
                job = self._next_job(True)
                if job is None:
                    break
                jobs.append(job)
        for job in jobs:
            job.finish(False, self.broken())

    def drain(self):
        """The jobs that have not begun, which will not."""
        with self.lock:
            jobs = [job for job in self._jobs if hasattr(job, "finish")]
            self._jobs.clear()
        return jobs

    def close(self):
        """Take no more jobs; the workers end when all are done."""
        with self.lock:
            self.closed = True
            self.wake()

    def terminate(self):
        """End the workers, whatever they do."""
        with self.lock:
            if self.ended:
                return
            self.wake()
            self.closed = self.ended = True
            workers = list(self.workers)
        for worker in workers:
            worker.process.terminate()
        if threading.current_thread() is not self.thread:
            self.thread.join()

    def _end(self):
        with self.lock:
            terminated, self.ended = self.ended, True
            workers, self.workers = self.workers, []
        for worker in workers:
            if not terminated:
                try:
                    worker.conn.send(None)
                except OSError:
                    pass
        for worker in workers:
            worker.process.join()
            worker.conn.close()
        self._wake_reader.close()
        self._wake_writer.close()

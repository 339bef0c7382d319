"""Processes that calls are given to: each has a connection of its own, so that it is known what it works on.

Should one be killed, at whatever moment, its end of the connection closes and its job is told so; nobody else waits
for a lock that it held or reads half of what it wrote.

A worker that is quick is sent several small tasks, so that it need not wait for the next. Each has a word in memory
that the worker shares with its parent, and belongs to who exchanges its number there for zero: the worker that begins
it, or the parent that takes it back, for another worker that has nothing to do or because the worker has died. Tasks
that take their time are begun in their order.

A *job* has an attribute, task, which is function, arguments and keyword arguments, and two methods: start() says
whether to begin it (not if it was cancelled), and finish(success, value) is told the end.
"""

import collections
import os
import threading
import time

import _multiprocessing
import _pickle

from . import connection
from .heap import Block
from .reduction import ForkingPickler

# How often in a row processes may end before they have begun to work.
_MOST_FALSE_STARTS = 8

# How many tasks a worker has at most, and how many messages it may have to read: writing them must not have to wait,
# so only small ones are sent to a worker that has something to do.
_DEPTH = 16
_MOST_UNREAD = 2 * _DEPTH
_SMALL = 4096
# Who answers within so many seconds is quick.
_QUICK = 0.001


def serve(conn, others, claims, initializer, initargs, maxtasks, wrap, unsent):
    """What a worker does: calls until there are no more."""
    for fd in others:
        # Ends that other workers' parent has; they must not outlive it.
        os.close(fd)
    if initializer is not None:
        initializer(*initargs)
        conn.send(None)
    receive = _multiprocessing.Inbox(conn.fileno()).task
    reducers = ForkingPickler._extra_reducers
    done = 0
    while maxtasks is None or done < maxtasks:
        try:
            place, number, data = receive()
        except (EOFError, OSError):
            break
        if number and not claims.region.exchange(claims.offset + place, number, 0):
            # It was taken back.
            continue
        try:
            task = ForkingPickler.loads(data)
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
            data = _pickle._dumps_with(outcome, None, reducers)
        except Exception as error:
            data = ForkingPickler.dumps((False, unsent(error, outcome[1])))
        try:
            conn._send_bytes(data)
        except OSError:
            break
        outcome = data = None
        done += 1


class _Worker:
    def __init__(self, process, conn, claims, ready, left):
        self.process = process
        self.conn = conn
        self.receive = _multiprocessing.Inbox(conn.fileno()).some
        self.claims = claims
        self._set_claim = claims.region.set
        # How many jobs it will do; None: any number.
        self.left = left
        # Whether its initializer has returned, if it has one.
        self.ready = ready
        # What it has been sent and not answered: (job, data, place, number).
        self.tasks = collections.deque()
        # Those that are still to be written.
        self._unsent = []
        self._places = list(range(0, 4 * _DEPTH, 4))
        self._number = self._unread = 0
        # How many tasks it is worth sending, and since when it has worked on the first.
        self._depth = 1
        self._since = 0

    def room(self, most):
        """How many tasks it may be sent, if it is to have so many at most."""
        if not self.ready or self.left == 0:
            return 0
        has = len(self.tasks)
        if not has:
            return 1
        if most > self._depth:
            most = self._depth
        room, unread = most - has, _MOST_UNREAD - self._unread
        if room > unread:
            room = unread
        return room if self.left is None or room < self.left else self.left

    def send(self, job, data):
        """Note a task that flush() is to send, to be claimed by who begins it."""
        place = self._places.pop()
        self._number = number = self._number % 0x7FFFFFFF + 1
        self._set_claim(self.claims.offset + place, "I", number)
        if not self.tasks:
            self._since = time.monotonic()
        # Large ones are made again if that should be needed.
        self.tasks.append((job, data if len(data) <= _SMALL else None, place, number))
        self._unread += 1
        if self.left is not None:
            self.left -= 1
        self._unsent.append((place, number, data))

    def flush(self):
        """Write the tasks that are not written yet."""
        unsent, self._unsent = self._unsent, []
        if unsent:
            try:
                _multiprocessing.send_tasks(self.conn.fileno(), unsent)
            except OSError:
                # It has died: its end of the connection will tell.
                pass

    def take_back(self):
        """The last task if the worker has not begun it, as (job, data); otherwise None."""
        job, data, place, number = self.tasks[-1]
        if not self.claims.region.exchange(self.claims.offset + place, number, 0):
            return None
        self.tasks.pop()
        self._places.append(place)
        if self.left is not None:
            self.left += 1
        return job, data

    def answered(self, now):
        """The job that has ended: the first."""
        job, _, place, _ = self.tasks.popleft()
        self._places.append(place)
        self._unread = len(self.tasks)
        if now - self._since >= _QUICK:
            self._depth = 1
        elif self._depth < _DEPTH:
            self._depth += 1
        self._since = now
        return job


class _Lazy:
    """Jobs that are made as workers become free."""

    def __init__(self, jobs):
        self.jobs = iter(jobs)


class Engine:
    """A number of workers, the jobs that wait for one, and the thread that hears what they say."""

    def __init__(self, make_process, size, *, on_lost, initializer=None, wrap, unsent, extra=None, maxtasks=None,
                 all_at_once=True, name=None):
        self._make_process = make_process
        self._size = size
        self._on_lost = on_lost
        self._initializer = initializer
        self._functions = wrap, unsent
        self._maxtasks = maxtasks
        # How many jobs are begun beyond those that workers can do; None: any number.
        self._extra = extra
        self._all_at_once = all_at_once
        self.lock = threading.RLock()
        self.workers = []
        self._jobs = collections.deque()
        # Jobs that have been begun and that no worker has, each with its data or None.
        self._begun = collections.deque()
        self._false_starts = 0
        self.closed = self.ended = False
        # Makes the error that all jobs end with, once no worker will do one.
        self.broken = None
        self._wake_reader, self._wake_writer = connection.Pipe(duplex=False)
        self._woken = False
        if all_at_once:
            try:
                for _ in range(size):
                    self._add_worker()
            except BaseException:
                # There is no engine then, and nobody else to end them.
                for worker in self.workers:
                    worker.process.terminate()
                for worker in self.workers:
                    worker.process.join()
                    worker.conn.close()
                raise
        self.thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.thread.start()

    def _add_worker(self):
        ours, theirs = connection.Pipe()
        others = [worker.conn.fileno() for worker in self.workers] + [ours.fileno()]
        claims = Block(4 * _DEPTH)
        process = self._make_process(theirs, others, claims, self._maxtasks, *self._functions)
        try:
            process.start()
        finally:
            theirs.close()
        self.workers.append(_Worker(process, ours, claims, self._initializer is None, self._maxtasks))

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
                self._jobs.append(_Lazy(jobs))
                self.wake()
                return
        if not self._all_at_once:
            # The thread must wait for the new workers too.
            self.wake()

    def _more_workers(self, needed):
        idle = sum([not worker.tasks for worker in self.workers])
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
            if not isinstance(job, _Lazy):
                if job.start():
                    return job
                continue
            if not lazy:
                self._jobs.appendleft(job)
                return None
            follower = next(job.jobs, None)
            if follower is not None:
                self._jobs.appendleft(job)
                return follower
        return None

    def _begin(self, lazy):
        """The next job, unless enough have been begun; None if there is none."""
        if self._extra is not None:
            begun = len(self._begun) + sum([len(worker.tasks) for worker in self.workers])
            if begun >= len(self.workers) + self._extra:
                return None
        return self._next_job(lazy)

    def _dispatch(self, lazy=False):
        """Give all workers what there is to do, one task each and then more."""
        for most in (1, 4, _DEPTH) if self._jobs or self._begun else ():
            for worker in self.workers:
                if not self._fill(worker, most, lazy):
                    break
        while self._extra is not None and len(self._begun) < self._extra and self.workers:
            job = self._begin(lazy)
            if job is None:
                break
            self._begun.append((job, None))
        for worker in self.workers:
            if not worker.tasks:
                self._share(worker)

    def _fill(self, worker, most, lazy):
        """Give a worker up to so many tasks; whether there was enough to do."""
        try:
            while (room := worker.room(most)) > 0:
                for _ in range(room):
                    job, data = self._begun.popleft() if self._begun else (self._begin(lazy), None)
                    if job is None or not self._give(worker, job, data):
                        return False
            return True
        finally:
            worker.flush()

    def _share(self, worker):
        """No job is left: a worker that has nothing to do gets what another one has not begun."""
        if worker.room(1) > 0:
            busiest = max(self.workers, key=lambda other: len(other.tasks))
            task = busiest.take_back() if len(busiest.tasks) > 1 else None
            if task is not None:
                self._give(worker, *task)
                worker.flush()

    def _give(self, worker, job, data):
        """Send a task to a worker; whether that could be done at once."""
        if data is None:
            try:
                data = _pickle._dumps_with(job.task, None, ForkingPickler._extra_reducers)
            except Exception as error:
                job.finish(False, error)
                return True
        if worker.tasks and len(data) > _SMALL:
            self._begun.appendleft((job, data))
            return False
        worker.send(job, data)
        return True

    def _run(self):
        wake = self._wake_reader.fileno()
        workers = None
        while True:
            if workers != self.workers:
                workers = list(self.workers)
                by_fd = {worker.conn.fileno(): worker for worker in workers}
                fds = [wake, *by_fd]
            try:
                ready = _multiprocessing.wait(fds)
            except OSError:
                ready = ()
            if self.ended:
                break
            for fd in ready:
                if fd != wake:
                    self._hear(by_fd[fd])
            with self.lock:
                if wake in ready:
                    self._wake_reader._recv_bytes()
                    self._woken = False
                if self.broken is None:
                    if wake in ready or workers != self.workers:
                        self._dispatch(lazy=True)
                if self.closed and not self._jobs and not self._begun and not self._busy():
                    break
        workers = by_fd = ready = None
        self._end()

    def _busy(self):
        return any([worker.tasks for worker in self.workers])

    def _hear(self, worker):
        try:
            messages = worker.receive()
        except (EOFError, OSError):
            self._lost(worker)
            return
        finished = []
        now = time.monotonic()
        with self.lock:
            for data in messages:
                try:
                    outcome = ForkingPickler.loads(data)
                except Exception as error:
                    outcome = False, error
                if outcome is None:
                    worker.ready = True
                    self._false_starts = 0
                elif worker.tasks:
                    finished.append((worker.answered(now), outcome))
            if self.broken is None and not self.ended:
                # Before the results are looked at, so that it need not wait for that.
                if self._extra is not None:
                    self._dispatch(True)
                elif self._jobs or self._begun:
                    self._fill(worker, _DEPTH, True)
                elif not worker.tasks:
                    self._share(worker)
        while finished:
            job, outcome = finished.pop(0)
            job.finish(*outcome)
            job = outcome = None

    def _lost(self, worker):
        """A worker has ended, after its last task or otherwise."""
        worker.process.join()
        job = None
        with self.lock:
            if worker not in self.workers:
                return
            self.workers.remove(worker)
            worker.conn.close()
            # What it has not begun is left for others.
            while worker.tasks:
                task = worker.take_back()
                if task is None:
                    job = worker.answered(time.monotonic())
                    break
                self._begun.appendleft(task)
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
            jobs = []
            for worker in self.workers:
                while worker.tasks:
                    jobs.append(worker.answered(0))
            jobs += [job for job, _ in self._begun]
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
            jobs = [job for job in self._jobs if not isinstance(job, _Lazy)]
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
                    worker.conn._send_bytes(bytes(8) + ForkingPickler.dumps(None))
                except OSError:
                    pass
        for worker in workers:
            worker.process.join()
            worker.conn.close()
        self._wake_reader.close()
        self._wake_writer.close()

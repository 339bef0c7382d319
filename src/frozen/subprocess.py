"""Running other programs, with pipes to and from them."""

import _spawn
import contextlib
import errno
import io
import os
import selectors
import signal
import threading
import time
from types import GenericAlias

__all__ = [
    "Popen", "PIPE", "STDOUT", "call", "check_call", "getstatusoutput", "getoutput", "check_output", "run",
    "CalledProcessError", "DEVNULL", "SubprocessError", "TimeoutExpired", "CompletedProcess",
]

PIPE = -1
STDOUT = -2
DEVNULL = -3

_CHUNK = 32768


class SubprocessError(Exception):
    """What goes wrong with other programs."""


class CalledProcessError(SubprocessError):
    """A program has ended with an exit code other than 0."""

    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = output
        self.stderr = stderr

    def __str__(self):
        if self.returncode and self.returncode < 0:
            try:
                return f"Command '{self.cmd}' died with {signal.Signals(-self.returncode)!r}."
            except ValueError:
                return f"Command '{self.cmd}' died with unknown signal {-self.returncode}."
        return f"Command '{self.cmd}' returned non-zero exit status {self.returncode}."

    @property
    def stdout(self):
        """The same as `output`."""
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class TimeoutExpired(SubprocessError):
    """A program has not ended in time."""

    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd = cmd
        self.timeout = timeout
        self.output = output
        self.stderr = stderr

    def __str__(self):
        return f"Command '{self.cmd}' timed out after {self.timeout} seconds"

    @property
    def stdout(self):
        """The same as `output`."""
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class CompletedProcess:
    """A program that has ended: its arguments, exit code and output."""

    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args = args
        self.returncode = returncode
        self.stdout = stdout
        self.stderr = stderr

    def __repr__(self):
        parts = [f"args={self.args!r}", f"returncode={self.returncode!r}"]
        if self.stdout is not None:
            parts.append(f"stdout={self.stdout!r}")
        if self.stderr is not None:
            parts.append(f"stderr={self.stderr!r}")
        return f"{type(self).__name__}({', '.join(parts)})"

    __class_getitem__ = classmethod(GenericAlias)

    def check_returncode(self):
        """CalledProcessError unless the exit code is 0."""
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    """Run a program to its end: a CompletedProcess."""
    if input is not None:
        if kwargs.get("stdin") is not None:
            raise ValueError("stdin and input arguments may not both be used.")
        kwargs["stdin"] = PIPE
    if capture_output:
        if kwargs.get("stdout") is not None or kwargs.get("stderr") is not None:
            raise ValueError("stdout and stderr arguments may not be used with capture_output.")
        kwargs["stdout"] = kwargs["stderr"] = PIPE
    with Popen(*popenargs, **kwargs) as process:
        try:
            stdout, stderr = process.communicate(input, timeout=timeout)
        except TimeoutExpired:
            process.kill()
            process.wait()
            raise
        except:
            process.kill()
            raise
        code = process.poll()
        if check and code:
            raise CalledProcessError(code, process.args, output=stdout, stderr=stderr)
    return CompletedProcess(process.args, code, stdout, stderr)


def call(*popenargs, timeout=None, **kwargs):
    """Run a program to its end; its exit code."""
    with Popen(*popenargs, **kwargs) as process:
        try:
            return process.wait(timeout=timeout)
        except:
            process.kill()
            raise


def check_call(*popenargs, **kwargs):
    """Run a program to its end; CalledProcessError unless its exit code is 0."""
    code = call(*popenargs, **kwargs)
    if code:
        cmd = kwargs.get("args")
        raise CalledProcessError(code, popenargs[0] if cmd is None else cmd)
    return 0


def check_output(*popenargs, timeout=None, **kwargs):
    """Run a program to its end; its output."""
    for name in ("stdout", "check"):
        if name in kwargs:
            raise ValueError(f"{name} argument not allowed, it will be overridden.")
    if "input" in kwargs and kwargs["input"] is None:
        text = kwargs.get("universal_newlines") or kwargs.get("text") or kwargs.get("encoding") or kwargs.get("errors")
        kwargs["input"] = "" if text else b""
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


def getstatusoutput(cmd, *, encoding=None, errors=None):
    """Run a command by the shell: its exit code and all that it writes, without the last line end."""
    try:
        output = check_output(cmd, shell=True, text=True, stderr=STDOUT, encoding=encoding, errors=errors)
        code = 0
    except CalledProcessError as e:
        output, code = e.output, e.returncode
    return code, output.removesuffix("\n")


def getoutput(cmd, *, encoding=None, errors=None):
    """Run a command by the shell: all that it writes."""
    return getstatusoutput(cmd, encoding=encoding, errors=errors)[1]


def list2cmdline(seq):
    """Arguments as one line, in the notation of another system."""
    words = []
    for arg in map(os.fsdecode, seq):
        quote = not arg or " " in arg or "\t" in arg
        word, slashes = "", 0
        for c in arg:
            if c == "\\":
                slashes += 1
                continue
            word += "\\" * (slashes * 2 + 1 if c == '"' else slashes) + c
            slashes = 0
        word += "\\" * (slashes * 2 if quote else slashes)
        words.append(f'"{word}"' if quote else word)
    return " ".join(words)


class _Ends:
    """The descriptors of a start: what the child gets, what stays, and what is to be closed."""

    def __init__(self, pipesize):
        self.opened = []
        self.pipesize = pipesize

    def pipe(self):
        r, w = os.pipe()
        self.opened += (r, w)
        if self.pipesize > 0:
            import fcntl

            fcntl.fcntl(w, fcntl.F_SETPIPE_SZ, self.pipesize)
        return r, w

    def close(self, fds):
        for fd in fds:
            if fd in self.opened:
                self.opened.remove(fd)
                os.close(fd)


# Children that nobody refers to any more, but that have not ended.
_active = []


def _cleanup():
    """Ask for the end of those."""
    for child in _active[:]:
        if child.poll() is not None:
            with contextlib.suppress(ValueError):
                _active.remove(child)


def _number_of(given, find, kind, wrong):
    """The number of a user or group that is given by that or by its name."""
    if isinstance(given, str):
        given = find(given)
    elif not isinstance(given, int):
        raise TypeError(wrong)
    if given < 0:
        raise ValueError(f"{kind} ID cannot be negative, got {given}")
    return given


def _user(user):
    if user is None:
        return None
    import pwd

    return _number_of(user, lambda name: pwd.getpwnam(name).pw_uid, "User", "User must be a string or an integer")


def _group_number(name):
    import grp

    return grp.getgrnam(name).gr_gid


def _group(group):
    if group is None:
        return None
    return _number_of(group, _group_number, "Group", f"Group must be a string or an integer, not {type(group)}")


def _extra_groups(groups):
    if groups is None:
        return None
    if isinstance(groups, str):
        raise ValueError("Groups must be a list, not a string")
    return [
        _number_of(g, _group_number, "Group", f"Items in extra_groups must be a string or integer, not {type(g)}")
        for g in groups
    ]


class Popen:
    """A program that runs beside this one."""

    _child_created = False

    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None,
                 close_fds=True, shell=False, cwd=None, env=None, universal_newlines=None, startupinfo=None,
                 creationflags=0, restore_signals=True, start_new_session=False, pass_fds=(), *, user=None, group=None,
                 extra_groups=None, encoding=None, errors=None, text=None, umask=-1, pipesize=-1, process_group=None):
        # Only one thread may ask the system, which tells only once.
        self._waitpid_lock = threading.Lock()
        self._input = None
        self._communication_started = False
        if bufsize is None:
            bufsize = -1
        if not isinstance(bufsize, int):
            raise TypeError("bufsize must be an integer")
        if startupinfo is not None:
            raise ValueError("startupinfo is only supported on Windows platforms")
        if creationflags != 0:
            raise ValueError("creationflags is only supported on Windows platforms")
        if text is not None and universal_newlines is not None and bool(universal_newlines) != bool(text):
            raise SubprocessError("Cannot disambiguate when both text and universal_newlines are supplied but "
                                  "different. Pass one or the other.")
        self.args = args
        self.stdin = self.stdout = self.stderr = None
        self.pid = None
        self.returncode = None
        self.encoding = encoding
        self.errors = errors
        self.text_mode = encoding or errors or text or universal_newlines
        if pass_fds and not close_fds:
            import warnings

            warnings.warn("pass_fds overriding close_fds.", RuntimeWarning, stacklevel=2)
        _cleanup()
        ends = _Ends(pipesize)
        try:
            kept, given = self._streams(stdin, stdout, stderr, ends)
            owner = _extra_groups(extra_groups), _group(group), _user(user)
            self._start(args, executable, shell, cwd, env, given, close_fds or bool(pass_fds), pass_fds,
                        preexec_fn, restore_signals, start_new_session, process_group, umask, owner)
            ends.close([fd for fd in given if fd in ends.opened and fd not in kept])
        except BaseException:
            ends.close(list(ends.opened))
            raise
        line_buffered = self.text_mode and bufsize == 1
        size = -1 if line_buffered else bufsize
        for name, fd, mode in zip(("stdin", "stdout", "stderr"), kept, ("wb", "rb", "rb")):
            if fd < 0:
                continue
            stream = io.open(fd, mode, size)
            if self.text_mode:
                stream = io.TextIOWrapper(stream, encoding=encoding, errors=errors,
                                          **({"write_through": True, "line_buffering": line_buffered} if mode == "wb" else {}))
            setattr(self, name, stream)

    @staticmethod
    def _streams(stdin, stdout, stderr, ends):
        """What stays here and what the child gets, of each stream; -1: nothing, or what it is."""
        kept, given = [-1, -1, -1], [-1, -1, -1]
        for i, wanted in enumerate((stdin, stdout, stderr)):
            if wanted is None:
                pass
            elif wanted == PIPE and not hasattr(wanted, "fileno"):
                r, w = ends.pipe()
                kept[i], given[i] = (w, r) if i == 0 else (r, w)
            elif wanted == STDOUT and i == 2 and not hasattr(wanted, "fileno"):
                given[2] = given[1] if given[1] >= 0 else 1
            elif wanted == DEVNULL and not hasattr(wanted, "fileno"):
                given[i] = os.open(os.devnull, os.O_RDWR)
                ends.opened.append(given[i])
            elif isinstance(wanted, int):
                given[i] = wanted
            else:
                given[i] = wanted.fileno()
        return kept, given

    def _start(self, args, executable, shell, cwd, env, streams, close_fds, pass_fds, preexec_fn, restore_signals,
               new_session, group, umask, owner):
        if isinstance(args, (str, bytes)):
            args = [args]
        elif isinstance(args, os.PathLike):
            if shell:
                raise TypeError("path-like args is not allowed when shell is true")
            args = [args]
        else:
            args = list(args)
        if shell:
            args = ["/bin/sh", "-c"] + args
            if executable:
                args[0] = executable
        if executable is None:
            executable = args[0]
        name = os.fsdecode(executable)
        if os.path.dirname(name):
            programs = [name]
        else:
            programs = [os.path.join(os.fsdecode(folder), name) for folder in os.get_exec_path(env)]
        variables = None
        if env is not None:
            variables = []
            for k, v in env.items():
                k = os.fsencode(k)
                if b"=" in k:
                    raise ValueError("illegal environment variable name")
                variables.append(k + b"=" + os.fsencode(v))
        words = [os.fsencode(word) for word in args]
        if preexec_fn is not None:
            result = self._start_by_fork(programs, words, env, cwd, streams, close_fds, pass_fds, preexec_fn,
                                         restore_signals, new_session, group, umask, owner)
        else:
            pid, in_folder = _spawn.fork_exec(
                programs, words, variables, cwd, tuple(streams), close_fds, new_session, restore_signals,
                [int(fd) for fd in pass_fds], -1 if group is None else group, umask, *owner)
            result = (pid, in_folder)
        pid, in_folder = result
        if pid < 0:
            number = -pid
            if number == errno.ENOENT or in_folder:
                raise OSError(number, os.strerror(number), cwd if in_folder else executable)
            raise OSError(number, os.strerror(number), executable)
        self.pid = pid
        self._child_created = True

    @staticmethod
    def _start_by_fork(programs, words, env, cwd, streams, close_fds, pass_fds, preexec_fn, restore_signals,
                       new_session, group, umask, owner):
        """With a function to be called in the child, that has to be a whole copy of this process."""
        r, w = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                stage = b"S"
                streams = [os.dup(fd) if 0 <= fd < 3 else fd for fd in streams]
                for i, fd in enumerate(streams):
                    if fd >= 0:
                        os.dup2(fd, i)
                if cwd is not None:
                    stage = b"F"
                    os.chdir(cwd)
                if umask >= 0:
                    os.umask(umask)
                if new_session:
                    os.setsid()
                if group is not None and group >= 0:
                    os.setpgid(0, group)
                for become, ids in zip((os.setgroups, os.setregid, os.setreuid), owner):
                    if ids is not None:
                        become(*((ids,) if become is os.setgroups else (ids, ids)))
                if restore_signals:
                    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
                stage = b"P"
                preexec_fn()
                stage = b"E"
                for fd in pass_fds:
                    os.set_inheritable(fd, True)
                if close_fds:
                    # The pipe for errors closes itself when the program starts.
                    start = 3
                    for fd in sorted({int(fd) for fd in pass_fds if int(fd) >= 3} | {w}):
                        os.closerange(start, fd)
                        start = fd + 1
                    os.closerange(start, os.sysconf("SC_OPEN_MAX"))
                for i, program in enumerate(programs):
                    try:
                        if env is None:
                            os.execv(program, words)
                        os.execve(program, words, env)
                    except (FileNotFoundError, NotADirectoryError):
                        if i == len(programs) - 1:
                            raise
            except OSError as e:
                os.write(w, stage + str(e.errno).encode())
            except BaseException:
                os.write(w, b"P")
            finally:
                os._exit(255)
        os.close(w)
        told = os.read(r, 100)
        os.close(r)
        if not told:
            return pid, False
        os.waitpid(pid, 0)
        if told[:1] == b"P":
            raise SubprocessError("Exception occurred in preexec_fn.")
        return -int(told[1:]), told[:1] == b"F"

    def __repr__(self):
        text = f"<{type(self).__name__}: returncode: {self.returncode} args: {self.args!r}>"
        return text if len(text) <= 80 else text[:76] + "...>"

    __class_getitem__ = classmethod(GenericAlias)

    @property
    def universal_newlines(self):
        """The same as `text_mode`."""
        return self.text_mode

    @universal_newlines.setter
    def universal_newlines(self, value):
        self.text_mode = bool(value)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, value, traceback):
        for stream in (self.stdout, self.stderr):
            if stream:
                stream.close()
        try:
            if self.stdin:
                self.stdin.close()
        finally:
            if exc_type == KeyboardInterrupt:
                # The child got Ctrl-C too: it has a moment to end.
                with contextlib.suppress(TimeoutExpired):
                    self.wait(timeout=0.25)
                return
            self.wait()

    def __del__(self, _warn=None):
        if not self._child_created or self.returncode is not None:
            return
        import warnings

        warnings.warn(f"subprocess {self.pid} is still running", ResourceWarning, source=self)
        if self.poll() is None:
            # Whoever starts the next one sees to it that it does not stay a zombie.
            _active.append(self)

    # Its end

    def _ask(self, options):
        try:
            pid, status = os.waitpid(self.pid, options)
        except ChildProcessError:
            # Somebody else has waited for it, and its exit code is lost.
            pid, status = self.pid, 0
        if pid == self.pid:
            self.returncode = os.waitstatus_to_exitcode(status)

    def poll(self):
        """The exit code if it has ended, else None."""
        if self.returncode is None and self._waitpid_lock.acquire(False):
            try:
                if self.returncode is None:
                    self._ask(os.WNOHANG)
            finally:
                self._waitpid_lock.release()
        return self.returncode

    def wait(self, timeout=None):
        """Wait until it has ended; its exit code, negative for a signal."""
        if timeout is None:
            while self.returncode is None:
                with self._waitpid_lock:
                    if self.returncode is None:
                        self._ask(0)
            return self.returncode
        end = time.monotonic() + timeout
        delay = 0.0005
        while self.poll() is None:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutExpired(self.args, timeout)
            delay = min(delay * 2, left, 0.05)
            time.sleep(delay)
        return self.returncode

    def send_signal(self, sig):
        """Send it a signal, unless it has ended."""
        self.poll()
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, sig)

    def terminate(self):
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self):
        """End it."""
        self.send_signal(signal.SIGKILL)

    # Talking

    def communicate(self, input=None, timeout=None):
        """Send it input and read all output until it ends: (stdout, stderr)."""
        if self._communication_started and input:
            raise ValueError("Cannot send input after starting communication")
        streams = [self.stdin, self.stdout, self.stderr]
        if timeout is None and not self._communication_started and streams.count(None) >= 2:
            stdout = stderr = None
            if self.stdin:
                self._write_all(input)
            elif self.stdout:
                stdout = self.stdout.read()
                self.stdout.close()
            elif self.stderr:
                stderr = self.stderr.read()
                self.stderr.close()
            self.wait()
            return stdout, stderr
        end = None if timeout is None else time.monotonic() + timeout
        try:
            stdout, stderr = self._communicate(input, end, timeout)
        finally:
            self._communication_started = True
        self.wait(timeout=None if end is None else max(end - time.monotonic(), 0))
        return stdout, stderr

    def _write_all(self, data):
        try:
            if data:
                self.stdin.write(data)
            self.stdin.close()
        except BrokenPipeError:
            # It does not want to read it.
            pass

    def _communicate(self, input, end, timeout):
        if self.stdin and not self._communication_started:
            with contextlib.suppress(BrokenPipeError):
                self.stdin.flush()
            if not input:
                with contextlib.suppress(BrokenPipeError):
                    self.stdin.close()
        if not self._communication_started:
            self._output = {stream: [] for stream in (self.stdout, self.stderr) if stream}
            if self.stdin and input is not None:
                if self.text_mode:
                    input = input.encode(self.stdin.encoding, self.stdin.errors)
                self._input = memoryview(input).cast("B") if not isinstance(input, bytes) else input
                self._sent = 0
        with selectors.DefaultSelector() as selector:
            if self.stdin and not self.stdin.closed and self._input:
                selector.register(self.stdin, selectors.EVENT_WRITE)
                os.set_blocking(self.stdin.fileno(), False)
            for stream in self._output:
                if not stream.closed:
                    selector.register(stream, selectors.EVENT_READ)
            while selector.get_map():
                left = None if end is None else end - time.monotonic()
                if left is not None and left < 0:
                    self._expire(timeout)
                ready = selector.select(left)
                if end is not None and time.monotonic() > end:
                    self._expire(timeout)
                for key, _ in ready:
                    if key.fileobj is self.stdin:
                        self._send_some(selector)
                        continue
                    data = os.read(key.fd, _CHUNK)
                    if data:
                        self._output[key.fileobj].append(data)
                    else:
                        selector.unregister(key.fileobj)
                        key.fileobj.close()
        self.wait(timeout=None if end is None else max(end - time.monotonic(), 0))
        return self._collected(self.stdout), self._collected(self.stderr)

    def _send_some(self, selector):
        try:
            self._sent += os.write(self.stdin.fileno(), self._input[self._sent:self._sent + _CHUNK])
        except BlockingIOError:
            return
        except BrokenPipeError:
            self._sent = len(self._input)
        if self._sent >= len(self._input):
            selector.unregister(self.stdin)
            with contextlib.suppress(BrokenPipeError):
                self.stdin.close()

    def _collected(self, stream):
        if stream is None:
            return None
        data = b"".join(self._output[stream])
        if self.text_mode:
            return data.decode(stream.encoding, stream.errors).replace("\r\n", "\n").replace("\r", "\n")
        return data

    def _expire(self, timeout):
        out, err = (b"".join(self._output[s]) if s and self._output.get(s) else None for s in (self.stdout, self.stderr))
        raise TimeoutExpired(self.args, timeout, output=out, stderr=err)

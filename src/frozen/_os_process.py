"""The part of `os` that is about processes."""

import posix
from _os_results import _Result
from posix import (
    EX_OK, P_NOWAIT, P_NOWAITO, P_WAIT, WCONTINUED, WUNTRACED, dup2, execv, execve, fork, get_blocking, get_inheritable,
    getloadavg, getpgid, getpgrp, getsid, kill, killpg, nice, pipe2, set_blocking, set_inheritable, setpgid, setsid,
    wait, waitpid,
)

__all__ = [n for n in globals() if not n.startswith("_") and n != "posix"] + [
    "WCOREDUMP", "WEXITSTATUS", "WIFCONTINUED", "WIFEXITED", "WIFSIGNALED", "WIFSTOPPED", "WSTOPSIG", "WTERMSIG",
    "abort", "execl", "execle", "execlp", "execlpe", "execvp", "execvpe", "get_exec_path", "popen", "spawnl", "spawnle",
    "spawnlp", "spawnlpe", "spawnv", "spawnve", "spawnvp", "spawnvpe", "times", "times_result", "wait3", "wait4", "waitid",
    "waitid_result", "waitstatus_to_exitcode",
]


def WIFEXITED(status):
    """Whether a process has ended by itself."""
    return status & 0x7F == 0


def WEXITSTATUS(status):
    """The exit code of such a process."""
    return status >> 8 & 0xFF


def WIFSIGNALED(status):
    """Whether a process has been ended by a signal."""
    return status & 0x7F not in (0, 0x7F)


def WTERMSIG(status):
    """That signal."""
    return status & 0x7F


def WCOREDUMP(status):
    """Whether its memory was written to a file."""
    return status & 0x80 != 0


def WIFSTOPPED(status):
    """Whether a process has been stopped."""
    return status & 0xFF == 0x7F


def WSTOPSIG(status):
    """The signal that did it."""
    return status >> 8 & 0xFF


def WIFCONTINUED(status):
    """Whether a stopped process goes on."""
    return status == 0xFFFF


def waitstatus_to_exitcode(status):
    """The exit code, or the negative number of the signal."""
    if WIFEXITED(status):
        return WEXITSTATUS(status)
    if WIFSTOPPED(status):
        raise ValueError(f"process stopped by delivery of signal {WSTOPSIG(status)}")
    if WIFSIGNALED(status):
        return -WTERMSIG(status)
    raise ValueError(f"invalid wait status: {status}")


def abort():
    """End the process by SIGABRT."""
    import signal

    signal.signal(signal.SIGABRT, signal.SIG_DFL)
    kill(posix.getpid(), signal.SIGABRT)


def get_exec_path(env=None):
    """The folders in which programs are looked for."""
    if env is None:
        import os

        env = os.environ
    return env.get("PATH", "/bin:/usr/bin").split(":")


def execvpe(file, args, env=None):
    """Become another program, which is looked for in the path unless its name has a slash."""
    import os

    name = os.fspath(file)
    name = os.fsdecode(name)
    become = (lambda path: execve(path, args, env)) if env is not None else (lambda path: execv(path, args))
    if "/" in name:
        become(name)
        return
    worst = None
    for folder in get_exec_path(env):
        try:
            become(os.path.join(folder, name))
        except (FileNotFoundError, NotADirectoryError) as e:
            last = e
        except OSError as e:
            worst = worst or e
    raise worst or last


def execvp(file, args):
    """Become another program, which is looked for in the path."""
    execvpe(file, args)


def execl(file, *args):
    """Become another program; its arguments follow."""
    execv(file, args)


def execle(file, *args):
    """Become another program; its arguments follow, then the environment."""
    execve(file, args[:-1], args[-1])


def execlp(file, *args):
    """Become another program, which is looked for in the path; its arguments follow."""
    execvpe(file, args)


def execlpe(file, *args):
    """Become another program, which is looked for in the path; its arguments and the environment follow."""
    execvpe(file, args[:-1], args[-1])


def _spawn(mode, file, args, become):
    if not isinstance(args, (tuple, list)):
        raise TypeError("argv must be a tuple or a list")
    if not args or not args[0]:
        raise ValueError("argv first element cannot be empty")
    pid = fork()
    if not pid:
        try:
            become()
        finally:
            posix._exit(127)
    if mode == P_NOWAIT:
        return pid
    return waitstatus_to_exitcode(waitpid(pid, 0)[1])


def spawnv(mode, file, args):
    """Run a program; its exit code, or the number of its process for P_NOWAIT."""
    return _spawn(mode, file, args, lambda: execv(file, args))


def spawnve(mode, file, args, env):
    """The same with an environment."""
    return _spawn(mode, file, args, lambda: execve(file, args, env))


def spawnvp(mode, file, args):
    """The same with a program that is looked for in the path."""
    return _spawn(mode, file, args, lambda: execvpe(file, args))


def spawnvpe(mode, file, args, env):
    """The same with both."""
    return _spawn(mode, file, args, lambda: execvpe(file, args, env))


def spawnl(mode, file, *args):
    """Run a program whose arguments follow."""
    return spawnv(mode, file, args)


def spawnle(mode, file, *args):
    """Run a program whose arguments and environment follow."""
    return spawnve(mode, file, args[:-1], args[-1])


def spawnlp(mode, file, *args):
    """Run a program of the path whose arguments follow."""
    return spawnvp(mode, file, args)


def spawnlpe(mode, file, *args):
    """Run a program of the path whose arguments and environment follow."""
    return spawnvpe(mode, file, args[:-1], args[-1])


def wait4(pid, options):
    """Wait for a child: its number, its status, and what it has used."""
    import resource  # the usage is of a type of that module

    return posix._wait4(pid, options)


def wait3(options):
    """Wait for any child: its number, its status, and what it has used."""
    return wait4(-1, options)


class waitid_result(_Result, visible="si_pid si_uid si_signo si_status si_code".split()):
    """What became of a child."""


def waitid(idtype, id, options):
    """Wait for a child: what became of it; None if that is not known yet."""
    found = posix._waitid(idtype, id, options)
    return None if found is None else waitid_result(found)


class times_result(tuple):
    """Processor times, of the process and its children, and the time since some moment."""

    __slots__ = ()
    user = property(lambda self: self[0])
    system = property(lambda self: self[1])
    children_user = property(lambda self: self[2])
    children_system = property(lambda self: self[3])
    elapsed = property(lambda self: self[4])

    def __repr__(self):
        names = ("user", "system", "children_user", "children_system", "elapsed")
        return "posix.times_result(%s)" % ", ".join(f"{n}={v!r}" for n, v in zip(names, self))


def times():
    """Processor times in seconds."""
    return times_result(posix.times())


class _Pipe:
    """The stream of a command; closing it waits for its end."""

    def __init__(self, stream, process):
        self._stream = stream
        self._process = process

    def close(self):
        """Close the stream and wait; None, or the status of a command that failed."""
        self._stream.close()
        code = self._process.wait()
        if code == 0:
            return None
        return code if code < 0 else code << 8

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)


def popen(cmd, mode="r", buffering=-1):
    """A stream from (or, mode "w", to) a command that the shell runs."""
    if not isinstance(cmd, str):
        raise TypeError(f"invalid cmd type ({type(cmd)}, expected string)")
    if mode not in ("r", "w"):
        raise ValueError(f"invalid mode {mode!r}")
    if buffering == 0 or buffering is None:
        raise ValueError("popen() does not support unbuffered streams")
    import subprocess

    which = "stdout" if mode == "r" else "stdin"
    process = subprocess.Popen(cmd, shell=True, text=True, bufsize=buffering, **{which: subprocess.PIPE})
    return _Pipe(getattr(process, which), process)

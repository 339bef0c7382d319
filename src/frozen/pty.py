"""Terminals that a program plays."""
import fcntl
import os
import select
import sys
import termios
import tty

__all__ = ["openpty", "fork", "spawn"]

STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO = 0, 1, 2

# What fork() returns in the child.
CHILD = 0


def openpty():
    """A new terminal: the descriptors of the side that plays it and the side that uses it."""
    return os.openpty()


def master_open():
    """The descriptor of the side that plays a new terminal, and the name of the other side."""
    master, slave = os.openpty()
    name = os.ttyname(slave)
    os.close(slave)
    return master, name


def slave_open(tty_name):
    """The side of a terminal that uses it, by its name."""
    return os.open(tty_name, os.O_RDWR)


def fork():
    """Fork a child that has a new terminal: the child's id (0 in the child) and the side that plays the terminal."""
    master, slave = openpty()
    pid = os.fork()
    if pid == CHILD:
        os.close(master)
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for fd in (STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO):
            os.dup2(slave, fd)
        if slave > STDERR_FILENO:
            os.close(slave)
        return pid, -1
    os.close(slave)
    return pid, master


def _read(fd):
    """The next bytes of a descriptor."""
    return os.read(fd, 1024)


def _copy(master, master_read, stdin_read):
    """Copy between a terminal that is played and the own standard streams, until one side ends."""
    sources = [master, STDIN_FILENO]
    waiting = b""
    while True:
        ready, can_write, _ = select.select(sources, [master] if waiting else [], [])
        if can_write:
            waiting = waiting[os.write(master, waiting):]
        if master in ready:
            try:
                data = master_read(master)
            except OSError:
                data = b""
            if not data:
                return
            os.write(STDOUT_FILENO, data)
        if STDIN_FILENO in ready:
            data = stdin_read(STDIN_FILENO)
            if data:
                waiting += data
            else:
                sources.remove(STDIN_FILENO)


def spawn(argv, master_read=_read, stdin_read=_read):
    """Run a program in a terminal that this one plays, connected to the own; how it ended, as of os.waitpid()."""
    if isinstance(argv, str):
        argv = (argv,)
    sys.audit("pty.spawn", argv)
    pid, master = fork()
    if pid == CHILD:
        os.execlp(argv[0], *argv)
    try:
        mode = termios.tcgetattr(STDIN_FILENO)
        tty.setraw(STDIN_FILENO)
        restore = True
    except termios.error:
        restore = False
    try:
        _copy(master, master_read, stdin_read)
    finally:
        if restore:
            termios.tcsetattr(STDIN_FILENO, termios.TCSAFLUSH, mode)
    os.close(master)
    return os.waitpid(pid, 0)[1]

"""Ways of using a terminal without lines."""
from termios import *

__all__ = ["setraw", "setcbreak"]

# Places in the list of settings.
IFLAG, OFLAG, CFLAG, LFLAG, ISPEED, OSPEED, CC = range(7)


def _change(fd, when, change):
    mode = tcgetattr(fd)
    change(mode)
    mode[CC][VMIN] = 1
    mode[CC][VTIME] = 0
    tcsetattr(fd, when, mode)


def setraw(fd, when=TCSAFLUSH):
    """Have a terminal hand over every byte as it is, and do nothing with it."""

    def change(mode):
        mode[IFLAG] &= ~(BRKINT | ICRNL | INPCK | ISTRIP | IXON)
        mode[OFLAG] &= ~OPOST
        mode[CFLAG] = mode[CFLAG] & ~(CSIZE | PARENB) | CS8
        mode[LFLAG] &= ~(ECHO | ICANON | IEXTEN | ISIG)

    _change(fd, when, change)


def setcbreak(fd, when=TCSAFLUSH):
    """Have a terminal hand over every byte at once, without showing it."""

    def change(mode):
        mode[LFLAG] &= ~(ECHO | ICANON)

    _change(fd, when, change)

import os
import pty
import termios
import tty


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e), "|", e)


master, slave = pty.openpty()
before = termios.tcgetattr(slave)
print(len(before), before[:4], before[6][:5], os.isatty(slave), os.isatty(master))
tty.setcbreak(slave)
now = termios.tcgetattr(slave)
print(now[3] ^ before[3] == termios.ECHO | termios.ICANON, now[6][termios.VMIN], now[6][termios.VTIME])
tty.setraw(slave)
now = termios.tcgetattr(slave)
print(now[1] & termios.OPOST, now[3] & termios.ISIG, now[2] & termios.CSIZE == termios.CS8)
termios.tcsetattr(slave, termios.TCSANOW, before)
print(termios.tcgetattr(slave) == before)
for f in (lambda: termios.tcgetattr(999), lambda: termios.tcgetattr("a"), lambda: termios.tcsetattr(slave, 0, [1]),
          lambda: termios.tcsetattr(slave, 0, 5), lambda: termios.tcgetwinsize(slave), lambda: termios.tcsetwinsize(slave, (24, 80)),
          lambda: termios.tcgetwinsize(slave), lambda: termios.tcsetwinsize(slave, 5),
          lambda: termios.tcsetattr(slave, 0, before[:6] + [[]]), lambda: termios.tcsetattr(slave, 0, before[:6] + [["a"] * 32]),
          lambda: termios.tcflush(slave, 99), lambda: termios.tcflush(slave, termios.TCIOFLUSH), lambda: termios.tcflow(slave, termios.TCOON),
          lambda: termios.tcsetattr(slave, 0, ["a"] + before[1:])):
    show(f)
os.write(master, b"typed\n")
print(os.read(slave, 100), os.read(master, 100))
os.write(slave, b"shown\n")
print(os.read(master, 100))
os.close(master)
os.close(slave)
pid, fd = pty.fork()
if pid == pty.CHILD:
    os.write(1, b"tty" if os.isatty(0) else b"none")
    os._exit(3)
print(os.read(fd, 100), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
os.close(fd)
print(issubclass(termios.error, OSError), termios.error.__module__)

"""ioctl: what it is given, and what it changes."""
import array
import fcntl
import os
import pty
import struct
import termios

master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
print(fcntl.ioctl(slave, termios.TIOCGWINSZ, bytes(8)))
buffer = bytearray(8)
print(fcntl.ioctl(slave, termios.TIOCGWINSZ, buffer), buffer)
sizes = array.array("H", [0] * 4)
print(fcntl.ioctl(slave, termios.TIOCGWINSZ, sizes, True), sizes)
sizes = array.array("H", [0] * 4)
print(fcntl.ioctl(slave, termios.TIOCGWINSZ, sizes, False), sizes)
print(fcntl.ioctl(slave, termios.TIOCGWINSZ, "12345678"))
for wrong in (1.5, [1]):
    try:
        fcntl.ioctl(slave, termios.TIOCGWINSZ, wrong)
    except TypeError as error:
        print(error)
os.close(master)
os.close(slave)

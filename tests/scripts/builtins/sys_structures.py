import sys; sys.stdout.buffer.write(b"by\n"); print(sys.version_info.major, sys.float_info.max, sys.flags.optimize, sys.version_info >= (3, 8), sys.stdin.read())

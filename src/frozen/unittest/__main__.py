"""`python -m unittest`: the tests that the arguments name, or all that are found in the folder."""

import sys

from .main import main

if sys.argv[0].endswith(("__main__.py", "unittest.__main__>")):
    sys.argv[0] = "python -m unittest"

__unittest = True

main(module=None)

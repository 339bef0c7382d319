"""The command line of doctest: the examples of files, those of Python files from their docstrings."""

import argparse
import doctest
import os
import sys


def main():
    """Runs the files that the command line names, until one fails."""
    parser = argparse.ArgumentParser(description="doctest runner")
    parser.add_argument("-v", "--verbose", action="store_true", help="show the examples that succeed too")
    parser.add_argument(
        "-o", "--option", action="append", choices=sorted(doctest.OPTIONFLAGS_BY_NAME), default=[],
        help="an option for all examples",
    )
    parser.add_argument("-f", "--fail-fast", action="store_true", help="stop at the first failure")
    parser.add_argument("file", nargs="+", help="a file with examples")
    given = parser.parse_args()
    options = doctest.FAIL_FAST if given.fail_fast else 0
    for name in given.option:
        options |= doctest.OPTIONFLAGS_BY_NAME[name]
    for file in given.file:
        folder, name = os.path.split(file)
        if name.endswith(".py"):
            # As a module, which is found first in its folder.
            sys.path.insert(0, folder)
            module = __import__(name.removesuffix(".py"))
            del sys.path[0]
            results = doctest.testmod(module, verbose=given.verbose, optionflags=options)
        else:
            results = doctest.testfile(file, module_relative=False, verbose=given.verbose, optionflags=options)
        if results.failed:
            return 1
    return 0

"""Reads JSON and writes it again, laid out: `python -m json.tool [infile [outfile]]`."""
import argparse
import json
import sys


def main():
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m json.tool", description="Read JSON, check it, and write it laid out.")
    parser.add_argument("infile", nargs="?", type=argparse.FileType(encoding="utf-8"), default=sys.stdin,
                        help="the file to read; standard input by default")
    parser.add_argument("outfile", nargs="?", default=None, help="the file to write; standard output by default")
    parser.add_argument("--sort-keys", action="store_true", default=False, help="sort the keys of objects")
    parser.add_argument("--no-ensure-ascii", dest="ensure_ascii", action="store_false",
                        help="write characters that are not ASCII as they are")
    parser.add_argument("--json-lines", action="store_true", default=False, help="each line of the input is a value")
    layout = parser.add_mutually_exclusive_group()
    layout.add_argument("--indent", default=4, type=int, help="how many spaces to indent by")
    layout.add_argument("--tab", action="store_const", dest="indent", const="\t", help="indent by tabs")
    layout.add_argument("--no-indent", action="store_const", dest="indent", const=None, help="write values on one line")
    layout.add_argument("--compact", action="store_true", help="leave out all spaces")
    options = parser.parse_args()
    how = {"sort_keys": options.sort_keys, "indent": options.indent, "ensure_ascii": options.ensure_ascii}
    if options.compact:
        how["indent"] = None
        how["separators"] = ",", ":"
    with options.infile as infile:
        try:
            values = (json.loads(line) for line in infile) if options.json_lines else (json.load(infile),)
            if options.outfile is None:
                _write(values, sys.stdout, how)
            else:
                # The input may be the same file.
                values = list(values)
                with open(options.outfile, "w", encoding="utf-8") as out:
                    _write(values, out, how)
        except ValueError as error:
            raise SystemExit(error)


def _write(values, out, how):
    for value in values:
        json.dump(value, out, **how)
        out.write("\n")


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError as error:
        sys.exit(error.errno)

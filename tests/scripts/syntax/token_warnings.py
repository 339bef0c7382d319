# stderr
"""Escapes that mean nothing, numbers that run into keywords, and what the options for warnings do with them."""

import os
import subprocess
import sys
import warnings

SOURCES = [
    r"'\d'", r"b'\d\e'", r"f'\d{1}\e'", r"r'\d'", r"rb'\d'", r"'\777'", r"b'\400'", r"'\377'", r"b'\N'", "'\\\u00e9'",
    "x = 1if 1else 2", "[0x1for x in [1]]", "1jif 1 else 2", "0b1in [2]", "1_0and 2", "1e5not in [2]", "1.or 2",
    "1e5", "0xea", "'1or'",
    '("""a\n\\q\\w\n""" \n "\\k")',
]
for source in SOURCES:
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter("always")
        compile(source, "<source>", "exec")
    print(source, [(w.category.__name__, str(w.message), w.filename, w.lineno) for w in log])

for source in [r"x = '\d'", "1or 2", 'x = 1; y = ("a" \n   "\\d")']:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            compile(source, "<source>", "exec")
        except SyntaxError as e:
            print(e.msg, e.filename, e.lineno, e.offset, e.end_lineno, e.end_offset)
eval("1or 2")
eval(r"'\d'")


def run(*arguments, **environment):
    program = "import sys, warnings; print(sys.warnoptions); warnings.warn('w'); eval(r\"'\\d'\"); warnings.warn('d', DeprecationWarning)"
    done = subprocess.run(
        [sys.executable, *arguments, "-c", program], env={**os.environ, **environment}, capture_output=True, text=True
    )
    print(arguments, environment, done.returncode)
    print(done.stdout, done.stderr.splitlines()[-1:])
    print([line for line in done.stderr.splitlines() if "Warning" in line or "-W" in line])


run()
run("-Wignore")
run("-W", "always")
run("-W", "all", "-W", "ig::UserWarning")
run("-W", "error")
run("-W", "error::DeprecationWarning")
run("-W", "error:d")
run("-W", "nope", "-W", "error::nope", "-W", "error::no.pe", "-W", "error::int", "-W", "error:a:b:c:d:e:f")
run("-W", "error::::x", "-W", "error::UserWarning:other", "-W", "error::UserWarning::7")
run(PYTHONWARNINGS="ignore,error::DeprecationWarning")
run("-W", "default", PYTHONWARNINGS="ignore")
run("-E", PYTHONWARNINGS="ignore")

"""pipes: rows of commands."""
import os
import tempfile
import warnings

warnings.simplefilter("ignore")
import pipes

with tempfile.TemporaryDirectory() as folder:
    a, b = os.path.join(folder, "a"), os.path.join(folder, "b c")
    with open(a, "w") as f:
        f.write("hello world\n")
    t = pipes.Template()
    print(t)
    t.append("tr a-z A-Z", "--")
    t.prepend("cat $IN", "f-")
    print(t, t.clone().steps == t.steps, t.copy(a, b))
    with open(b) as f:
        print(f.read())
    with t.open(a, "r") as f:
        print(f.read())
    t = pipes.Template()
    t.append("sed s/x/y/", pipes.STDIN_STDOUT)
    with t.open(b, "w") as f:
        f.write("x and x\n")
    with open(b) as f:
        print(f.read())
    t.append("cat >$OUT", "-f")
    t.append("rev", "--")
    print(t.copy(a, b), open(b).read())
    print(t.makepipeline("i", "o").count("rm -f"))
    for bad in (lambda: t.append(1, "--"), lambda: t.append("x", "zz"), lambda: t.append("x", ".-"), lambda: t.append("x", "f-"),
                lambda: t.prepend("x", "-."), lambda: t.open(a, "q")):
        try:
            bad()
        except (TypeError, ValueError) as e:
            print(type(e).__name__, e)
    t.reset()
    print(t.steps, pipes.quote("a b"))

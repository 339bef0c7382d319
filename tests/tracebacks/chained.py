def parse(text):
    try:
        return int(text)
    except ValueError as error:
        raise RuntimeError(f"bad {text!r}") from error


try:
    parse("x")
except RuntimeError:
    [][parse("y" + "z")]

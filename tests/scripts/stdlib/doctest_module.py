import doctest
def f(n):
    """Doubles.

    >>> f(2)
    4
    >>> f("a")   # doctest: +SKIP
    3
    >>> for i in range(2):
    ...     print(i)
    0
    1
    >>> f(None)
    Traceback (most recent call last):
      ...
    TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
    >>> list(range(100)) # doctest: +ELLIPSIS
    [0, 1, ..., 99]
    >>> print("a   b\\n\\nc") # doctest: +NORMALIZE_WHITESPACE
    a b
    <BLANKLINE>
    c
    >>> 1/0 # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ZeroDivisionError: foo
    """
    return n * 2
class A:
    """
    >>> A().x()
    3
    """
    def x(self):
        """
        >>> A().x() + 1
        4
        >>> _
        4
        """
        return 3
    @property
    def p(self):
        """
        >>> A().p
        5
        """
        return 5
    @staticmethod
    def s():
        """>>> A.s()
1"""
        return 1
__test__ = {"extra": ">>> 1 + 1\n2\n"}
if __name__ == "__main__":
    print(doctest.testmod())
    print(doctest.testmod(verbose=True))
    doctest.run_docstring_examples(f, globals(), verbose=True)
    def bad():
        """
        >>> 1
        2
        >>> print(1)
        >>> 2 + 2
        >>> x = 1
        nope
        >>> print("a\\n\\nb")
        a
        c
        >>> True
        1
        """
    t = doctest.DocTestParser().get_doctest(bad.__doc__, {}, "bad", None, 0)
    print(t, [ (e.source, e.want, e.lineno, e.indent, e.options, e.exc_msg) for e in t.examples])
    r = doctest.DocTestRunner()
    print(r.run(t)); print(r.summarize())
    for s in (">>>x", "   >>> x\n  y", ">>> x # doctest: +FOO", "  >>> x\n  ...y", "# a"):
        try:
            print(doctest.DocTestParser().parse(s))
        except ValueError as e:
            print(e)
    print(doctest.script_from_examples("hello\n>>> 1\n1\nbye\n>>> 2"))
    def boom():
        """
        >>> 1
        2
        >>> int("x")
        5
        """
    try:
        doctest.DebugRunner().run(doctest.DocTestFinder().find(boom)[0])
    except doctest.DocTestFailure as e: print(type(e), e.got, e.example.want)

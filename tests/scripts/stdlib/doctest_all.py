"""Module doc.

>>> add(1, 2)
3
>>> add(1, 2)
4
>>> 1/0
Traceback (most recent call last):
    ...
ZeroDivisionError: division by zero
>>> [1,2,3] # doctest: +NORMALIZE_WHITESPACE
[1,  2,
 3]
>>> print(list(range(20))) # doctest: +ELLIPSIS
[0, 1, ..., 19]
>>> int('y') # doctest: +IGNORE_EXCEPTION_DETAIL
Traceback (most recent call last):
ValueError: wrong
>>> print('a\\n\\nb')
a
<BLANKLINE>
b
>>> for i in range(2):
...     print(i)
0
2
>>> x = 5; x
5
>>> 1 # doctest: +SKIP
2
>>> True
1
>>> raise KeyError('a')
Traceback (most recent call last):
KeyError: 'a'
"""
import doctest
def add(a, b):
    """Adds.

    >>> add(2, 3)
    5
    >>> add('a', 'b')
    'ab'
    """
    return a + b
class A:
    """
    >>> A().m()
    1
    """
    def m(self):
        """
        >>> A().m()
        2
        """
        return 1
    @property
    def p(self):
        """
        >>> A().p
        3
        """
        return 3
    @staticmethod
    def s():
        """
        >>> A.s()
        """
        return 5
    @classmethod
    def c(cls):
        """>>> A.c()"""
__test__ = {'extra': """
>>> 2 + 2
5
""", 'fn': add}
def nodoc(): pass
if __name__ == '__main__':
    print(doctest.testmod())
    print(doctest.testmod(verbose=True, optionflags=doctest.ELLIPSIS))
    print(doctest.testmod(report=False, optionflags=doctest.ELLIPSIS, exclude_empty=True))
    print(doctest.testmod(optionflags=doctest.FAIL_FAST, name='zz', extraglobs={'q': 1}))
    doctest.run_docstring_examples(add, globals(), verbose=True, name='nm')
    for ex in doctest.DocTestParser().get_examples(__doc__)[:3]: print(ex.source, ex.want, ex.lineno, ex.indent, ex.exc_msg, ex.options)
    print([t.name for t in doctest.DocTestFinder().find(A)], [ (t.name, t.lineno) for t in doctest.DocTestFinder(exclude_empty=False).find(A)])
    try: doctest.DocTestParser().get_examples(">>>x")
    except ValueError as e: print(e)
    try: doctest.DocTestParser().get_examples("  >>> x\n ...y")
    except ValueError as e: print(e)
    try: doctest.DocTestParser().get_examples("  >>> x # doctest: +FOO")
    except ValueError as e: print(e)
    print(doctest.script_from_examples("text\n>>> 1+1\n2\nmore"))
    open('/tmp/minipy-doctest.txt', 'w').write("Title\n\n>>> 1 + 1\n2\n>>> y\n3\n")
    print(doctest.testfile('/tmp/minipy-doctest.txt', module_relative=False, globs={'y': 4}))
    print(doctest.testfile('/tmp/minipy-doctest.txt', module_relative=False, globs={'y': 3}, verbose=True))
    r = doctest.DocTestRunner(verbose=False)
    for t in doctest.DocTestFinder().find(add, 'add', globs={'add': add}): print(r.run(t, out=lambda s: print('OUT', s)))
    print(r.summarize(), r.tries, r.failures)
    print(doctest.TestResults(1, 2), doctest.DocTestFinder().find(A)[0])
    try: doctest.testmod(raise_on_error=True)
    except doctest.DocTestFailure as e: print(e, e.got, e.example.want, e.test.name)
    import unittest
    s = doctest.DocTestSuite()
    unittest.TextTestRunner(stream=__import__('sys').stdout, verbosity=2).run(s) if 0 else None
    print(s.countTestCases(), [str(t) for t in s], [t.id() for t in s])
    res = unittest.TestResult(); s.run(res); print(res, res.failures[0][1].partition('AssertionError')[2])
    doctest.set_unittest_reportflags(doctest.REPORT_NDIFF)

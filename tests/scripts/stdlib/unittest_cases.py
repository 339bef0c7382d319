import unittest
class T(unittest.TestCase):
    @classmethod
    def setUpClass(cls): print("setUpClass")
    @classmethod
    def tearDownClass(cls): print("tearDownClass")
    def setUp(self): print("setUp", self._testMethodName); self.addCleanup(print, "cleanup")
    def tearDown(self): print("tearDown")
    def test_ok(self):
        "Doc line.\n more"
        self.assertEqual(1, 1)
    def test_eq(self): self.assertEqual(1, 2)
    def test_eq_msg(self): self.assertEqual(1, 2, "message")
    def test_err(self): {}["k"]
    def test_raises(self):
        with self.assertRaises(ValueError) as cm: int("x")
        print(cm.exception)
        self.assertRaises(KeyError, lambda: {}[1])
        self.assertRaises(KeyError, int, "1")
    def test_raises2(self):
        self.assertRaises((KeyError, IndexError), int)
    @unittest.skip("why")
    def test_skip(self): pass
    @unittest.skipIf(True, "cond")
    def test_skipif(self): pass
    def test_skiptest(self): self.skipTest("in")
    @unittest.expectedFailure
    def test_xf(self): self.fail("expected")
    @unittest.expectedFailure
    def test_us(self): pass
    def test_sub(self):
        for i in range(4):
            with self.subTest(i=i): self.assertEqual(i % 2, 0)
        with self.subTest("msg", a=1): 1/0
    def test_long(self): self.assertEqual(tuple([1]*3) and "z", 1)
    def test_set(self): self.assertEqual({1,2}, {2})
    def test_in(self): self.assertIn(1, [2])
    def test_almost(self): self.assertAlmostEqual(1.0, 1.1)
    def test_almost2(self): self.assertAlmostEqual(1.0, 1.5, delta=0.1)
    def test_count(self): self.assertCountEqual([1,2,2],[2,1,3])
    def test_true(self): self.assertTrue([])
    def test_none(self): self.assertIsNone(3)
    def test_less(self): self.assertLess(3, 2)
    def test_inst(self): self.assertIsInstance(3, str)
    def test_nested(self):
        def f(): raise ValueError("deep") from KeyError(1)
        f()
class B(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise ValueError("no")
    def test_a(self): pass
@unittest.skip("cls")
class C(unittest.TestCase):
    def test_a(self): pass
def asserts():
    t = unittest.TestCase()
    for name, args in [("assertFalse",(1,)),("assertNotEqual",(1,1)),("assertIs",(1,2)),("assertIsNot",(None,None)),("assertIsNotNone",(None,)),
        ("assertNotIn",(1,[1])),("assertNotIsInstance",(1,int)),("assertGreater",(1,2)),("assertGreaterEqual",(1,2)),("assertLessEqual",(3,2)),
        ("assertNotAlmostEqual",(1,1)),("assertNotAlmostEqual",(1,1.0000000001)),("assertEqual",("x"*100+"a"*200,5)),("assertEqual",(list(range(100)),3)), ("fail",("m",)),("fail",()),
        ("assertRaises",(3,)), ("assertAlmostEqual",(1,2,3)), ("assertSequenceEqual", ([1],[1])), ("assertDictEqual",(1,{})), ("assertWarns", (UserWarning, int))]:
        try: print(getattr(t, name)(*args))
        except (AssertionError, TypeError) as e: print(name, type(e).__name__, e)
    print(repr(T("test_ok")), str(T("test_ok")), T("test_ok").id(), T("test_ok").shortDescription())
    try: T("nope")
    except ValueError as e: print(e)
    r = unittest.TestResult(); T("test_eq").run(r); print(r, r.wasSuccessful())
    s = unittest.TestSuite([T("test_ok"), T("test_eq")]); print(s.countTestCases(), s)
    print(unittest.TestLoader().getTestCaseNames(T))
if __name__ == "__main__":
    asserts()
    class Out:
        def write(self, text):
            print("Ran" if text.startswith("Ran") else text, end="\n" if text.startswith("Ran") else "")
        def flush(self): pass
    for verbosity in (1, 2):
        unittest.main(testRunner=unittest.TextTestRunner(stream=Out(), verbosity=verbosity), exit=verbosity == 2)

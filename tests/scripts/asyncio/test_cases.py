import asyncio
import contextvars
import io
import unittest

log = []
var = contextvars.ContextVar("var", default="none")


class Cases(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        log.append("setUp")
        var.set("from setUp")

    async def asyncSetUp(self):
        log.append(("asyncSetUp", var.get()))
        self.addAsyncCleanup(self.clean, "async")
        self.addCleanup(log.append, "plain cleanup")

    async def clean(self, what):
        await asyncio.sleep(0)
        log.append(("cleanup", what))

    async def test_async(self):
        await asyncio.sleep(0)
        log.append(("test", var.get()))
        self.assertEqual(1 + 1, 2)

    def test_plain(self):
        log.append("plain test")

    async def test_wrong(self):
        self.assertEqual(await asyncio.sleep(0, 1), 2)

    async def test_skipped(self):
        self.skipTest("not today")

    async def test_context(self):
        class Manager:
            async def __aenter__(self):
                log.append("enter")
                return 5

            async def __aexit__(self, *exc_info):
                log.append("exit")

        self.assertEqual(await self.enterAsyncContext(Manager()), 5)
        with self.assertRaises(TypeError) as caught:
            await self.enterAsyncContext(3)
        log.append(str(caught.exception))

    async def asyncTearDown(self):
        log.append("asyncTearDown")

    def tearDown(self):
        log.append("tearDown")


suite = unittest.defaultTestLoader.loadTestsFromTestCase(Cases)
result = unittest.TextTestRunner(stream=io.StringIO(), verbosity=2).run(suite)
print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped))
print(log)

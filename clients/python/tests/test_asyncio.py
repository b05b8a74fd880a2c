"""The client for asyncio against a real danvand; skipped where there is none."""

from __future__ import annotations

import asyncio
import inspect
import unittest

from support import LiveTests, samples

import danvan
from danvan import AsyncClient, Client, text_document


class SurfaceTests(unittest.TestCase):
    def test_what_the_client_does_can_be_awaited(self) -> None:
        for name, method in inspect.getmembers(Client, inspect.isfunction):
            if name.startswith("_"):
                continue
            with self.subTest(name):
                self.assertTrue(hasattr(AsyncClient, name), "aio.py has a line for each call")
                other = getattr(AsyncClient, name)
                if name in ("watch", "subscribe"):
                    self.assertFalse(inspect.iscoroutinefunction(other))
                elif name in ("hits", "export", "backup"):
                    self.assertTrue(inspect.isasyncgenfunction(other))
                else:
                    self.assertTrue(inspect.iscoroutinefunction(other))
                self.assertEqual(
                    list(inspect.signature(other).parameters),
                    list(inspect.signature(method).parameters),
                )


class AsyncTests(LiveTests):
    def test_asyncio(self) -> None:
        async def run() -> list[int]:
            async with danvan.AsyncClient(self.daemon.socket) as client:
                await client.ingest(samples()[:3])
                async with client.watch(cursor="start") as watch:
                    seen = [(await anext(watch)).article_id for _ in range(3)]
                    # A wait that is given up loses nothing.
                    with self.assertRaises(TimeoutError):
                        async with asyncio.timeout(0.05):
                            await anext(watch)
                    await client.ingest(samples()[3])
                    seen.append((await anext(watch)).article_id)
                self.assertEqual((await client.query("", limit=2)).total, 4)
                with self.assertRaises(danvan.errors.InvalidArgument):
                    await client.query("(")
                return seen

        self.assertEqual(asyncio.run(run()), [1, 2, 3, 4])

    def test_calls_go_side_by_side(self) -> None:
        async def run() -> tuple[int, int]:
            async with AsyncClient(self.daemon.socket) as client:
                await client.ingest(samples())
                # A long poll that nobody answers holds up no other call.
                waiting = asyncio.create_task(client.events(cursor=await self.head(client), wait=60))
                found = [hit async for hit in client.hits("dân vận")]
                totals = await asyncio.gather(*(client.query("") for _ in range(20)))
                self.assertFalse(waiting.done())
                await client.ingest(text_document("Tin mới."))
                self.assertEqual(len((await waiting).events), 1)
                self.assertEqual({answer.total for answer in totals}, {len(samples())})
                return len(found), (await client.query("dân vận")).total

        found, total = asyncio.run(run())
        self.assertEqual(found, total)

    def test_a_watch_from_now_begins_with_async_with(self) -> None:
        async def run() -> None:
            async with AsyncClient(self.daemon.socket) as client:
                async with client.watch() as watch:
                    await client.ingest(text_document("Tin mới."))
                    self.assertEqual((await anext(watch)).article_id, 1)
                async with client.subscribe("phong", cursor="start", until_synced=True) as watch:
                    self.assertEqual([event.article_id async for event in watch], [1])
                (subscription,) = await client.subscriptions()
                self.assertEqual(subscription.lag, 0)
                await client.seek("phong", "start")
                with self.assertRaises(danvan.errors.CursorOfAnotherStore):
                    await client.ack("phong", "dv1.00000000.1")
                await client.delete_subscription("phong")
                with self.assertRaises(danvan.errors.MalformedCursor):
                    async with client.watch(cursor="hôm qua") as watch:
                        await anext(watch)

        asyncio.run(run())

    async def head(self, client: AsyncClient) -> str:
        return (await client.events(cursor="now")).head


if __name__ == "__main__":
    unittest.main()

async def later(f):
    async with f as g, h:
        return [await x async for x in g]


match command:
    case {"go": [first, *_], **rest} if rest: pass
    case Point(x=0) | 1 | -2.5 as p: pass

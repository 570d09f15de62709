import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Every call begins at once. With many items that exhausts sockets, file handles or the limits of the other side, memory holds all of them, and the calls that time out are tried again on top.',
  technique: 'Let a fixed number run at a time and start the next when one is done.',
  tradeoffs: 'With few items the limit changes nothing; with many the total takes longer than the ideal and ends more reliably.',
  conflicts: [
    { view: 'simplicity', text: 'Starting everything at once is one line and the fastest for a handful of items.' },
    { view: 'architecture', agrees: true, text: 'A limit at every boundary keeps one caller from taking all that the other side has.' },
  ],
  whenNot: 'The collection is known to stay small, or the client behind the call limits itself.',
  examples: {
    typescript: {
      bad: `export async function warmUp(urls: string[]) {
  await Promise.all(urls.map((url) => fetch(url)));
}
`,
      better: `import pLimit from 'p-limit';

export async function warmUp(urls: string[]) {
  const limit = pLimit(8);
  await Promise.all(urls.map((url) => limit(() => fetch(url))));
}
`,
    },
    python: {
      bad: `import asyncio

import httpx


async def warm_up(client: httpx.AsyncClient, urls: list[str]):
    await asyncio.gather(*(client.get(url) for url in urls))
`,
      better: `import asyncio

import httpx


async def warm_up(client: httpx.AsyncClient, urls: list[str]):
    limit = asyncio.Semaphore(8)

    async def load(url: str):
        async with limit:
            return await client.get(url)

    await asyncio.gather(*(load(url) for url in urls))
`,
    },
  },
  links: [
    { title: 'p-limit', url: 'https://github.com/sindresorhus/p-limit' },
    { title: 'Python: asyncio.Semaphore', url: 'https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore' },
  ],
};

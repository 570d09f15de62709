import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Each iteration waits for the one before although none needs its result, so the waiting times add up.',
  technique: 'Start the calls together under a limit (a pool of about 8) and await them all.',
  tradeoffs: 'More load on the other side at once, several failures at once, and no order between side effects. Keep a limit.',
  conflicts: [
    { view: 'simplicity', text: 'One after another is easier to reason about and to retry.' },
    { view: 'linter', tool: 'eslint', rule: 'no-await-in-loop', agrees: true, text: 'It finds the same loops, and also those whose iterations depend on each other, which have to stay.' },
    { view: 'linter', tool: 'eslint', rule: 'unicorn/no-array-for-each', text: 'It turns forEach into for…of; with an await inside, calls that ran at once then run one after another.' },
  ],
  whenNot: 'Iterations depend on each other, the other side is rate limited, or the loop retries, polls, paginates or streams.',
  examples: {
    typescript: {
      bad: `export async function loadProfiles(urls: string[]) {
  const profiles = [];
  for (const url of urls) {
    const response = await fetch(url);
    profiles.push(response);
  }
  return profiles;
}
`,
      better: `import pLimit from 'p-limit';

export async function loadProfiles(urls: string[]) {
  const limit = pLimit(8);
  return Promise.all(urls.map((url) => limit(() => fetch(url))));
}
`,
    },
    python: {
      bad: `import httpx


async def load_profiles(client: httpx.AsyncClient, urls: list[str]):
    profiles = []
    for url in urls:
        profiles.append(await client.get(url))
    return profiles
`,
      better: `import asyncio

import httpx


async def load_profiles(client: httpx.AsyncClient, urls: list[str]):
    limit = asyncio.Semaphore(8)

    async def load(url: str):
        async with limit:
            return await client.get(url)

    return await asyncio.gather(*(load(url) for url in urls))
`,
    },
  },
  links: [
    { title: 'MDN: Promise.all', url: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Promise/all' },
    { title: 'Python: asyncio.gather', url: 'https://docs.python.org/3/library/asyncio-task.html#asyncio.gather' },
  ],
};

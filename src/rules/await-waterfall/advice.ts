import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'The second call is sent only when the first has answered although it needs nothing of the answer, so the waiting times add up where the longer one would do.',
  technique: 'Start the calls together and await them all.',
  tradeoffs: 'The other side gets the calls at once, a failure of one comes while the other still runs, and a call is made even where the first would have ended the function.',
  conflicts: [{ view: 'clarity', text: 'One call a line reads in order, and a debugger stops between them.' }],
  whenNot: 'The first call guards the second (permission, existence), the calls share one connection or transaction, or the order of their effects matters.',
  examples: {
    typescript: {
      bad: `interface Rates {
  readonly euro: number;
}

export async function overview(id: string) {
  const order = await fetch(\`https://orders.example.com/\${id}\`);
  const rates = await fetch('https://rates.example.com/latest');
  const { euro } = (await rates.json()) as Rates;
  return { order: await order.json(), euro };
}
`,
      better: `interface Rates {
  readonly euro: number;
}

export async function overview(id: string) {
  const [order, rates] = await Promise.all([
    fetch(\`https://orders.example.com/\${id}\`),
    fetch('https://rates.example.com/latest'),
  ]);
  const { euro } = (await rates.json()) as Rates;
  return { order: await order.json(), euro };
}
`,
    },
    python: {
      bad: `import httpx


async def overview(client: httpx.AsyncClient, order_id: int):
    order = await client.get(f"https://orders.example.com/{order_id}")
    rates = await client.get("https://rates.example.com/latest")
    return order.json() | rates.json()
`,
      better: `import asyncio

import httpx


async def overview(client: httpx.AsyncClient, order_id: int):
    order, rates = await asyncio.gather(
        client.get(f"https://orders.example.com/{order_id}"),
        client.get("https://rates.example.com/latest"),
    )
    return order.json() | rates.json()
`,
    },
  },
  links: [
    { title: 'MDN: Promise.all', url: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Promise/all' },
    { title: 'Next.js: parallel data fetching', url: 'https://nextjs.org/docs/app/getting-started/fetching-data#parallel-data-fetching' },
    { title: 'Python: asyncio.gather', url: 'https://docs.python.org/3/library/asyncio-task.html#asyncio.gather' },
  ],
};

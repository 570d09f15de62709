import { formatBytes } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** What brings everything into memory: "readFile", "response.arrayBuffer". */
  readonly call: string;
  /** What is held: "the file", "the answer", "the export". */
  readonly what: string;
  /** What becomes of it: "it is sent", "it is written to a file". */
  readonly use: string;
  /** The streaming way: "createReadStream(…).pipe(…)". */
  readonly instead: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'buffered-response',
    title: 'Body held in memory before it is passed on',
    family: 'streaming',
    resource: 'memory',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) memory a request', after: 'O(1) memory a request' },
    cost: {
      unit: 'bytes in memory',
      variable: 'bytes in the body',
      assumedSize: 10 * 1024 * 1024,
      now: (n) => n,
      after: () => 64 * 1024,
      millisecondsPerUnit: 0.000001,
    },
    why: 'The whole body is in memory before the first byte goes out. Memory grows with its size times the requests that run at once, and the client waits for the first byte as long as for the last.',
    technique: 'Connect the source to the destination as a stream.',
    tradeoffs: 'An error in the middle comes after the status was sent, and the length is only known where the source tells it.',
    effortMinutes: 15,
    validation: 'heap',
    conflicts: [
      { view: 'simplicity', text: 'One read and one send is the shortest correct code for a small body.' },
    ],
    whenNot: 'The body has a known small size, or something needs all of it: a signature, a length, an image that is resized.',
    examples: {
      typescript: {
        bad: `import { readFile } from 'node:fs/promises';
import express from 'express';
const app = express();

app.get('/invoices/:id', async (req, res) => {
  res.send(await readFile(\`/var/invoices/\${Number(req.params.id)}.pdf\`));
});
`,
        better: `import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import express from 'express';
const app = express();

app.get('/invoices/:id', async (req, res) => {
  await pipeline(createReadStream(\`/var/invoices/\${Number(req.params.id)}.pdf\`), res);
});
`,
      },
      python: {
        bad: `from django.http import HttpResponse


def invoice(request, number):
    with open(f"/var/invoices/{number:d}.pdf", "rb") as file:
        return HttpResponse(file.read(), content_type="application/pdf")
`,
        better: `from django.http import FileResponse


def invoice(request, number):
    return FileResponse(open(f"/var/invoices/{number:d}.pdf", "rb"), content_type="application/pdf")
`,
      },
    },
    links: [
      { title: 'Node.js: backpressuring in streams', url: 'https://nodejs.org/en/learn/modules/backpressuring-in-streams' },
      { title: 'Django: streaming large CSV files', url: 'https://docs.djangoproject.com/en/stable/howto/outputting-csv/#streaming-large-csv-files' },
      { title: 'Starlette: FileResponse', url: 'https://www.starlette.io/responses/#fileresponse' },
    ],
  },

  link({ facts, file, functionName }, workspace) {
    return workspace.heatOf(file, functionName).heat === 'cold' ? undefined : { facts };
  },

  say(facts, cost) {
    return {
      message: `${facts.call} holds ${facts.what} in memory before ${facts.use}: ${formatBytes(cost.now)} for each request that runs, at a size of ${formatBytes(cost.n)} (${cost.basis}). Use ${facts.instead}.`,
      hint: `${facts.what} in memory`,
    };
  },
};

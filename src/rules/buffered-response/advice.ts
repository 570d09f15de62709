import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'The whole body is in memory before the first byte goes out. Memory grows with its size times the requests that run at once, and the client waits for the first byte as long as for the last.',
  technique: 'Connect the source to the destination as a stream.',
  tradeoffs: 'An error in the middle comes after the status was sent, and the length is only known where the source tells it.',
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
};

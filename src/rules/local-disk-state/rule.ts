import type { Rule } from '../../core/rule';

export interface Facts {
  /** The call that writes: "writeFile", "multer.diskStorage", "file.save". */
  readonly call: string;
  /** What it leaves on the disk: "a file", "uploads". */
  readonly what: string;
  /** It is set up once and writes for every request. */
  readonly isSetUp: boolean;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'local-disk-state',
    title: 'State written to the local disk by a handler',
    family: 'scalability',
    resource: 'io',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'none',
    complexity: { now: 'one machine', after: 'any number of machines' },
    cost: {
      unit: 'calls',
      variable: 'requests that write',
      assumedSize: 100,
      now: (n) => n,
      after: () => 0,
      millisecondsPerUnit: 0.01,
    },
    why:
      'Only the machine that wrote the file has it: a request that another answers does not find it, a new container starts without it, ' +
      'and the disk fills where nobody looks. The handler also waits for that disk.',
    technique: 'Write to object storage or the database, or to a volume that all machines share.',
    tradeoffs: 'A remote store is slower for small files and costs per request; locally it has to be replaced for tests.',
    effortMinutes: 120,
    validation: 'load',
    conflicts: [{ view: 'simplicity', text: 'On one machine a folder is the simplest store there is.' }],
    whenNot: 'The program runs on one machine by design, the folder is a shared volume, or the file is gone when the request ends.',
    examples: {
      typescript: {
        bad: `import { writeFile } from 'node:fs/promises';
import express from 'express';

const app = express();

app.put('/avatars/:id', async (req, res) => {
  await writeFile(\`uploads/\${req.params.id}.png\`, req.body);
  res.sendStatus(204);
});
`,
        better: `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import express from 'express';

const app = express();
const s3 = new S3Client({});

app.put('/avatars/:id', async (req, res) => {
  await s3.send(new PutObjectCommand({ Bucket: 'avatars', Key: req.params.id, Body: req.body }));
  res.sendStatus(204);
});
`,
      },
      python: {
        bad: `from flask import Flask, request

app = Flask(__name__)

@app.put("/avatars/<id>")
def avatar(id):
    request.files["image"].save(f"uploads/{id}.png")
    return "", 204
`,
        better: `import boto3
from flask import Flask, request

app = Flask(__name__)
s3 = boto3.client("s3")

@app.put("/avatars/<id>")
def avatar(id):
    s3.upload_fileobj(request.files["image"], "avatars", id)
    return "", 204
`,
      },
    },
    links: [
      { title: 'The Twelve-Factor App: processes', url: 'https://12factor.net/processes' },
      { title: 'Django: managing files', url: 'https://docs.djangoproject.com/en/stable/topics/files/#file-storage' },
    ],
  },

  link({ file, functionName, facts, confidence }, workspace) {
    const { heat, reason } = workspace.heatOf(file, functionName);
    // In Python what a function far below a handler writes is often its own: only the handler and what names a request count.
    if (confidence === 'possible' && file.endsWith('.py') && /^reached from/.test(reason)) return undefined;
    return heat === 'hot' || (facts.isSetUp && heat !== 'cold') ? { facts } : undefined;
  },

  say({ call, what, isSetUp }) {
    const who = isSetUp ? `${call} puts ${what} on the local disk` : `${call} writes ${what} to the local disk, in code that answers requests or works for them`;
    return {
      message: `${who}: no other machine has it, and it is gone with the container. Put it into object storage, the database or a shared volume.`,
      hint: 'on this disk only',
    };
  },
};

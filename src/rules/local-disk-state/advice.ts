import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'Only the machine that wrote the file has it: a request that another answers does not find it, a new container starts without it, ' +
    'and the disk fills where nobody looks. The handler also waits for that disk.',
  technique: 'Write to object storage or the database, or to a volume that all machines share.',
  tradeoffs: 'A remote store is slower for small files and costs per request; locally it has to be replaced for tests.',
  conflicts: [
    { view: 'simplicity', text: 'On one machine a folder is the simplest store there is.' },
    { view: 'architecture', agrees: true, text: 'Machines that keep nothing of their users can be added, replaced and restarted at any time.' },
  ],
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
};

import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Each item pays a whole round trip: connection, authentication, the other side\'s work for one request, and a place under its rate limit. A batch call pays them once for all.',
  technique: 'Collect the items and send them with the API\'s batch call, or read the list once and look each item up in it.',
  tradeoffs: 'A batch reports failures per item in one answer, which has to be read, and has a greatest size, so the items go in groups.',
  conflicts: [{ view: 'simplicity', text: 'One item a call needs no grouping and fails alone.' }],
  whenNot: 'The API has no call for many, each item needs an answer before the next is known, or the batch call lacks an option that is used here.',
  examples: {
    typescript: {
      bad: `import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client({});

export async function removeUploads(keys: string[]) {
  for (const key of keys) {
    await s3.send(new DeleteObjectCommand({ Bucket: 'uploads', Key: key }));
  }
}
`,
      better: `import { DeleteObjectsCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client({});

export async function removeUploads(keys: string[]) {
  for (let start = 0; start < keys.length; start += 1000) {
    const objects = keys.slice(start, start + 1000).map((key) => ({ Key: key }));
    await s3.send(new DeleteObjectsCommand({ Bucket: 'uploads', Delete: { Objects: objects } }));
  }
}
`,
    },
    python: {
      bad: `from openai import OpenAI

client = OpenAI()


def embed(texts):
    vectors = []
    for text in texts:
        answer = client.embeddings.create(model="text-embedding-3-small", input=text)
        vectors.append(answer.data[0].embedding)
    return vectors
`,
      better: `from openai import OpenAI

client = OpenAI()


def embed(texts):
    answer = client.embeddings.create(model="text-embedding-3-small", input=texts)
    return [item.embedding for item in answer.data]
`,
    },
  },
  links: [
    { title: 'Amazon S3: DeleteObjects', url: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html' },
    { title: 'Google AIP-231: batch methods', url: 'https://google.aip.dev/231' },
  ],
};

import { createReadStream } from 'node:fs';
import { DumpReducer } from '../../syntax/sql/dump';

const CHUNK_BYTES = 1024 * 1024;

/**
 * The DDL of a dump, read in chunks, with line breaks for the rows that were left out. What is not valid in its
 * encoding is replaced; undefined where the bytes are no text.
 * @throws what the file system says.
 */
export async function readDump(path: string): Promise<string | undefined> {
  const reducer = new DumpReducer();
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    if (decoder.encoding === 'utf-8' && chunk.includes(0)) return undefined;
    reducer.push(decoder.decode(chunk, { stream: true }));
  }
  return reducer.end();
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

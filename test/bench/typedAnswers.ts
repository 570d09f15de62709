import { performance } from 'node:perf_hooks';
import { Client } from '../lsp/client';
import { MANY_ORDERS, TestFolder } from '../lsp/workspace';
import { SERVER_ARGV } from './probe';
import { middle } from './scan/processes';
import type { Line } from './report';

const STARTS = 5;
const EDITS = 6;

/** A finding that depends on what another file says: a list is searched, or a text. */
const SEARCH = `import { ids } from './ids';

export function known(rows: { id: string }[]) {
  const wanted = ids();
  return rows.filter((row) => wanted.includes(row.id));
}
`;
const LIST = 'export const ids = (): string[] => [];\n';
const TEXT = "export const ids = (): string => '';\n";

/** From opening a file to the first finding that a type has confirmed, and from an edit to the next answer. */
export async function typedAnswers(): Promise<Line[]> {
  const firsts: number[] = [];
  const edits: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    const folder = new TestFolder({ 'performance.json': MANY_ORDERS, 'src/ids.ts': LIST });
    const client = await Client.start({ folders: [folder.uri], argv: SERVER_ARGV });
    await client.ready();
    const uri = folder.uriOf('src/known.ts');
    firsts.push(await until(client, uri, true, () => client.open(uri, 'typescript', SEARCH)));
    for (let edit = 0; edit < EDITS; edit++) {
      const isText = edit % 2 === 0;
      folder.write('src/ids.ts', isText ? TEXT : LIST);
      edits.push(await until(client, uri, !isText, () => client.replace(uri, 'const wanted', `/* ${edit} */ const wanted`)));
    }
    await client.stop();
    folder.remove();
  }
  return [line('Server: opened to first typed answer', firsts, 1500), line('Server: edit to typed answer', edits, 250)];
}

/** Milliseconds until the search in a list is said to be one, or no longer. */
async function until(client: Client, uri: string, isFound: boolean, act: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await act();
  await client.until(`the types say ${isFound}`, () => client.codes(uri).includes('linear-membership') === isFound);
  return performance.now() - began;
}

function line(name: string, samples: readonly number[], budget: number): Line {
  const median = middle(samples);
  return { name, figure: `median ${median.toFixed(0)} ms, max ${Math.max(...samples).toFixed(0)} ms`, budget: `${budget} ms`, met: median <= budget, detail: `${samples.length} samples, pauses in typing included, by the clock` };
}

import assert from 'node:assert/strict';
import { Client } from './client';
import { MANY_ORDERS, TestFolder } from './workspace';

const SEARCH = `import { ids } from './ids';

export function known(rows: { id: string }[]) {
  const wanted = ids();
  return rows.filter((row) => wanted.includes(row.id));
}
`;
const LIST = "export const ids = (): string[] => [];\n";
const TEXT = "export const ids = (): string => '';\n";

describe('types that one file cannot tell', function () {
  this.timeout(120_000);
  let folder: TestFolder;
  let client: Client;
  const rulesOf = (uri: string): string[] => client.diagnosticsOf(uri).map(({ code }) => String(code));

  before(async () => {
    folder = new TestFolder({ 'performance.json': MANY_ORDERS, 'src/ids.ts': LIST, 'src/known.ts': SEARCH });
    client = await Client.start({ folders: [folder.uri] });
    await client.ready();
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
    folder.remove();
  });

  it('confirm a finding that waited for them, and withdraw it without a word', async () => {
    const uri = folder.uriOf('src/known.ts');
    await client.open(uri, 'typescript', SEARCH);
    await client.until('the list was recognised', () => rulesOf(uri).includes('linear-membership'));
    folder.write('src/ids.ts', TEXT);
    await client.replace(uri, 'const wanted', '// A change.\n  const wanted');
    await client.until('a text is searched, which is right', () => rulesOf(uri).length === 0);
    folder.write('src/ids.ts', LIST);
    await client.replace(uri, '// A change.', '// Another one.');
    await client.until('it is a list again', () => rulesOf(uri).includes('linear-membership'));
  });

  it('reach the files that nobody has opened', async () => {
    const report = async (): Promise<string> => JSON.stringify(await client.request('performance/report', { folder: folder.uri }));
    await client.close(folder.uriOf('src/known.ts'));
    await client.eventually('the report knows', async () => (await report()).includes('linear-membership'));
  });
});

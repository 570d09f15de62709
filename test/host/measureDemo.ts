import * as fs from 'node:fs';
import * as path from 'node:path';
import { createDetector } from '../../src/detect/detector';
import { EvidenceStore } from '../../src/evidence/store';
import { listDrivers, measure, planProfile, type Target, type WorkspaceFiles } from '../../src/measure';
import { listSourceFiles, readSource } from '../../src/workspace/files';

/** What the pictures show a measurement of, in both languages. */
const TARGETS: readonly Target[] = [
  { file: 'typescript/src/orders.ts', functionName: 'listOrders', hash: '' },
  { file: 'python/orders/orders.py', functionName: 'list_orders', hash: '' },
];

/** Profiles the demo's slow listing by its tests, as "Profile This Function" does, and stores the runs in the workspace. */
export async function measureDemo(workspace: string): Promise<void> {
  fs.rmSync(path.join(workspace, '.performance'), { recursive: true, force: true });
  const { files } = await listSourceFiles(workspace, { includeTests: true });
  const detector = createDetector();
  for (const file of files) {
    const source = await readSource(workspace, file);
    if (source.kind === 'source') await detector.update(file, source.text);
  }
  const workspaceFiles: WorkspaceFiles = { workspace, files, readText: (file) => fs.readFileSync(path.join(workspace, file), 'utf8') };
  const store = new EvidenceStore(workspace);
  for (const named of TARGETS) {
    const target = { ...named, hash: detector.functions(named.file).find(({ name }) => name === named.functionName)!.hash };
    const [driver] = listDrivers(target, workspaceFiles, false);
    const plan = await planProfile(driver!, target, { workspace: workspaceFiles, store });
    const run = await measure(plan, store, (file) => detector.functions(file), { signal: new AbortController().signal, timeoutMs: 120_000, onOutput: () => undefined });
    console.log(`${target.functionName} by ${driver!.label}: ${run.status}${run.failure ? ` (${run.failure.message})` : ''}`);
  }
}

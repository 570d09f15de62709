import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { WorkspaceFiles } from '../../src/measure';
import { EvidenceStore } from '../../src/evidence/store';

const INSTALLED = join(__dirname, '..', '..', 'node_modules');

export interface TemporaryWorkspace extends WorkspaceFiles {
  readonly store: EvidenceStore;
  remove(): void;
}

/**
 * A workspace on disk with the given files, in a folder whose name has spaces and quotes.
 * `packages` are those of this project that it has installed.
 */
export function temporaryWorkspace(files: Readonly<Record<string, string>>, packages: readonly string[] = []): TemporaryWorkspace {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'measure-')));
  const workspace = join(parent, `it's a "quoted" folder`);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, file)), { recursive: true });
    writeFileSync(join(workspace, file), text);
  }
  for (const name of packages) {
    mkdirSync(join(workspace, 'node_modules'), { recursive: true });
    symlinkSync(join(INSTALLED, name), join(workspace, 'node_modules', name), 'junction');
  }
  return {
    workspace,
    files: Object.keys(files),
    readText: (file) => readFileSync(join(workspace, file), 'utf8'),
    store: new EvidenceStore(workspace),
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { undoAtExit } from './ending';

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/** An empty folder that is gone when this process is. Its path has no symbolic link in it, so paths compare equal. */
export function temporaryFolder(): TemporaryFolder {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'performance-engineer-')));
  const remove = undoAtExit(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return { path: folder, remove };
}

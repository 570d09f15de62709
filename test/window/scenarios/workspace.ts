import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { demoWorkspace } from '../../../src/build/vscode/paths';
import { copyWorkspace } from '../../host/workspace';
import { edited } from './programs';

const PACKAGES = resolve(__dirname, '../../../node_modules');
/** Rows that prove the slow search in seconds: as many products as the demo has. */
const PRODUCTS = 20_000;

/**
 * Copies the demo into `parent` with its data, its packages, and a history: what was measured is compared with the code
 * as it was then. Returns the copy's path.
 */
export function preparedDemo(parent: string): string {
  const folder = copyWorkspace(demoWorkspace, parent);
  symlinkSync(PACKAGES, join(folder, 'node_modules'), 'junction');
  execFileSync(process.execPath, ['prepare.mjs'], { cwd: folder });
  const config = join(folder, 'performance.json');
  writeFileSync(config, edited(readFileSync(config, 'utf8'), [['"products": { "rows": 1000000 }', `"products": { "rows": ${PRODUCTS} }`]]));
  writeFileSync(join(folder, '.gitignore'), 'node_modules\n*.db\n*.db-*\n__pycache__/\n.performance/\n');
  const git = (...argv: string[]) => execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...argv], { cwd: folder, stdio: 'ignore' });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'The order desk');
  return folder;
}

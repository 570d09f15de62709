import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { projectRoot } from '../../src/build/vscode/paths';
import type { Session } from './session';

/** A log that VS Code hands over when a test run ends. */
export interface ReportedLog {
  readonly relativePath: string;
  readonly contents: string;
}

/**
 * Keeps what explains a failed run: a screenshot, the server's output and every log of the window and of the
 * extension host. Overwrites what an earlier failure of the same name left.
 * @returns the folder, relative to the checkout.
 */
export async function keepEvidence(name: string, session: Session, reported: readonly ReportedLog[]): Promise<string> {
  const folder = path.join(projectRoot, 'out', 'host', 'failures', name);
  await fs.rm(folder, { recursive: true, force: true });
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, 'server.log'), session.server.output());
  for (const { relativePath, contents } of reported) {
    const file = path.join(folder, 'window', relativePath);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, contents);
  }
  // Neither a crashed page nor a missing log folder may hide the failure that led here.
  await session.page.screenshot({ path: path.join(folder, 'screenshot.png'), timeout: 10_000 }).catch(() => undefined);
  await fs
    .cp(path.join(session.profile.userData, 'logs'), path.join(folder, 'logs'), { recursive: true })
    .catch(() => undefined);
  return path.relative(projectRoot, folder);
}

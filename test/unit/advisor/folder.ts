import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A workspace folder on the disk, inside a parent of its own that holds what lies outside of it. */
export class Folder {
  readonly parent = realpathSync(mkdtempSync(join(tmpdir(), 'performance-advisor-')));
  readonly root = join(this.parent, 'workspace');

  constructor(files: Readonly<Record<string, string | Buffer>> = {}) {
    mkdirSync(this.root);
    for (const [file, content] of Object.entries(files)) this.write(file, content);
  }

  write(file: string, content: string | Buffer): void {
    const path = join(this.root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  link(file: string, target: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    symlinkSync(target, join(this.root, file));
  }

  remove(): void {
    rmSync(this.parent, { recursive: true, force: true });
  }
}

import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { languageOfFile } from '../../../src/core/language';
import { listSourceFiles } from '../../../src/workspace/files';
import { migrations } from '../sqlCorpus';
import { CACHE, npmSources, pythonSources } from './tools';

/** A folder and those of its files that are compared. */
export interface Repository {
  readonly folder: string;
  /** Relative to the folder, in path order. */
  readonly files: readonly string[];
  readonly lines: number;
  /** What it is, for the detail of a line. */
  readonly name: string;
}

/** Packages that ship their TypeScript sources: an editor of drawings, an Ethereum client, streams, a wallet library. */
const TYPESCRIPT_PACKAGES = { tldraw: '5.4.2', rxjs: '7.8.2', ethers: '6.17.0', viem: '2.57.20' };
const TYPESCRIPT_FILES = 2000;
/** Applications and libraries of Django. */
const DJANGO_PACKAGES = { wagtail: '8.0.1', 'django-oscar': '4.2.1', pretalx: '2025.2.2', 'django-allauth': '65.13.0', 'django-cms': '5.0.4' };
const DJANGO_FILES = 3000;
const MIGRATIONS = 700;

/** A repository that the user names, else 2,000 files of packages from npm. @throws Unavailable */
export async function typescriptRepository(named?: string): Promise<Repository> {
  if (named !== undefined) return repositoryIn(named, 'typescript', named);
  const folder = join(CACHE, 'typescript');
  await gather(folder, await npmSources(TYPESCRIPT_PACKAGES), Object.keys(TYPESCRIPT_PACKAGES), /\.tsx?$/, TYPESCRIPT_FILES);
  return repositoryIn(folder, 'typescript', Object.keys(TYPESCRIPT_PACKAGES).join(', '));
}

/** A repository that the user names, else 3,000 files of packages from PyPI. @throws Unavailable */
export async function djangoRepository(named?: string): Promise<Repository> {
  if (named !== undefined) return repositoryIn(named, 'python', named);
  const folder = join(CACHE, 'django');
  await gather(folder, await pythonSources(DJANGO_PACKAGES), Object.keys(DJANGO_PACKAGES), /\.py$/, DJANGO_FILES);
  return repositoryIn(folder, 'python', Object.keys(DJANGO_PACKAGES).join(', '));
}

/** 700 migrations as ORMs and people write them. */
export async function migrationRepository(): Promise<Repository> {
  const folder = join(CACHE, 'migrations');
  if (!existsSync(folder)) for (const { file, text } of migrations(MIGRATIONS)) write(join(folder, file), text);
  return repositoryIn(folder, 'sql', 'generated');
}

/** Copies the first so many source files out of packages, so that both sides see a folder with nothing else in it. */
async function gather(folder: string, from: string, packages: readonly string[], pattern: RegExp, count: number): Promise<void> {
  if (existsSync(folder)) return;
  const found: string[] = [];
  for (const name of packages) {
    const { files } = await listSourceFiles(join(from, name));
    found.push(...files.filter((file) => pattern.test(file)).map((file) => `${name}/${file}`));
  }
  if (found.length < count) throw new Error(`${packages.join(', ')} have only ${found.length} files that are scanned; ${count} are wanted.`);
  for (const file of found.slice(0, count)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(from, file), join(folder, file));
  }
}

async function repositoryIn(folder: string, language: string, name: string): Promise<Repository> {
  const { files } = await listSourceFiles(folder);
  const wanted = files.filter((file) => languageOfFile(file) === language && !file.endsWith('.ipynb'));
  return { folder, files: wanted, lines: linesOf(folder, wanted), name };
}

export function linesOf(folder: string, files: readonly string[]): number {
  return files.reduce((sum, file) => sum + readFileSync(join(folder, file), 'utf8').split('\n').length, 0);
}

/** Each n-th file, so that the sample holds a part of everything and is the same each time. */
export function sampleOf({ files }: Repository, count: number): readonly string[] {
  const step = Math.max(1, files.length / count);
  return Array.from({ length: Math.min(count, files.length) }, (_, at) => files[Math.floor(at * step)]!);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

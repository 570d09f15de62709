import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { changedHunks, touches, type Hunk, type Reported, type Side } from './hunks';
import { tableOf, type CommitList, type CommitOf, type Observed } from './table';

/*
 * Checks performance commits of public repositories: is the code before flagged at the lines that the commit changes, and is the
 * code after silent there? Writes the table next to the list.
 *
 *   npm run build && npx tsx test/recall/check.ts test/recall/typescript.json <folder of bare repositories> [<commit>...]
 *
 * A repository is looked for at <folder>/<owner>+<name>/repo. With commits, only those are checked again.
 */

const PROGRAM = resolve(__dirname, '../../src/bin/performance-engineer.js');
const SOURCES: Record<string, RegExp> = { typescript: /\.(?:[jt]sx?|mjs|prisma)$|(?:^|\/)(?:package|tsconfig[^/]*)\.json$/, python: /\.(?:py|html)$|(?:^|\/)(?:pyproject\.toml|requirements[^/]*\.txt)$/ };
/** What a finding needs from elsewhere in the repository, beside the folders of the changed files: models, schemas and templates. */
const FAR = /(?:^|\/)(?:models?|dataloaders|templates)(?:\/|\.(?:py|ts)$)|\.prisma$|(?:^|\/)(?:package\.json|tsconfig[^/]*\.json|pyproject\.toml|requirements[^/]*\.txt)$/;
const NOT_SOURCE = /(?:^|\/)(?:tests?|__tests__|locale|vendor|fixtures)\//;
/** A repository with fewer files is unpacked whole. */
const SMALL = 500;

const git = (repository: string, ...parts: readonly string[]): Buffer =>
  execFileSync('git', [`--git-dir=${repository}`, ...parts], { maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'ignore'] });

function findings(folder: string): readonly Reported[] {
  const run = spawnSync(process.execPath, [PROGRAM, 'check', folder, '--format', 'json', '--fail-on', 'none'], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (run.status !== 0) throw new Error(`The check of ${folder} ended with ${run.status}: ${run.stderr}`);
  return (JSON.parse(run.stdout) as { findings: Reported[] }).findings;
}

/** The repository as it was before the commit; of a large one, what the changed files need. */
function unpackBefore(repository: string, commit: CommitOf, language: string, changed: readonly string[], folder: string): void {
  const listed = git(repository, 'ls-tree', '-r', '--name-only', '-z', `${commit.commit}^`).toString().split('\0');
  const sources = listed.filter((file) => SOURCES[language]!.test(file) && !NOT_SOURCE.test(file));
  const wanted = sources.length <= SMALL ? sources : neededOf(repository, commit, language, sources, changed);
  const index = join(folder, '.index');
  const options = { env: { ...process.env, GIT_INDEX_FILE: index } };
  execFileSync('git', [`--git-dir=${repository}`, 'read-tree', `${commit.commit}^`], options);
  execFileSync('git', [`--git-dir=${repository}`, 'checkout-index', '-q', `--prefix=${folder}/`, '-z', '--stdin'], { ...options, input: wanted.join('\0') });
  rmSync(index);
}

/** The folders of the changed files, the models, what the changed files import and (where that is by path) what imports them. */
function neededOf(repository: string, commit: CommitOf, language: string, sources: readonly string[], changed: readonly string[]): readonly string[] {
  const folders = changed.map((file) => `${dirname(file)}/`);
  const imported = new Set(changed.filter((file) => sources.includes(file)).flatMap((file) => modulesIn(git(repository, 'show', `${commit.commit}^:${file}`).toString(), language)));
  const names = changed.map((file) => basename(file).replace(/\.\w+$/, '')).filter((name) => name !== 'index' && name !== 'route');
  const callers = new Set(language === 'typescript' ? names.flatMap((name) => filesNaming(repository, commit, name)) : []);
  return sources.filter((file) => FAR.test(file) || callers.has(file) || folders.some((folder) => file.startsWith(folder)) || endingsOf(file).some((ending) => imported.has(ending)));
}

/** The modules that a text imports, as paths without what stands for the project or the folder above: "lib/user/service". */
function modulesIn(text: string, language: string): readonly string[] {
  if (language === 'typescript') return [...text.matchAll(/(?:from|import|require\()\s*['"]([^'"]+)['"]/g)].map(([, path]) => path!.replace(/^(?:\.{1,2}\/|[@~][\w-]*\/)+/, '').replace(/\.[jt]sx?$/, ''));
  return [...text.matchAll(/^\s*from\s+\.*([\w.]+)\s+import\b/gm)].map(([, path]) => path!.replaceAll('.', '/'));
}

/** Every path that a module may be imported by: "apps/web/lib/user/service", "lib/user/service", "service". */
function endingsOf(file: string): readonly string[] {
  const parts = file.replace(/(?:\/(?:index|__init__))?\.\w+$/, '').split('/');
  return parts.map((_, index) => parts.slice(index).join('/'));
}

function filesNaming(repository: string, commit: CommitOf, name: string): readonly string[] {
  const run = spawnSync('git', [`--git-dir=${repository}`, 'grep', '-l', '-w', '-F', `/${name}"`, `${commit.commit}^`], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  return run.stdout.split('\n').map((line) => line.slice(line.indexOf(':') + 1));
}

function applyCommit(repository: string, commit: CommitOf, hunks: readonly Hunk[], folder: string): void {
  for (const { file, removed } of new Map(hunks.map((hunk) => [hunk.file, hunk])).values()) {
    const target = join(folder, file);
    if (removed) {
      rmSync(target, { force: true });
      continue;
    }
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, git(repository, 'show', `${commit.commit}:${file}`));
  }
}

function atChangedLines(reported: readonly Reported[], commit: CommitOf, hunks: readonly Hunk[], side: Side): readonly Reported[] {
  return reported.filter((finding) => commit.rules.includes(finding.rule) && hunks.some((hunk) => touches(finding, hunk, side)));
}

function checkCommit(repository: string, commit: CommitOf, language: string): Observed {
  const folder = mkdtempSync(join(tmpdir(), 'performance-commit-'));
  try {
    const hunks = changedHunks(git(repository, 'diff', '-U0', '--no-renames', `${commit.commit}^`, commit.commit).toString());
    unpackBefore(repository, commit, language, [...new Set(hunks.map(({ file }) => file))], folder);
    const before = atChangedLines(findings(folder), commit, hunks, 'before');
    applyCommit(repository, commit, hunks, folder);
    return { before, after: atChangedLines(findings(folder), commit, hunks, 'after') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const placesOf = (reported: readonly Reported[]): string =>
  reported.map(({ rule, file, range }) => `${rule} at ${file}:${range.start.line}`).join(', ') || 'nothing';

/** What the tables need of a finding, so that the record stays small and free of estimates that change. */
const recorded = ({ before, after }: Observed): Observed => ({ before: before.map(place), after: after.map(place) });

const place = ({ rule, file, range: { start, end } }: Reported): Reported => ({ rule, file, range: { start: { line: start.line }, end: { line: end.line } } });

function main([list, repositories, ...only]: readonly string[]): void {
  if (list === undefined || repositories === undefined) throw new Error('Name a list of commits and the folder of the bare repositories.');
  const language = basename(list, '.json');
  const { introduction, commits } = JSON.parse(readFileSync(list, 'utf8')) as CommitList;
  const record = list.replace(/json$/, 'seen.json');
  const seen = existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as Record<string, Observed>) : {};
  for (const commit of commits) {
    if (only.length > 0 && !only.some((each) => commit.commit.startsWith(each))) continue;
    const observed = recorded(checkCommit(join(repositories, commit.repository.replace('/', '+'), 'repo'), commit, language));
    seen[commit.commit] = observed;
    console.log(`${commit.repository} ${commit.commit.slice(0, 10)} (${commit.pattern}) before: ${placesOf(observed.before)}; after: ${placesOf(observed.after)}`);
    writeFileSync(record, `${JSON.stringify(seen, undefined, 1)}\n`);
  }
  const verdicts = commits.flatMap((commit) => (seen[commit.commit] === undefined ? [] : [{ commit, ...seen[commit.commit]! }]));
  writeFileSync(list.replace(/json$/, 'md'), tableOf(verdicts, introduction));
}

main(process.argv.slice(2));

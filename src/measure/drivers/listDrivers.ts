import { posix } from 'node:path';
import { languageOfFile } from '../../core/language';
import type { Target } from '../plan';
import type { DriverChoice, WorkspaceFiles } from './choice';
import { isBenchmarkFile, isProgram, isTestFile, pythonTestRunner, scriptTestRunner } from './fileRoles';
import { dependenciesAround, packagesAbove, pythonFolder, scriptFolder } from './project';
import { type CallerOfTarget, type Relation, relatedFiles } from './relatedFiles';

/** Scripts that serve or watch do not end by themselves, so they give no profile. */
const ENDLESS_SCRIPT = /^(?:start|dev|serve|watch|preview|storybook)\b|:(?:dev|watch|serve)\b|^(?:pre|post)(?!\w*-)/;
const ENDLESS_COMMAND = /--watch\b|\bnodemon\b|\bvite(?:\s|$)(?!build)|\bnext (?:dev|start)\b/;
const SCRIPT_NAME = /^[\w:.-]+$/;
const MOST_CHOICES = 12;

interface Ranked {
  readonly choice: DriverChoice;
  /** Smaller is better. */
  readonly rank: number;
}

/**
 * Proposes how a function can be driven, the best first: tests that call it, benchmarks and
 * programs that reach it, package scripts that run one of those, and a generated driver last
 * (`canGenerate`: whether other files can import the function). `callers` come to the function by the call graph.
 */
export function listDrivers(target: Target, workspace: WorkspaceFiles, canGenerate: boolean, callers: readonly CallerOfTarget[] = []): readonly DriverChoice[] {
  const language = languageOfFile(target.file);
  if (language !== 'typescript' && language !== 'python') return [];
  const related = relatedFiles(target, workspace, callers);
  const ranked = [...related].flatMap(([file, relation]) => fileChoices(file, relation, target, workspace));
  if (language === 'typescript') ranked.push(...scriptChoices(target, related, workspace));
  ranked.sort((a, b) => a.rank - b.rank || a.choice.label.localeCompare(b.choice.label));
  const generated = canGenerate ? [generatedChoice(target, workspace)] : [];
  return [...ranked.slice(0, MOST_CHOICES).map(({ choice }) => choice), ...generated];
}

function fileChoices(file: string, relation: Relation, target: Target, workspace: WorkspaceFiles): Ranked[] {
  const language = target.file.endsWith('.py') ? 'python' : 'typescript';
  const text = workspace.readText(file);
  const cwd = language === 'python' ? pythonFolder(file, workspace) : scriptFolder(file, workspace);
  const reason = reasonOf(relation);
  const rank = rankOf(file, relation, target);
  if (isTestFile(file)) {
    const runner = language === 'python' ? pythonTestRunner(text) : scriptTestRunner(text, dependenciesAround(file, workspace));
    const name = runner === 'own' ? 'node:test' : runner;
    return runner ? [{ rank, choice: { kind: 'test', language, runner, file, cwd, label: `${file} (${name})`, reason } }] : [];
  }
  if (isBenchmarkFile(file)) {
    if (/['"]vitest['"]/.test(text)) return [];
    return [{ rank: rank + 1, choice: { kind: 'benchmark', language, runner: 'own', file, cwd, label: file, reason } }];
  }
  if (isProgram(file, text)) {
    return [{ rank: rank + 2, choice: { kind: 'file', language, runner: 'own', file, cwd, label: file, reason } }];
  }
  return [];
}

/** A file that names the function often, or is named after its file, calls it; one that only imports its module may not. */
function rankOf(file: string, { distance, mentions }: Relation, target: Target): number {
  const subject = posix.basename(target.file).replace(/\.[^.]+$/, '');
  const isNamesake = posix.basename(file).split(/[._-]/).includes(subject) || posix.basename(file).includes(`_${subject}.`);
  return distance * 2 + 3 / (1 + mentions) - (isNamesake ? 1 : 0);
}

function reasonOf({ distance, mentions, through }: Relation): string {
  if (distance === 0) return 'the file itself';
  if (through) return `names ${through}, which comes to it`;
  if (mentions > 0) return 'names the function';
  return distance === 1 ? 'imports its file' : 'reaches its file through other imports';
}

/** Package scripts whose command names a file that reaches the target. */
function scriptChoices(target: Target, related: ReadonlyMap<string, Relation>, workspace: WorkspaceFiles): Ranked[] {
  return packagesAbove(target.file, workspace).flatMap(({ folder, scripts }) =>
    Object.entries(scripts).flatMap(([script, command]) => {
      if (!SCRIPT_NAME.test(script) || ENDLESS_SCRIPT.test(script) || ENDLESS_COMMAND.test(command)) return [];
      const reached = [...related].find(([file]) => command.includes(posix.relative(folder, file)));
      if (!reached && script !== 'test') return [];
      const choice: DriverChoice = {
        kind: 'script',
        language: 'typescript',
        runner: 'package-script',
        file: posix.join(folder, 'package.json'),
        script,
        cwd: folder,
        label: `npm run ${script}`,
        reason: reached ? `runs ${reached[0]}` : 'runs the tests',
      };
      return [{ choice, rank: 20 + (reached?.[1].distance ?? 9) }];
    }),
  );
}

/** A driver of our own for a function; its file is written when it is needed. */
export function generatedChoice(target: Target, workspace: WorkspaceFiles): DriverChoice {
  const language = target.file.endsWith('.py') ? 'python' : 'typescript';
  return {
    kind: 'generated',
    language,
    runner: 'generated',
    file: target.file,
    cwd: language === 'python' ? pythonFolder(target.file, workspace) : scriptFolder(target.file, workspace),
    label: `A driver for ${target.functionName}`,
    reason: 'a small file that calls it with arguments you fill in',
  };
}

import { readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { FailureError, failures } from '../../core/failures';
import type { FunctionFact } from '../../core/facts';
import { contentHash } from '../../core/hash';
import { EVIDENCE_FOLDER, type EvidenceStore } from '../../evidence/store';
import { argumentList } from './arguments/argumentList';
import type { WorkspaceFiles } from './choice';
import { isComplete, pythonDriver, scriptDriver } from './driverText';

export interface GeneratedDriver {
  /** Absolute. */
  readonly path: string;
  /** False: it was there already, and was left as the user has edited it. */
  readonly created: boolean;
  /** False while an argument waits to be filled in. */
  readonly complete: boolean;
}

/** Whether a driver can import the function: it is exported, or a method of an exported class. */
export function canGenerateDriver(fact: FunctionFact, siblings: readonly FunctionFact[]): boolean {
  const owner = ownerOf(fact);
  if (owner === undefined) return fact.exportedAs.length > 0;
  const isNested = owner.includes('.') || siblings.some(({ name }) => name === owner);
  return !isNested && !fact.name.includes('#');
}

/**
 * Writes a driver for a function into `.performance/drivers/`, once: an existing one is the user's. `siblings` are the
 * functions of the same file, the constructor of a method's class among them. Throws FailureError where it cannot be written.
 */
export async function ensureGeneratedDriver(
  store: EvidenceStore,
  file: string,
  fact: FunctionFact,
  workspace: WorkspaceFiles,
  siblings: readonly FunctionFact[] = [],
): Promise<GeneratedDriver> {
  const isPython = file.endsWith('.py');
  const folder = await store.driverFolder();
  const name = driverName(file, fact);
  const path = join(folder, name);
  const owner = ownerOf(fact);
  const constructor = siblings.find(({ name }) => owner !== undefined && (name === `${owner}.constructor` || name === `${owner}.__init__`));
  const subject = {
    file,
    fact,
    owner,
    values: argumentList(file, fact, workspace),
    constructorValues: constructor ? argumentList(file, constructor, workspace) : [],
  };
  const source = relative(folder, join(workspace.workspace, file)).split(sep).join('/');
  const text = isPython ? pythonDriver(subject, workspace) : scriptDriver(subject, source);
  try {
    await writeFile(path, text, { flag: 'wx' });
    return { path, created: true, complete: isComplete(text) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return { path, created: false, complete: isComplete(await readFile(path, 'utf8')) };
    throw new FailureError(failures.evidenceNotWritten(`${EVIDENCE_FOLDER}/drivers/${name}`, error));
  }
}

function driverName(file: string, fact: FunctionFact): string {
  const stem = `${basename(file).replace(/\.[^.]+$/, '')}_${fact.name}`.replace(/\W+/g, '_');
  return `${stem}_${contentHash(file, 4)}${file.endsWith('.py') ? '.py' : '.mjs'}`;
}

/** The class of a method, or undefined for a plain function. */
function ownerOf({ name }: FunctionFact): string | undefined {
  const at = name.lastIndexOf('.');
  return at < 0 ? undefined : name.slice(0, at);
}

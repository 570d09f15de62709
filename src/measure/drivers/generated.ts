import { writeFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { FailureError, failures } from '../../core/failures';
import type { FunctionFact } from '../../core/facts';
import { contentHash } from '../../core/hash';
import { EVIDENCE_FOLDER, type EvidenceStore } from '../../evidence/store';
import type { WorkspaceFiles } from './choice';
import { pythonImportFolder, pythonModule } from './project';

export interface GeneratedDriver {
  /** Absolute. */
  readonly path: string;
  /** False: it was there already, and was left as the user has edited it. */
  readonly created: boolean;
}

/** Whether a driver can import the function: it is exported, or a method of an exported class. */
export function canGenerateDriver(fact: FunctionFact, siblings: readonly FunctionFact[]): boolean {
  const owner = ownerOf(fact);
  if (owner === undefined) return fact.exportedAs.length > 0;
  const isNested = owner.includes('.') || siblings.some(({ name }) => name === owner);
  return !isNested && !fact.name.includes('#');
}

/**
 * Writes a driver for a function into `.performance/drivers/`, once: an existing one is the user's.
 * Throws FailureError where it cannot be written.
 */
export async function ensureGeneratedDriver(
  store: EvidenceStore,
  file: string,
  fact: FunctionFact,
  workspace: WorkspaceFiles,
): Promise<GeneratedDriver> {
  const isPython = file.endsWith('.py');
  const folder = await store.driverFolder();
  const stem = `${basename(file).replace(/\.[^.]+$/, '')}_${fact.name}`.replace(/\W+/g, '_');
  const name = `${stem}_${contentHash(file, 4)}${isPython ? '.py' : '.mjs'}`;
  const path = join(folder, name);
  const text = isPython ? pythonDriver(file, fact, workspace) : scriptDriver(file, fact, join(workspace.workspace, file), folder);
  try {
    await writeFile(path, text, { flag: 'wx' });
    return { path, created: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return { path, created: false };
    throw new FailureError(failures.evidenceNotWritten(`${EVIDENCE_FOLDER}/drivers/${name}`, error));
  }
}

/** The class of a method, or undefined for a plain function. */
function ownerOf({ name }: FunctionFact): string | undefined {
  const at = name.lastIndexOf('.');
  return at < 0 ? undefined : name.slice(0, at);
}

function scriptDriver(file: string, fact: FunctionFact, absolute: string, folder: string): string {
  const path = relative(folder, absolute).split(sep).join('/');
  const owner = ownerOf(fact);
  const exported = owner ?? fact.exportedAs.find((name) => name !== 'default');
  const local = exported ?? 'subject';
  const source = JSON.stringify(path.startsWith('.') ? path : `./${path}`);
  const imported = exported ? `import { ${exported} } from ${source};` : `import ${local} from ${source};`;
  const call = owner ? `context.subject.${fact.name.slice(owner.length + 1)}` : local;
  return `// Calls ${fact.name} of ${file}, to measure it. This file is yours: fill in the arguments; it is never overwritten.
${imported}

export const options = { warmUpCalls: 20, maximumCalls: 1000, maximumSeconds: 3 };

/** Runs once before the calls; what it returns is given to each of them. */
export async function setUp() {
  return {${owner ? ` subject: new ${owner}(/* arguments */) ` : ''}};
}

/** One call. It is made again and again, so it should leave things as it found them. */
export function call(context) {
  return ${call}(${argumentLines(fact, 'script')});
}

/** Runs once after the calls. */
export async function tearDown() {}
`;
}

function pythonDriver(file: string, fact: FunctionFact, workspace: WorkspaceFiles): string {
  const module = pythonModule(file, pythonImportFolder(file, workspace));
  const owner = ownerOf(fact);
  const call = owner ? `context.${fact.name.slice(owner.length + 1)}` : fact.name;
  return `"""Calls ${fact.name} of ${file}, to measure it. This file is yours: fill in the arguments; it is never overwritten."""
from ${module} import ${owner ?? fact.name}

OPTIONS = {"warm_up_calls": 20, "maximum_calls": 1000, "maximum_seconds": 3}


def set_up():
    """Runs once before the calls; what it returns is given to each of them."""
    return ${owner ? `${owner}()` : 'None'}


def call(context):
    """One call. It is made again and again, so it should leave things as it found them."""
    return ${call}(${argumentLines(fact, 'python')})


def tear_down(context):
    """Runs once after the calls."""
`;
}

/** One line for each required parameter, with its name and type beside a first value. */
function argumentLines({ parameters }: FunctionFact, style: 'script' | 'python'): string {
  const required = parameters.filter(({ name, optional }) => !optional && name !== 'self' && name !== 'cls');
  if (required.length === 0) return '';
  const [comment, close] = style === 'python' ? ['#', '    '] : ['//', '  '];
  const lines = required.map(({ name, type }) => {
    const annotation = type ? `: ${type.replace(/\s+/g, ' ')}` : '';
    return `${close}${close}${firstValue(type, style)}, ${comment} ${name}${annotation}`;
  });
  return `\n${lines.join('\n')}\n${close}`;
}

function firstValue(type: string | undefined, style: 'script' | 'python'): string {
  const plain = (type ?? '').toLowerCase();
  if (/^(?:number|int|float|bigint)$/.test(plain)) return '1';
  if (/^(?:string|str)$/.test(plain)) return "'text'";
  if (/^(?:boolean|bool)$/.test(plain)) return style === 'python' ? 'True' : 'true';
  if (/\[\]$|^(?:readonly)?array<|^(?:list|sequence|iterable)\b/.test(plain)) return '[]';
  return style === 'python' ? 'None' : 'undefined';
}

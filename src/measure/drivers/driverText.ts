import type { FunctionFact } from '../../core/facts';
import { type Argument, constructed } from './arguments/argumentList';
import type { WorkspaceFiles } from './choice';
import { pythonImportFolder, pythonModule } from './project';

/** The function a driver is written for. */
export interface DriverSubject {
  readonly file: string;
  readonly fact: FunctionFact;
  /** The class of a method. */
  readonly owner: string | undefined;
  readonly values: readonly Argument[];
  /** For the constructor of its class. */
  readonly constructorValues: readonly Argument[];
}

const FIRST_SIZE = 100;

/** Stands beside each argument that the types say nothing of. */
const FILL_IN = 'fill in:';

/** Whether no argument of a driver waits to be filled in. */
export function isComplete(text: string): boolean {
  return !text.includes(FILL_IN);
}

/** @param source the path of the function's file from the driver's folder, with forward slashes */
export function scriptDriver({ file, fact, owner, values, constructorValues }: DriverSubject, source: string): string {
  const exported = owner ?? fact.exportedAs.find((name) => name !== 'default');
  const local = exported ?? 'original';
  const from = JSON.stringify(source.startsWith('.') ? source : `./${source}`);
  const call = owner ? `context.instance.${fact.name.slice(owner.length + 1)}` : 'subject';
  return `// Calls ${fact.name} of ${file}, to measure it. This file is yours: change the arguments; it is never overwritten.
${exported ? `import { ${exported} } from ${from};` : `import ${local} from ${from};`}

/** What is called; a comparison puts another in its place. */
export const subject = ${local};

export const options = { size: ${FIRST_SIZE}, warmUpCalls: 20, maximumCalls: 1000, maximumSeconds: 3 };

/** Runs once before the calls; what it returns is given to each of them. Growth is measured with larger and larger sizes. */
export async function setUp(size, subject) {
  return {${owner ? `\n    instance: new subject(${argumentLines(constructorValues, '    ', '//')}),` : ''}
    arguments: [${argumentLines(values, '    ', '//')}],
  };
}

/** One call. It is made again and again, so it should leave things as it found them. */
export function call(context, subject) {
  return ${call}(...context.arguments);
}

/** Runs once after the calls. */
export async function tearDown(context) {}
`;
}

export function pythonDriver({ file, fact, owner, values, constructorValues }: DriverSubject, workspace: WorkspaceFiles): string {
  const module = pythonModule(file, pythonImportFolder(file, workspace));
  const imported = owner ?? fact.name;
  const names = [imported, ...constructed([...values, ...constructorValues]).filter((name) => name !== imported)];
  const call = owner ? `context["instance"].${fact.name.slice(owner.length + 1)}` : 'subject';
  return `"""Calls ${fact.name} of ${file}, to measure it. This file is yours: change the arguments; it is never overwritten."""
from ${module} import ${names.join(', ')}

# What is called; a comparison puts another in its place.
SUBJECT = ${imported}

OPTIONS = {"size": ${FIRST_SIZE}, "warm_up_calls": 20, "maximum_calls": 1000, "maximum_seconds": 3}


def set_up(size, subject):
    """Runs once before the calls; what it returns is given to each of them. Growth is measured with larger and larger sizes."""
    return {${owner ? `\n        "instance": subject(${argumentLines(constructorValues, '        ', '#')}),` : ''}
        "arguments": [${argumentLines(values, '        ', '#')}],
    }


def call(context, subject):
    """One call. It is made again and again, so it should leave things as it found them."""
    return ${call}(*context["arguments"])


def tear_down(context):
    """Runs once after the calls."""
`;
}

/** One line for each argument, with its parameter's name and type beside it; `indent` is that of the line they belong to. */
function argumentLines(values: readonly Argument[], indent: string, comment: string): string {
  if (values.length === 0) return '';
  const lines = values.map(({ code, known, parameter: { name, type } }) => {
    const annotation = type ? `: ${type.replace(/\s+/g, ' ')}` : '';
    return `${indent}${indent.length > 4 ? '    ' : '  '}${code}, ${comment} ${known ? '' : `${FILL_IN} `}${name.replace(/\s+/g, ' ')}${annotation}`;
  });
  return `\n${lines.join('\n')}\n${indent}`;
}

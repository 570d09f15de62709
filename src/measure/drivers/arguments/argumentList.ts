import type { FunctionFact, ParameterFact } from '../../../core/facts';
import { languageOfFile } from '../../../core/language';
import type { WorkspaceFiles } from '../choice';
import { declaredTypes } from './declaredTypes';
import { pythonValue } from './pythonValue';
import { scriptValue } from './scriptValue';
import type { Value } from './value';

/** An argument with the parameter it is for. */
export interface Argument extends Value {
  readonly parameter: ParameterFact;
}

/** A parameter of such a name says how much there is to do. */
const COUNT_NAME = /^(?:n|count|size|length|limit|total|rounds|times|amount|iterations|items)$|(?:count|size|length)$/i;

/** First values for the required parameters of a function. One of them grows with `size`, where one can. */
export function argumentList(file: string, { parameters }: FunctionFact, workspace: WorkspaceFiles): readonly Argument[] {
  const isPython = languageOfFile(file) === 'python';
  const lookup = declaredTypes(file, workspace);
  const required = parameters.filter(({ name, optional }) => !optional && name !== 'self' && name !== 'cls');
  const values = required.map((parameter): Argument => ({ ...(isPython ? pythonValue : scriptValue)(parameter.type, lookup), parameter }));
  if (values.some(({ grows }) => grows)) return values;
  const isPlain = (value: Argument) => value.code === '1' || /^['"]text['"]$/.test(value.code);
  const candidates = values.filter(isPlain);
  const chosen = candidates.find(({ parameter, code }) => code === '1' && COUNT_NAME.test(parameter.name)) ?? candidates.find(({ code }) => code !== '1') ?? candidates[0];
  return values.map((value) => (value === chosen ? { ...value, code: sized(value.code, isPython), grows: true } : value));
}

function sized(code: string, isPython: boolean): string {
  if (code === '1') return 'size';
  return isPython ? '"text " * size' : "'text '.repeat(size)";
}

/** Names of the function's own module that the values construct. */
export function constructed(values: readonly Argument[]): readonly string[] {
  return [...new Set(values.flatMap(({ code }) => [...code.matchAll(/\b([A-Z]\w*)\(/g)].map((match) => match[1]!)))];
}

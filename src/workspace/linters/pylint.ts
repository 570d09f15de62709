import type { LinterSetup } from '../../core/linter';
import { readToml, tableAt, textsAt, type Table } from './toml';

/** Messages by their symbol: their number, and the plug-in that brings those that are not on by default. */
const MESSAGES: Readonly<Record<string, { readonly id: string; readonly plugin?: string }>> = {
  'import-outside-toplevel': { id: 'C0415' },
  'consider-using-join': { id: 'R1713' },
  'method-cache-max-size-none': { id: 'W1518' },
  'use-set-for-membership': { id: 'R6201', plugin: 'pylint.extensions.set_membership' },
};

interface Settings {
  readonly enable: readonly string[];
  readonly disable: readonly string[];
  readonly plugins: readonly string[];
}

/** The settings of pyproject.toml (`tool.pylint`) or of pylint's own file, which is an INI file. */
export function pylintIn(text: string): readonly Omit<LinterSetup, 'file'>[] {
  const settings = /^\s*\[tool\.pylint\b/m.test(text) ? fromToml(text) : isIni(text) ? fromIni(text) : undefined;
  return settings === undefined ? [] : [{ tool: 'pylint', isOn: (rule) => isOn(rule, settings) }];
}

function isOn(rule: string, { enable, disable, plugins }: Settings): boolean {
  const message = MESSAGES[rule];
  if (message === undefined) return false;
  const names = [rule, message.id];
  if (names.some((name) => enable.includes(name))) return true;
  if ([...names, message.id[0]!, 'all'].some((name) => disable.includes(name))) return false;
  return message.plugin === undefined || plugins.includes(message.plugin);
}

function fromToml(text: string): Settings | undefined {
  const pylint = tableAt(readToml(text), 'tool', 'pylint');
  if (pylint === undefined) return undefined;
  const tables = [pylint, ...Object.keys(pylint).map((key): Table | undefined => tableAt(pylint, key))];
  const list = (name: string): readonly string[] => textsAt(tables, name).flatMap(namesIn);
  return { enable: list('enable'), disable: list('disable'), plugins: list('load-plugins') };
}

/** pylint's own sections; pyproject.toml has tables instead. */
const isIni = (text: string): boolean => /^\s*\[(?:MASTER|MAIN|MESSAGES CONTROL|pylint\b[^\]]*)\]/im.test(text) && !/^\s*\[(?:tool|project|build-system)\b/m.test(text);

function fromIni(text: string): Settings {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/#.*/, ''));
  const list = (name: string): readonly string[] => {
    const from = lines.findIndex((line) => new RegExp(`^${name}\\s*=`).test(line));
    if (from === -1) return [];
    // A value goes on for as long as lines are indented.
    const rest = lines.slice(from + 1);
    const end = rest.findIndex((line) => line.trim() !== '' && !/^\s/.test(line));
    return namesIn([lines[from]!.replace(/^[^=]*=/, ''), ...(end === -1 ? rest : rest.slice(0, end))].join(','));
  };
  return { enable: list('enable'), disable: list('disable'), plugins: list('load-plugins') };
}

const namesIn = (text: string): readonly string[] => text.split(/[\s,]+/).filter((name) => name !== '');

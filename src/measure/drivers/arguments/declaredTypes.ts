import { posix } from 'node:path';
import { languageOfFile } from '../../../core/language';
import type { WorkspaceFiles } from '../choice';
import { type TypeLookup, splitTopLevel } from './value';

/** Finds named types in the file itself, and in the files of the workspace from which it imports their names. */
export function declaredTypes(file: string, workspace: WorkspaceFiles): TypeLookup {
  const declarationIn = languageOfFile(file) === 'python' ? pythonDeclaration : scriptDeclaration;
  return (name) => {
    const own = declarationIn(workspace.readText(file), name);
    if (own !== undefined) return own;
    const imported = importedFile(file, name, workspace);
    return imported === undefined ? undefined : declarationIn(workspace.readText(imported), name);
  };
}

/** An interface or alias as the text of its type; what an interface extends is not followed. */
function scriptDeclaration(text: string, name: string): string | undefined {
  const declared = new RegExp(`\\b(?:interface\\s+${name}\\s*(?=\\{)|type\\s+${name}\\s*=)`).exec(text);
  if (!declared) return undefined;
  const rest = text.slice(declared.index + declared[0].length);
  return declared[0].startsWith('type') ? splitTopLevel(rest, ';')[0]?.replace(/^\|/, '') : braced(rest);
}

function braced(text: string): string | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') depth++;
    if (text[i] === '}' && --depth === 0) return text.slice(0, i + 1);
  }
  return undefined;
}

/** A dataclass as "Name(field: type, ...)" of the fields without a default, a TypedDict as "{field: type, ...}". */
function pythonDeclaration(text: string, name: string): string | undefined {
  const declared = new RegExp(`^((?:@[^\\n]*\\n)*)class ${name}\\b([^\\n]*):[ \\t]*\\n((?:[ \\t]+[^\\n]*\\n|[ \\t]*\\n)*)`, 'm').exec(`${text}\n`);
  if (!declared) return undefined;
  const [, decorators = '', bases = '', body = ''] = declared;
  const fields = [...body.matchAll(/^[ \t]+(\w+)[ \t]*:[ \t]*([^=\n#]+?)[ \t]*(?:#[^\n]*)?$/gm)].map((match) => `${match[1]}: ${match[2]}`);
  if (/\bTypedDict\b/.test(bases)) return `{${fields.join(', ')}}`;
  return /@(?:dataclasses\.)?dataclass\b/.test(decorators) || /\bNamedTuple\b/.test(bases) ? `${name}(${fields.join(', ')})` : undefined;
}

function importedFile(file: string, name: string, { files, readText }: WorkspaceFiles): string | undefined {
  const text = readText(file);
  if (languageOfFile(file) === 'python') {
    const module = new RegExp(`^[ \\t]*from[ \\t]+([\\w.]+)[ \\t]+import\\b[^\\n]*\\b${name}\\b`, 'm').exec(text)?.[1];
    const last = module?.split('.').pop();
    return last ? files.find((other) => posix.basename(other) === `${last}.py`) : undefined;
  }
  const source = new RegExp(`\\bimport\\b[^;'"]*\\b${name}\\b[^;'"]*from\\s*['"](\\.[^'"]*)['"]`).exec(text)?.[1];
  if (source === undefined) return undefined;
  const stem = posix.join(posix.dirname(file), source).replace(/\.[mc]?[jt]sx?$/, '');
  return files.find((other) => other.replace(/(?:\/index)?(?:\.d)?\.[mc]?[jt]sx?$/, '') === stem);
}

import { ts } from 'ts-morph';
import type { TextChange } from '../../core/text';

const SCRIPT_KINDS: Readonly<Record<string, ts.ScriptKind>> = {
  ts: ts.ScriptKind.TS,
  mts: ts.ScriptKind.TS,
  cts: ts.ScriptKind.TS,
  tsx: ts.ScriptKind.TSX,
  // Plain .js files hold JSX often enough that they are always read as JSX; it is a superset.
  js: ts.ScriptKind.JSX,
  jsx: ts.ScriptKind.JSX,
  mjs: ts.ScriptKind.JSX,
  cjs: ts.ScriptKind.JSX,
};

/** Parses one file with the compiler that ts-morph carries. Never throws on half-typed code. */
export function parseTypeScript(file: string, text: string): ts.SourceFile {
  return parse(file, text, true);
}

/** The same without the nodes' parents, for a walk that sets them on its way. */
export function parseUnlinked(file: string, text: string): ts.SourceFile {
  return parse(file, text, false);
}

function parse(file: string, text: string, setParents: boolean): ts.SourceFile {
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  const options: ts.CreateSourceFileOptions = {
    languageVersion: ts.ScriptTarget.Latest,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  };
  return ts.createSourceFile(file, text, options, setParents, SCRIPT_KINDS[extension] ?? ts.ScriptKind.TS);
}

/** Parses a changed text anew where it was touched; `tree` is used up. Parents are not set. */
export function reparse(tree: ts.SourceFile, text: string, { start, endBefore, endAfter }: TextChange): ts.SourceFile {
  return ts.updateSourceFile(tree, text, { span: { start, length: endBefore - start }, newLength: endAfter - start });
}

/** Number of syntax errors the parser met; the tree is usable all the same. */
export function syntaxErrorCount(source: ts.SourceFile): number {
  return (source as unknown as { parseDiagnostics?: readonly unknown[] }).parseDiagnostics?.length ?? 0;
}

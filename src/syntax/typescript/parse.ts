import { ts } from 'ts-morph';

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
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  const options: ts.CreateSourceFileOptions = {
    languageVersion: ts.ScriptTarget.Latest,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  };
  return ts.createSourceFile(file, text, options, true, SCRIPT_KINDS[extension] ?? ts.ScriptKind.TS);
}

/** Number of syntax errors the parser met; the tree is usable all the same. */
export function syntaxErrorCount(source: ts.SourceFile): number {
  return (source as unknown as { parseDiagnostics?: readonly unknown[] }).parseDiagnostics?.length ?? 0;
}

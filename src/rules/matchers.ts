import type { ts } from 'ts-morph';
import type { Matcher } from '../core/rule';
import type { PythonFile, PythonNode } from '../syntax/python/file';
import type { SqlNode, SqlStatement } from '../syntax/sql/statement';
import type { TypeScriptFile } from '../syntax/typescript/file';

/** `kinds` are SyntaxKinds of the compiler's raw nodes. */
export type TypeScriptMatcher<Facts> = Matcher<ts.SyntaxKind, ts.Node, TypeScriptFile, Facts>;

/** `kinds` are node names of the Lezer Python grammar, e.g. "CallExpression". */
export type PythonMatcher<Facts> = Matcher<string, PythonNode, PythonFile, Facts>;

/** `kinds` are node tags of PostgreSQL's parse tree, e.g. "SelectStmt". Also called for SQL inside strings. */
export type SqlMatcher<Facts> = Matcher<string, SqlNode, SqlStatement, Facts>;

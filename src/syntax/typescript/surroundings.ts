import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';

const { isExpressionStatement, isStringLiteral } = ts;

const SCRIPT = /^#!|\bprocess\.(?:exit|argv)\b/;
const CLIENT_IMPORTS = /^(?:vue|svelte|solid-js|preact|lit|@angular\/core|@vueuse\/core|swr|@tanstack\/(?:react|vue)-query|react-dom|jotai|zustand|pinia)(?:$|\/)/;
const CLIENT_WORDS = /\b(?:window|document|localStorage|sessionStorage)\.|\bimport\.meta\.env\b|\bwithCredentials\b|\buse(?:State|Effect|Callback|Memo|Ref)\s*[(<]/;

/** The file is a program that somebody starts by hand: it reads its arguments or ends the process. */
export function isScript(file: TypeScriptFile): boolean {
  return file.firstMention(file.source, SCRIPT) !== undefined;
}

/** The file runs in a browser, where a request makes one user wait and a host gets few connections at once. */
export function isBrowserCode(file: TypeScriptFile): boolean {
  return startsWith(file, 'use client') || file.importsFrom(CLIENT_IMPORTS) || file.firstMention(file.source, CLIENT_WORDS) !== undefined;
}

/** Whether a file begins with a directive such as 'use server'. */
export function startsWith(file: TypeScriptFile, directive: string): boolean {
  return isDirective(file.source.statements[0], directive);
}

export function isDirective(statement: ts.Statement | undefined, directive: string): boolean {
  return statement !== undefined && isExpressionStatement(statement) && isStringLiteral(statement.expression) && statement.expression.text === directive;
}

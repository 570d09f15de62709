import type { StatementSpan } from './splitter';

const UNDO = /^[ \t]*(?:--|#)[ \t-]*(?:\+?[ \t]*(?:goose|migrate|micrate|rambler|dbmate)[\s:]+down\b|down migration\b|!downs\b|\/?\/?@undo\b)/im;
const APPLY = /^[ \t]*(?:--|#)[ \t-]*(?:\+?[ \t]*(?:goose|migrate|micrate|rambler|dbmate)[\s:]+up\b|up migration\b|!ups\b)/im;

/** Most comments are none of these, and most statements have none. */
const MAY_MARK = /down|undo|up/i;

/** Whether the statement behind these comments takes the migration back; `before` is what held for the one before it. */
export function isUndoSection(comments: string, before: boolean): boolean {
  if (!MAY_MARK.test(comments)) return before;
  return UNDO.test(comments) || (before && !APPLY.test(comments));
}

/** The statements of a script that are not for taking it back. */
export function appliedStatements(script: string, statements: readonly StatementSpan[]): StatementSpan[] {
  let isUndo = false;
  return statements.filter(({ start, first }) => {
    isUndo = isUndoSection(script.slice(start, first), isUndo);
    return !isUndo;
  });
}

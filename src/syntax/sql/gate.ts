import { stripLeadingComments } from './splitter';

/** A verb and the word without which it is no statement. */
const COMPANIONS: Readonly<Record<string, RegExp>> = {
  select: /\bfrom\b/i,
  with: /\bas\s*(?:not\s+materialized\s*|materialized\s*)?\(/i,
  insert: /\binto\b/i,
  replace: /^replace\s+into\b/i,
  update: /\bset\b/i,
  delete: /\bfrom\b/i,
  create: /^create\s+(?:or\s+replace\s+|temp(?:orary)?\s+|unlogged\s+|unique\s+|fulltext\s+|materialized\s+|recursive\s+)*(?:table|index|view)\b/i,
  alter: /^alter\s+(?:table|index)\b/i,
  drop: /^drop\s+(?:table|index)\b/i,
};

/** "Select a file from the list" parses as SQL, so an article where a table belongs rules a sentence out. */
const SENTENCE = /\b(?:from|into|update)\s+(?:the|an?|this|that|these|those|your|our|their|its|his|her|my|any|all|each|one|here|there)\b(?!\s*[.(,])/i;

/** Whether a string is worth parsing as SQL. Cheap, and generous: what does not parse is dropped later. */
export function looksLikeSql(text: string): boolean {
  const start = /^[\s(]*(?:(?:--|\/\*)[^]*?)?\b(select|with|insert|replace|update|delete|create|alter|drop)\b/i.exec(text.slice(0, 2_000));
  if (start === null) return false;
  const verb = start[1]!;
  const isCapitalised = /^[A-Z][a-z]/.test(verb);
  const sql = stripLeadingComments(text.replace(/^[\s(]+/, ''));
  return COMPANIONS[verb.toLowerCase()]!.test(sql) && !isCapitalised && !SENTENCE.test(sql);
}

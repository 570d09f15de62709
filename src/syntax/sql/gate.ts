import { offsetOfFirstWord } from './splitter';

/** A verb and the word without which it is no statement. */
const COMPANIONS: Readonly<Record<string, RegExp>> = {
  select: /\bfrom\b/i,
  with: /\bas\s*(?:not\s+materialized\s*|materialized\s*)?\(/i,
  insert: /\binto\b/i,
  replace: /^replace\s+into\b/i,
  update: /\bset\b/i,
  delete: /\bfrom\b/i,
  create: /^create\s+(?!(?:an?|the|new|your)\b)(?:[^\s,;'"]+\s+){0,4}?(?:table|index|view)\b/i,
  alter: /^alter\s+(?:table|index)\b/i,
  drop: /^drop\s+(?:table|index)\b/i,
};

/** "Select a file from the list" parses as SQL, so an article where a table belongs rules a sentence out. */
const SENTENCE = /\b(?:from|into|update)\s+(?:the|an?|this|that|these|those|your|our|their|its|his|her|my|any|all|each|one|here|there)\b(?!\s*[.(,])/i;

/** Whether a string is worth parsing as SQL. Cheap, and generous: what does not parse is dropped later. */
export function looksLikeSql(text: string): boolean {
  const sql = text.slice(offsetOfFirstWord(text)).replace(/^[\s(]+/, '');
  const verb = /^(?:select|with|insert|replace|update|delete|create|alter|drop)\b/i.exec(sql)?.[0];
  // Nobody writes a keyword as "Select", and sentences begin like that.
  if (verb === undefined || /^[A-Z][a-z]/.test(verb)) return false;
  return COMPANIONS[verb.toLowerCase()]!.test(sql) && !SENTENCE.test(sql);
}

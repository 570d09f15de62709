import { HOLE } from './tokens';

/** Jinja, as dbt, Airflow and Superset write it. PostgreSQL's array '{{1,2},{3,4}}' has no name behind its braces. */
const TAG = /\{\{[-+]?\s*[A-Za-z_][^]*?\}\}|\{%[^]*?%\}|\{#[^]*?#\}/g;

export interface Untemplated {
  /** As long as the template and with the same lines. */
  readonly text: string;
  /** Conditions may depend on what is only known when the template is filled. */
  readonly hasLogic: boolean;
}

/**
 * A script without the tags of a template: a value becomes a hole, and everything else, a tag on a line of its own
 * included, white space.
 */
export function withoutTemplates(script: string): Untemplated {
  if (!script.includes('{{') && !script.includes('{%') && !script.includes('{#')) return { text: script, hasLogic: false };
  let hasLogic = false;
  const text = script.replace(TAG, (tag, at: number) => {
    if (tag[1] === '%') hasLogic = true;
    const blank = tag.replace(/[^\r\n]/g, ' ');
    return tag[1] === '{' && !standsAlone(script, at, at + tag.length) ? HOLE + blank.slice(1) : blank;
  });
  return { text, hasLogic };
}

/** `{{ config(materialized='table') }}` says something to the tool and stands for nothing. */
function standsAlone(script: string, start: number, end: number): boolean {
  const before = script.slice(script.lastIndexOf('\n', start - 1) + 1, start);
  const lineEnd = script.indexOf('\n', end);
  return before.trim() === '' && script.slice(end, lineEnd < 0 ? undefined : lineEnd).trim() === '';
}

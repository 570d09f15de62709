import { escapeMarkdown as escapePunctuation } from '../report/escape';
import type { Commands } from './protocol';

/** Text of the workspace as inert Markdown on one line: not even an address in it becomes a link. */
export function escapeMarkdown(text: string): string {
  return escapePunctuation(text)
    .replace(/:\/\//g, ':\\/\\/')
    .replace(/\bwww\./gi, (prefix) => prefix.replace('.', '\\.'))
    .replace(/@/g, '\\@');
}

/** A code block whose fence is longer than any in the code. */
export function codeBlock(language: string, code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code.replace(/\s+$/, '')}\n${fence}`;
}

/** A link that runs one of our commands. The client allows these commands and no others. */
export function commandLink<Name extends keyof Commands>(label: string, command: Name, args: Commands[Name]): string {
  return `[${label}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;
}

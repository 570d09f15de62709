/** Longer commands cannot be looked over before they are allowed. */
const LONGEST_COMMAND = 2000;

/** Characters that make a command look like another one: control and direction-changing ones, and what shows as nothing. */
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;

/** Whether a text shows as something else than it is. */
export const hidesSomething = (text: string): boolean => HIDDEN.test(text);

/** Why a command may not even be proposed; undefined where the user can see all of it. */
export function commandProblem(command: string): string | undefined {
  if (command.trim() === '') return 'The command is empty.';
  if (command.length > LONGEST_COMMAND) return `The command is longer than ${LONGEST_COMMAND} characters, so nobody can look it over.`;
  if (hidesSomething(command)) return 'The command holds characters that cannot be seen, so it is not run.';
  return undefined;
}

/** A program with its arguments and variables as one line that a POSIX shell would read as the same; for showing, never for running. */
export function commandLine(argv: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  return [...Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`), ...argv.map(quoted)].join(' ');
}

const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`);

import * as path from 'node:path';

/**
 * What an editor must not inherit: credentials, settings of an editor this process may itself run in,
 * variables that npm and tsx set for their own children, and those that override code-server's arguments.
 */
const unwanted =
  /^(ANTHROPIC_|VSCODE_|ELECTRON_|CODE_SERVER_|npm_|TSX_)|^(NODE_OPTIONS|NODE_PATH|PORT|PASSWORD|HASHED_PASSWORD|LOG_LEVEL)$/i;

/** This process's environment without what would make an editor depend on who started it, plus `overrides`. */
export function scrubbedEnvironment(overrides: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = { ...process.env };
  unwantedVariables().forEach(name => delete kept[name]);
  return { ...kept, ...searchPathWithoutNpm(), ...overrides };
}

/** The names of the variables present that an editor must not inherit. */
export function unwantedVariables(): string[] {
  return Object.keys(process.env).filter(name => unwanted.test(name));
}

/** npm puts this checkout's tools first on the path, where a person's terminal would not find them. */
function searchPathWithoutNpm(): NodeJS.ProcessEnv {
  const name = searchPathName();
  const folders = (process.env[name] ?? '').split(path.delimiter);
  const ofNpm = /[\\/](node_modules[\\/]\.bin|node-gyp-bin)$/;
  return { [name]: folders.filter(folder => !ofNpm.test(folder)).join(path.delimiter) };
}

/** PATH, in the spelling that this system uses: Windows says Path. */
export function searchPathName(): string {
  return Object.keys(process.env).find(name => name.toUpperCase() === 'PATH') ?? 'PATH';
}

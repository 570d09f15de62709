import { version } from '../../package.json';
import { parseArguments, UsageError, type Arguments } from './arguments';
import { check } from './check';
import { explain } from './explain';
import { terminalOutput, type Output } from './output';
import { mcp } from './mcp/mcp';
import { report } from './report';
import { USAGE } from './usage';

/** The command could not be carried out; 0 and 1 speak of what was found. */
const BAD_USAGE = 2;

/** Carries a command line out and returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const output = terminalOutput();
  try {
    return await carryOut(parseArguments(argv), output);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.warn(`${error.message}\n\nperformance-engineer --help says what is possible.`);
    return BAD_USAGE;
  }
}

async function carryOut(args: Arguments, output: Output): Promise<number> {
  switch (args.command) {
    case 'check':
      return check(args, output);
    case 'report':
      return report(args, output);
    case 'explain':
      return explain(args, output);
    case 'mcp':
      return mcp(args);
    case 'help':
      output.print(USAGE);
      return 0;
    case 'version':
      output.print(`${version}\n`);
      return 0;
  }
}

import { version } from '../../package.json';
import { FailureError } from '../core/failures';
import { parseArguments, UsageError, type Arguments } from './arguments';
import { check } from './check';
import { explain } from './explain';
import { bench } from './measure/bench';
import { compare } from './measure/compare';
import { grow } from './measure/grow';
import { writeJson } from './measure/output';
import { profile } from './measure/profile';
import { attach, load, runs } from './measure/services';
import { mcp } from './mcp/mcp';
import { terminalOutput, type Output } from './output';
import { report } from './report';
import { USAGE } from './usage';

/** The command could not be carried out; 0 and 1 speak of what was found. */
const BAD_USAGE = 2;

/** Carries a command line out and returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const output = terminalOutput();
  let args: Arguments | undefined;
  try {
    args = parseArguments(argv);
    return await carryOut(args, output);
  } catch (error) {
    if (error instanceof FailureError) {
      if (args && 'jsonFile' in args && args.jsonFile !== undefined) writeJson(args.jsonFile, { runs: [], failures: [error.failure] });
      output.warn(error.failure.message);
      return BAD_USAGE;
    }
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
    case 'profile':
      return profile(args, output);
    case 'bench':
      return bench(args, output);
    case 'grow':
      return grow(args, output);
    case 'compare':
      return compare(args, output);
    case 'load':
      return load(args, output);
    case 'attach':
      return attach(args, output);
    case 'runs':
      return runs(args, output);
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

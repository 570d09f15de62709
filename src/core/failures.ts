import { advisorFailures } from './failures/advisor';
import { runFailures } from './failures/runs';
import { serviceFailures } from './failures/services';

/**
 * Every failure a user can see is made here: a stable code for tests and machines,
 * a message that names the file or tool, and the next step.
 */
export interface Failure {
  readonly code: string;
  readonly message: string;
  /** Path relative to the workspace folder, with forward slashes; absent where no file is concerned. */
  readonly file?: string;
}

/** Carries a Failure through code that throws. */
export class FailureError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
    this.name = 'FailureError';
  }

  /** The extension and its lazily loaded part are bundles with a copy of this class each; they know each other's by its name. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'FailureError' && 'failure' in value;
  }
}

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!;

export const failures = {
  unreadableFile: (file: string, cause: unknown): Failure => ({
    code: 'unreadable-file',
    file,
    message: `${file} could not be read (${reason(cause)}). Check its permissions; the other files were checked.`,
  }),
  binaryFile: (file: string): Failure => ({
    code: 'binary-file',
    file,
    message: `${file} is not text, so it was skipped. Rename it or exclude it in the setting performanceEngineer.exclude.`,
  }),
  largeFile: (file: string, bytes: number, limit: number): Failure => ({
    code: 'large-file',
    file,
    message: `${file} has ${bytes} bytes, more than the limit of ${limit}, so it was skipped. If it is generated, exclude it; if not, split it.`,
  }),
  parseFailed: (file: string, cause: unknown): Failure => ({
    code: 'parse-failed',
    file,
    message: `${file} could not be parsed (${reason(cause)}), so it has no findings. Correct the syntax; the other files were checked.`,
  }),
  nestedTooDeep: (file: string): Failure => ({
    code: 'nested-too-deep',
    file,
    message: `${file} is nested deeper than a parser can follow, so it has no findings. If it is generated, exclude it; the other files were checked.`,
  }),
  matcherFailed: (file: string, rule: string, cause: unknown): Failure => ({
    code: 'matcher-failed',
    file,
    message: `The rule ${rule} failed on ${file} (${reason(cause)}). Its findings are missing there and nothing else is; please report it with the code of that file.`,
  }),
  closedNotebook: (file: string): Failure => ({
    code: 'closed-notebook',
    file,
    message: `${file} is not open as a notebook, so nothing was written into it. Open it, and dismiss the finding in its cell.`,
  }),
  cannotSuppress: (file: string, line: number, rule: string): Failure => ({
    code: 'cannot-suppress',
    file,
    message: `No comment can stand at line ${line} of ${file} (it is inside a string), or the reason has no word in it. Give a reason, or switch ${rule} off in performance.json.`,
  }),
  unknownFinding: (id: string): Failure => ({
    code: 'unknown-finding',
    message: `The finding ${id} is no longer there: its code has changed or was corrected. Refresh the report.`,
  }),
  /** A finding of a rule that has no cost, such as an expired suppression, keeps the rule's id as its code. */
  unrankedFinding: (file: string, rule: string, message: string): Failure => ({ code: rule, file, message }),
  unreadableFolder: (folder: string, cause: unknown): Failure => ({
    code: 'unreadable-folder',
    file: folder,
    message: `The folder ${folder} could not be read (${reason(cause)}), so what is in it was not checked. Check its permissions, or exclude it.`,
  }),
  brokenEvidence: (file: string, cause: unknown): Failure => ({
    code: 'broken-evidence',
    file,
    message: `${file} is not a measurement this version can read (${reason(cause)}). The other measurements are unaffected; delete the file or measure again.`,
  }),
  newerEvidence: (file: string, version: number): Failure => ({
    code: 'newer-evidence',
    file,
    message: `${file} was written by a newer version (format ${version}), so it is not shown. Update Performance Engineer to read it.`,
  }),
  evidenceNotWritten: (file: string, cause: unknown): Failure => ({
    code: 'evidence-not-written',
    file,
    message: `The measurement could not be stored in ${file} (${reason(cause)}). Earlier measurements are intact. Free disk space or make .performance writable, and measure again.`,
  }),
  brokenProfile: (file: string, cause: unknown): Failure => ({
    code: 'broken-profile',
    file,
    message: `The profile ${file} is cut off or not valid (${reason(cause)}). Measure again, and let the program end by itself.`,
  }),
  brokenTrace: (file: string, cause: unknown): Failure => ({
    code: 'broken-trace',
    file,
    message: `The trace ${file} is cut off or not valid (${reason(cause)}). Measure again, and let the program end by itself.`,
  }),
  noTrace: (label: string): Failure => ({
    code: 'no-trace',
    message: `"${label}" ended without writing a trace. It was killed, left by an immediate exit, or did nothing that leaves the process; see its output in the terminal, or choose another way to drive the function.`,
  }),
  emptyProfile: (file: string): Failure => ({
    code: 'empty-profile',
    file,
    message: `The profile ${file} holds no sample of the program's own work. Drive it longer: more iterations or more data.`,
  }),
  noProfile: (label: string): Failure => ({
    code: 'no-profile',
    message: `"${label}" ended without writing a profile. It was killed, left by an immediate exit, or runs its code in another process; see its output in the terminal, or choose another way to drive the function.`,
  }),
  targetNotSeen: (functionName: string, file: string, label: string): Failure => ({
    code: 'target-not-seen',
    file,
    message: `"${label}" ran, but no sample fell into ${functionName} of ${file}. It is not called there, or is too fast to be seen: choose another way to drive it, or call it more often.`,
  }),
  programFailed: (label: string, ending: string): Failure => ({
    code: 'program-failed',
    message: `"${label}" ended with ${ending}, so its figures are not used. Its output in the terminal says why; correct that and measure again.`,
  }),
  programTimedOut: (label: string, seconds: number): Failure => ({
    code: 'program-timed-out',
    message: `"${label}" was stopped because it had not ended after ${seconds} s. Choose a shorter test or benchmark, or raise the time limit.`,
  }),
  programNotStarted: (label: string, program: string, cause: unknown): Failure => ({
    code: 'program-not-started',
    message: `"${label}" could not be started with ${program} (${reason(cause)}). Check that the program is installed and may be run.`,
  }),
  nodeMissing: (tried: readonly string[]): Failure => ({
    code: 'node-missing',
    message: `Node.js was not found (tried ${tried.join(', ')}). Install Node.js 20.19 or later, or give its path in the setting performanceEngineer.nodePath.`,
  }),
  pythonMissing: (tried: readonly string[]): Failure => ({
    code: 'python-missing',
    message: `Python 3.8 or later was not found (tried ${tried.join(', ')}). Install it, create a .venv, or give its path in the setting performanceEngineer.pythonPath.`,
  }),
  pythonModuleMissing: (module: string, python: string): Failure => ({
    code: 'python-module-missing',
    message: `${python} has no module ${module}. Install it there (${python} -m pip install ${module}), or choose another interpreter in performanceEngineer.pythonPath.`,
  }),
  brokenBenchmark: (file: string, cause: unknown): Failure => ({
    code: 'broken-benchmark',
    file,
    message: `The benchmark's result ${file} is missing or not valid (${reason(cause)}). A benchmark writes {"benchmarks": [{"name", "unit", "samples"}]} to the file given with --json.`,
  }),
  unsupportedFile: (file: string): Failure => ({
    code: 'unsupported-file',
    file,
    message: `${file} is neither TypeScript, JavaScript, Python nor SQL by its name, so it was not checked. Name source files or their folder.`,
  }),
  runnerMissing: (runner: string, file: string): Failure => ({
    code: 'runner-missing',
    file,
    message: `${file} is run by ${runner}, which is not installed. Install the workspace's dependencies (npm install), and measure again.`,
  }),
  typeScriptLoaderMissing: (file: string): Failure => ({
    code: 'typescript-loader-missing',
    file,
    message: `Nothing in the workspace can run ${file}: neither tsx nor a TypeScript compiler before version 7 is installed. Run npm install --save-dev tsx, and measure again.`,
  }),
  noBenchmark: (): Failure => ({
    code: 'no-benchmark',
    message: 'No benchmark was found, so nothing was measured. Add a file named *.bench.ts or bench_*.py that writes its samples to the file given with --json.',
  }),
  benchmarkCancelled: (label: string): Failure => ({
    code: 'benchmark-cancelled',
    message: `The benchmark ${label} was cancelled, so it has no figures. Run it again and let it end by itself.`,
  }),
  untrustedWorkspace: (): Failure => ({
    code: 'untrusted-workspace',
    message: 'This workspace is not trusted, so none of its code is run and nothing can be measured. Trust it (command "Workspaces: Manage Workspace Trust"), and measure again; the hints work without that.',
  }),
  unknownFunction: (file: string, functionName: string): Failure => ({
    code: 'unknown-function',
    file,
    message: `${functionName} was not found in ${file}. Save the file, put the cursor into the function, and try again.`,
  }),
  noFolder: (): Failure => ({
    code: 'no-folder',
    message: 'This file belongs to no workspace folder, so there is no place for its measurements. Open its folder, and measure again.',
  }),
  alreadyMeasuring: (label: string): Failure => ({
    code: 'already-measuring',
    message: `"${label}" is being measured, and two measurements at once would spoil each other. Wait for its end or cancel it, and measure again.`,
  }),
  noDriver: (file: string, functionName: string): Failure => ({
    code: 'no-driver',
    file,
    message: `Nothing was found that calls ${functionName} of ${file}, and no file can call it from outside. Write a test that reaches it, or profile the function that calls it.`,
  }),
  noFunctionHere: (file: string): Failure => ({
    code: 'no-function-here',
    file,
    message: `There is no function around the cursor in ${file}. Put the cursor into the function that is to be profiled.`,
  }),
  noEditor: (): Failure => ({
    code: 'no-editor',
    message: 'No file is open, so no function is meant. Open a TypeScript, JavaScript or Python file, put the cursor into a function, and try again.',
  }),
  cannotProfile: (file: string): Failure => ({
    code: 'cannot-profile',
    file,
    message: `${file} holds no function that can be profiled: TypeScript, JavaScript and Python are. Open such a file, put the cursor into a function, and try again.`,
  }),
  rawProfileMissing: (run: string): Failure => ({
    code: 'raw-profile-missing',
    message: `The profiler's own file of run ${run} is no longer there. The figures of the run are intact; profile again to have the file.`,
  }),
  serverStopped: (): Failure => ({
    code: 'server-stopped',
    message: 'The server of Performance Engineer has stopped, so nothing can be looked up. Run the command "Performance: Restart Server", and try again.',
  }),
  runHasNoFigures: (id: string, status: string): Failure => ({
    code: 'run-has-no-figures',
    message: `The run ${id} ${status === 'failed' ? 'failed' : 'was cancelled'}, so it has no figures to compare. Choose a completed run, or measure again.`,
  }),
  differentMachines: (before: string, after: string): Failure => ({
    code: 'different-machines',
    message: `The runs ${before} and ${after} were made on different machines, so their difference says nothing about the code. Measure both on one machine, or compare them all the same with --across-machines.`,
  }),
  nothingToCompare: (before: string, after: string): Failure => ({
    code: 'nothing-to-compare',
    message: `The runs ${before} and ${after} have no benchmark in common. Compare two runs of the same benchmark or driver.`,
  }),
  noCommit: (commit: string, cause: unknown): Failure => ({
    code: 'no-commit',
    message: `The code of ${commit} could not be checked out beside yours (${reason(cause)}). Name a commit of this repository, or compare with a stored run.`,
  }),
  cannotMeasureAgain: (id: string): Failure => ({
    code: 'cannot-measure-again',
    message: `The run ${id} has no timing of its own, and git does not have the code it measured, so there is nothing to compare with. Measure now, change the code, and measure again.`,
  }),
  driverWithoutSubject: (file: string): Failure => ({
    code: 'driver-without-subject',
    file,
    message: `The driver ${file} names no subject, so no other function can be put in its place. Export what it calls as "subject" (SUBJECT in Python) and call that, or delete the file to have it written anew.`,
  }),
  differentMethods: (before: string, after: string): Failure => ({
    code: 'different-methods',
    message: `${before} and ${after} cannot take the same call: two functions can be compared, or two classes by a method of one name. Put each behind an exported function with the same parameters, and compare those.`,
  }),
  driverIncomplete: (file: string): Failure => ({
    code: 'driver-incomplete',
    file,
    message: `The driver ${file} has arguments that the types say nothing of. Replace the lines marked "fill in:", and run the command again.`,
  }),
  tooFewRounds: (label: string, rounds: number, fewest: number): Failure => ({
    code: 'too-few-rounds',
    message: `"${label}" is so slow that only ${rounds} of at least ${fewest} rounds fitted into the time limit, so nothing can be said. Give it less data, or raise the time limit.`,
  }),
  tooFewSizes: (label: string, sizes: readonly number[], fewest: number): Failure => ({
    code: 'too-few-sizes',
    message: `"${label}" came to ${sizes.length === 0 ? 'no size' : `the sizes ${sizes.join(', ')}`} within its limits, and it takes ${fewest} to say how it grows. Start with a smaller size, or raise the limits.`,
  }),
  unknownRun: (id: string): Failure => ({
    code: 'unknown-run',
    message: `There is no run ${id} in .performance. Its file may have been deleted; list the runs with "performance-engineer runs".`,
  }),
  noRuns: (): Failure => ({
    code: 'no-runs',
    message: 'Nothing has been profiled in this folder yet. Choose "Profile" above a function first.',
  }),
  ...advisorFailures,
  ...runFailures,
  ...serviceFailures,
} as const;

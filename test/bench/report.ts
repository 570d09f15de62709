import { currentMachine } from '../../src/evidence/machine';

export interface Line {
  readonly name: string;
  readonly figure: string;
  /** Absent where a figure is only watched. */
  readonly budget?: string;
  /** Undefined where it could not be measured. */
  readonly met: boolean | undefined;
  /** Sample count and raw figures. */
  readonly detail: string;
}

export function skipped(name: string, reason: string): Line {
  return { name, figure: 'not measured', met: undefined, detail: reason };
}

/** Prints the figures with the machine and the time they were taken on, and returns how many missed their budget. */
export function print(lines: readonly Line[]): number {
  const machine = currentMachine();
  console.log(`${new Date().toISOString()}  ${machine.cpuModel}, ${machine.cpus} CPUs, ${machine.platform}, Node ${process.version}, load ${machine.loadAverage?.toFixed(1) ?? 'unknown'}\n`);
  const width = Math.max(...lines.map(({ name }) => name.length));
  for (const { name, figure, budget, met, detail } of lines) {
    const verdict = met === undefined ? 'SKIPPED' : met ? 'met    ' : 'MISSED ';
    console.log(`${verdict}  ${name.padEnd(width)}  ${figure} (${budget === undefined ? 'no budget' : `budget ${budget}`})  ${detail}`);
  }
  return lines.filter(({ met }) => met === false).length;
}

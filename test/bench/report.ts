import { currentMachine } from '../../src/evidence/machine';

export interface Line {
  readonly name: string;
  readonly figure: string;
  /** Absent where a figure is only watched. */
  readonly budget?: string;
  readonly met: boolean;
  /** Sample count and raw figures. */
  readonly detail: string;
}

/** Prints the figures with the machine and the time they were taken on, and returns how many missed their budget. */
export function print(lines: readonly Line[]): number {
  const machine = currentMachine();
  console.log(`${new Date().toISOString()}  ${machine.cpuModel}, ${machine.cpus} CPUs, ${machine.platform}, Node ${process.version}, load ${machine.loadAverage?.toFixed(1) ?? 'unknown'}\n`);
  const width = Math.max(...lines.map(({ name }) => name.length));
  for (const { name, figure, budget, met, detail } of lines) {
    console.log(`${met ? 'met   ' : 'MISSED'}  ${name.padEnd(width)}  ${figure} (${budget === undefined ? 'no budget' : `budget ${budget}`})  ${detail}`);
  }
  return lines.filter(({ met }) => !met).length;
}

import type { PerformanceConfig } from '../../core/config';
import type { GrowthProjection } from '../../core/growth';
import { generatedChoice } from '../../measure';
import { grow as growFunction } from '../../measure/experiments';
import { untilInterrupted } from '../interruption';
import type { Output } from '../output';
import type { GrowArguments } from './arguments';
import { printRuns } from './output';
import { completeDriver } from './profile';
import { openWorkspace, subjectOf } from './workspace';

/** Carries out `grow`: how the time of a function grows with the size of its input. */
export async function grow(args: GrowArguments, output: Output): Promise<number> {
  const workspace = await openWorkspace(args.subject.file, args, output);
  const { store, context, config } = workspace;
  const subject = subjectOf(args.subject, workspace);
  const { target, fact } = subject;
  const generatedFile = await completeDriver(subject, workspace);
  const projectTo = args.to !== undefined ? ({ n: args.to, basis: 'asked' } as const) : declaredSize(fact.parameters.map(({ name }) => name), config);
  return untilInterrupted(async (signal) => {
    output.warn(`Calling ${target.functionName} with larger and larger sizes`);
    const options = { signal, timeoutMs: args.timeLimitMs, onOutput: output.stream, start: args.from, largest: args.largest, projectTo };
    const run = await growFunction({ choice: generatedChoice(target, context.workspace), target, generatedFile }, { ...context, store }, options);
    return printRuns([run], [], args, output);
  });
}

/** What performance.json says of a parameter, by its name: "orders" is the table orders, or the last part of "cart.orders". */
export function declaredSize(parameters: readonly string[], { scale }: PerformanceConfig): Pick<GrowthProjection, 'n' | 'basis' | 'name'> | undefined {
  const declared = [
    ...Object.entries(scale.collections).map(([name, n]) => ({ name, n })),
    ...Object.entries(scale.tables).map(([name, { rows }]) => ({ name, n: rows })),
  ];
  for (const parameter of parameters) {
    const found = declared.find(({ name }) => name.split('.').pop()!.toLowerCase() === parameter.toLowerCase());
    if (found) return { ...found, basis: 'declared' };
  }
  return undefined;
}

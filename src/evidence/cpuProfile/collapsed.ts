import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FailureError, failures } from '../../core/failures';
import type { CpuProfile } from './parse';

const LINE = /^(.*) (\d+)$/;
const FRAME = /^(.*) \((.*):(\d+)\)$/;

interface Node {
  readonly id: number;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  hits: number;
  readonly children: Map<string, Node>;
}

/**
 * Reads stacks as py-spy writes them (`--format raw`): "outer (file:line);inner (file:line) count". Each sample weighs
 * the sampling interval, in microseconds. `file` names the text in the failure. Throws FailureError.
 */
export function parseCollapsed(text: string, file: string, intervalUs: number): CpuProfile {
  const root: Node = { id: 1, name: '(root)', file: '', line: 0, hits: 0, children: new Map() };
  const nodes = [root];
  const samples: number[] = [];
  for (const row of text.split('\n').filter((line) => line.trim() !== '')) {
    const [, stack, count] = LINE.exec(row) ?? [];
    if (stack === undefined) throw new FailureError(failures.brokenProfile(file, `"${row.slice(0, 60)}" is no stack`));
    let node = root;
    for (const frame of stack.split(';')) node = childOf(node, frame, nodes);
    node.hits += Number(count);
    for (let i = 0; i < Number(count); i++) samples.push(node.id);
  }
  return {
    nodes: nodes.map(({ id, name, file: path, line, hits, children }) => ({
      id,
      callFrame: { functionName: name, scriptId: '0', url: isAbsolute(path) ? pathToFileURL(path).href : path, lineNumber: line, columnNumber: 0 },
      hitCount: hits,
      children: [...children.values()].map((child) => child.id),
      ...(hits > 0 && { positionTicks: [{ line: line + 1, ticks: hits }] }),
    })),
    startTime: 0,
    endTime: samples.length * intervalUs,
    // The first sample of a profile is of its own start and counts for nothing.
    samples: [root.id, ...samples],
    timeDeltas: [0, ...samples.map(() => intervalUs)],
  };
}

function childOf(parent: Node, frame: string, nodes: Node[]): Node {
  const known = parent.children.get(frame);
  if (known) return known;
  const [, name = frame, file = '', line = '1'] = FRAME.exec(frame) ?? [];
  const child: Node = { id: nodes.length + 1, name, file, line: Number(line) - 1, hits: 0, children: new Map() };
  parent.children.set(frame, child);
  nodes.push(child);
  return child;
}

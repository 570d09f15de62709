import type { Range } from '../../core/text';
import { type Sources, identify } from '../attribution';
import type { CallTree } from './callTree';
import type { Frames } from './frames';
import type { CallFrame, ProfileNode } from './parse';
import type { ScriptMaps } from './scriptMaps';

type Ticks = NonNullable<ProfileNode['positionTicks']>;

/** Whose the samples of a node are. */
export interface TicksByOwner {
  /** At lines of the node's own function. */
  readonly own: Ticks;
  readonly inlined: readonly { readonly callee: ProfileNode; readonly ticks: Ticks }[];
}

/** A function as the sources have it; without a range it is the top level of its file. */
interface Place {
  readonly file: string;
  readonly functionName: string;
  readonly range?: Range;
}

/**
 * V8 charges the samples of a function that it has inlined to the caller, in all versions, and says them to be at lines
 * of the callee. A line that is none of the caller's is given to the one function the profile saw it call, at another
 * time, whose text has that line. Where none or several do, nobody is shown the line, and the time stays the caller's.
 */
export class Inlining {
  private readonly callees = new Map<string, Map<string, ProfileNode>>();
  private readonly places = new Map<string, Place | undefined>();

  constructor(tree: CallTree, private readonly frames: Frames, private readonly maps: ScriptMaps, private readonly sources: Sources) {
    tree.nodes.forEach((node, i) => {
      if (i === 0) return;
      const caller = keyOf(tree.nodes[tree.parents[i]!]!.callFrame);
      const known = this.callees.get(caller) ?? new Map<string, ProfileNode>();
      this.callees.set(caller, known.set(keyOf(node.callFrame), node));
    });
  }

  ticksOf(node: ProfileNode): TicksByOwner {
    const ticks = node.positionTicks ?? [];
    const place = this.placeOf(node);
    if (place === undefined) return { own: ticks, inlined: [] };
    const own: Ticks[number][] = [];
    const inlined = new Map<ProfileNode, Ticks[number][]>();
    for (const tick of ticks) {
      const owner = this.ownerOf(tick.line - 1, node, place);
      if (owner === node) own.push(tick);
      else if (owner) inlined.set(owner, [...(inlined.get(owner) ?? []), tick]);
    }
    return { own, inlined: [...inlined].map(([callee, calleeTicks]) => ({ callee, ticks: calleeTicks })) };
  }

  private ownerOf(line: number, node: ProfileNode, place: Place): ProfileNode | undefined {
    const others = [...(this.callees.get(keyOf(node.callFrame))?.values() ?? [])].filter((callee) => {
      const other = this.placeOf(callee);
      return other?.range !== undefined && !isSame(other, place) && this.holds(other, callee, line);
    });
    if (!this.holds(place, node, line)) return others.length === 1 ? others[0] : undefined;
    // A function inside of this one has lines that are this one's, too; the line it begins on makes it.
    const inner = others.filter((callee) => {
      const { file, range } = this.placeOf(callee)!;
      return file === place.file && place.range !== undefined && range!.start.line >= place.range.start.line && range!.end.line <= place.range.end.line && this.sourceLine(callee, line) > range!.start.line;
    });
    return inner.length === 1 ? inner[0] : node;
  }

  /** Whether a line of the node's script (from 0) is one of the function's text. */
  private holds({ file, range }: Place, node: ProfileNode, line: number): boolean {
    const at = this.sourceLine(node, line);
    if (at < 0) return false;
    if (range) return range.start.line <= at && at <= range.end.line;
    return !this.sources.functionsOf(file)!.some((anchor) => anchor.range.start.line < at && at <= anchor.range.end.line);
  }

  /** The line of the node's source file; -1 where it leads to another one. */
  private sourceLine(node: ProfileNode, line: number): number {
    const kind = this.frames.kindOf(node.callFrame);
    if (kind.kind !== 'workspace') return -1;
    const found = this.maps.line(node.callFrame.scriptId, kind.path, line);
    return this.frames.relative(found.file) === this.placeOf(node)?.file ? found.line : -1;
  }

  /** Undefined for foreign code, and where the syntax is unknown. */
  private placeOf({ callFrame }: ProfileNode): Place | undefined {
    const key = keyOf(callFrame);
    if (!this.places.has(key)) this.places.set(key, this.findPlace(callFrame));
    return this.places.get(key);
  }

  private findPlace(frame: CallFrame): Place | undefined {
    const kind = this.frames.kindOf(frame);
    if (kind.kind !== 'workspace') return undefined;
    const found = this.maps.place(frame.scriptId, kind.path, frame.lineNumber, frame.columnNumber);
    const file = this.frames.relative(found.file);
    const functions = file === undefined ? undefined : this.sources.functionsOf(file);
    if (file === undefined || functions === undefined) return undefined;
    const { functionName } = identify({ ...found, file, name: frame.functionName }, functions);
    return { file, functionName, range: functions.find(({ name }) => name === functionName)?.range };
  }
}

const isSame = (a: Place, b: Place): boolean => a.file === b.file && a.functionName === b.functionName;

const keyOf = ({ url, functionName, lineNumber, columnNumber }: CallFrame): string => `${url}\0${functionName}\0${lineNumber}\0${columnNumber}`;

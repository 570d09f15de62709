import type { EvidenceItem, NewEvidence } from '../evidence/item';
import type { Ledger } from '../evidence/ledger';
import type { FactSource } from '../facts/query';
import type { ConfinedFiles } from '../files/confinedFiles';
import type { ToolDefinition } from '../model';
import type { CommandRunner, Measurer, Proposals, QueryProver } from '../host';

/** What a tool has found, as text for the model. */
export interface ToolOutcome {
  readonly text: string;
  /** The model is told that it did not work, and why. */
  readonly isError?: boolean;
  /** The user has refused. */
  readonly isDenied?: boolean;
}

/** A question to the user: whether exactly this may run. */
export interface ApprovalQuestion {
  readonly tool: string;
  /** Exactly what would run. */
  readonly command: string;
  /** Where, relative to the workspace folder; '' is the folder itself. */
  readonly cwd: string;
  /** Why the model wants it, in its own words: to be shown as such. */
  readonly reason: string;
}

/** What the tools work on. Everything that runs or writes is behind an interface that the editor or a test supplies. */
export interface ToolContext {
  readonly ledger: Ledger;
  readonly facts: FactSource;
  readonly files: ConfinedFiles;
  readonly proposals: Proposals;
  readonly isTrusted: () => boolean;
  /** Asks the user, every time unless this exact command was allowed for good. */
  readonly approve: (question: ApprovalQuestion, signal: AbortSignal) => Promise<boolean>;
  readonly runner?: CommandRunner;
  readonly measurer?: Measurer;
  readonly prover?: QueryProver;
  /** Who proposes. */
  readonly model: string;
}

export interface Tool {
  readonly definition: ToolDefinition;
  /** What it is doing, for the list of steps: "Reading src/orders.ts". `input` fits the schema. */
  label(input: never): string;
  /** `input` fits the schema. @throws the signal's reason; other errors cost this call only. */
  run(input: never, context: ToolContext, signal: AbortSignal): Promise<ToolOutcome>;
}

/** A tool with the type of its input, which the caller has held to the schema. */
export function defineTool<Input>(tool: {
  readonly definition: ToolDefinition;
  label(input: Input): string;
  run(input: Input, context: ToolContext, signal: AbortSignal): Promise<ToolOutcome>;
}): Tool {
  return tool;
}

export const failed = (text: string): ToolOutcome => ({ text, isError: true });

/** Enters evidence and names it by its id; what the ledger has no room for is shown without one. */
export function citing(ledger: Ledger): (evidence: NewEvidence) => string {
  return (evidence) => {
    const item: EvidenceItem | undefined = ledger.enter(evidence);
    return item === undefined ? '[not citable]' : `[${item.id}]`;
  };
}

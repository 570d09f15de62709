import type { Effort } from '../anthropic';
import type { Limits } from '../budget';
import type { FactSource } from '../facts/query';
import type { ConfinedFiles } from '../files/confinedFiles';
import type { CommandRunner, Measurer, Proposals, QueryProver } from '../host';
import type { ChatModel } from '../model';
import type { Price } from '../prices';
import type { AllowedCommands } from './approvals';
import type { TranscriptStore } from './transcript';

/** The user's choice of who answers, and what it may cost. None of it can be set by a workspace. */
export interface AdvisorSettings {
  readonly provider: 'off' | 'anthropic' | 'vscode';
  /** Empty for the first model that VS Code offers. */
  readonly model: string;
  readonly effort: Effort;
  readonly baseUrl: string;
  readonly limits: Limits;
  /** Prices by model, US dollars for a million tokens, over the listed ones. */
  readonly prices: Readonly<Record<string, Price>>;
}

/** Given for one recipient; another one is asked for anew. */
export interface Consent {
  readonly recipient: string;
  /** Globs that are never read. */
  readonly exclude: readonly string[];
}

export interface ConsentStore {
  get(): Consent | undefined;
  set(consent: Consent | undefined): Promise<void>;
}

/** The program around a conversation. Everything that touches an editor, a disk or a network is behind it. */
export interface Ports {
  settings(): AdvisorSettings;
  /** The API key, from the secret store alone; undefined where none is stored. */
  key(): Promise<string | undefined>;
  /** Connects to the model that the settings name. The first call loads what is needed for that. @throws FailureError */
  connect(settings: AdvisorSettings, key: string, signal: AbortSignal): Promise<ChatModel>;
  /** Who would receive what is sent, before anything is: "claude-opus-5-5 at api.anthropic.com". */
  recipient(settings: AdvisorSettings): { readonly model: string; readonly recipient: string };
  readonly facts: FactSource;
  files(exclude: readonly string[]): ConfinedFiles;
  readonly proposals: Proposals;
  readonly measurer?: Measurer;
  readonly runner?: CommandRunner;
  readonly prover?: QueryProver;
  isTrusted(): boolean;
  readonly consents: ConsentStore;
  readonly allowed: AllowedCommands;
  readonly transcripts: TranscriptStore;
  /** Remembers which conversation is open, so that it comes back after a reload. */
  readonly current: { get(): string | undefined; set(id: string | undefined): Promise<void> };
  now(): Date;
}

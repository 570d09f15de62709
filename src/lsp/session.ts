import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';
import type { Known } from '../advisor/facts/snapshot';
import { CONFIG_FILE } from '../core/config';
import type { FunctionFact } from '../core/facts';
import { failures, type Failure } from '../core/failures';
import type { Finding } from '../core/finding';
import { languageOfFile, ruleLanguageOf } from '../core/language';
import type { AnalysisCache } from '../detect/analysisCache';
import { createDetector, type Detector } from '../detect/detector';
import { readInto } from '../detect/reading';
import type { TypeAnswers } from '../detect/typeAnswers';
import { ProposalStore } from '../evidence/proposalStore';
import { EvidenceStore } from '../evidence/store';
import { isGenerated, isGeneratedPath, isTestPath, LARGEST_FILE_BYTES, readablePart } from '../workspace/files';
import { isSkippedFolder } from '../workspace/files/skip';
import { Configuration } from './configuration';
import type { DocumentView } from './documentView';
import { SessionEvidence } from './evidence';
import type { FileNames } from './fileNames';
import { Judge } from './judge';
import { OpenFiles } from './openFiles';
import type { ServerSettings } from './protocol';

/**
 * What is known of one workspace folder, or of the documents that belong to none:
 * the detector, the configuration, the measurements and the open documents.
 */
export class Session {
  readonly detector: Detector = createDetector();
  readonly configuration = new Configuration();
  readonly store?: EvidenceStore;
  readonly proposals?: ProposalStore;
  readonly evidence: SessionEvidence;
  readonly open: OpenFiles;
  /** What was known of the folder's files when the last server ended. */
  cache?: AnalysisCache;
  private readonly judge: Judge;
  private readonly unreadable = new Map<string, Failure>();
  private readonly views = new Map<string, { readonly version: number; readonly view: DocumentView }>();
  private isExcluded: (file: string) => boolean = () => false;
  private started?: Promise<unknown>;

  constructor(readonly names: FileNames) {
    this.store = names.root && new EvidenceStore(names.root.path);
    this.proposals = names.root && new ProposalStore(names.root.path);
    this.evidence = new SessionEvidence(this.store, this.proposals);
    this.open = new OpenFiles((file, text) => this.analyse(file, text));
    this.judge = new Judge(this.detector, this.configuration, this.evidence);
  }

  /** Reads performance.json and the stored runs, once. No document is judged before that. */
  start(): Promise<unknown> {
    return (this.started ??= Promise.all([this.readConfiguration(), this.loadEvidence()]));
  }

  /** Whether an open file is looked at: the project's own source, as in a scan. */
  covers(file: string): boolean {
    if (languageOfFile(file) === undefined) return false;
    if (this.names.root === undefined) return true;
    const folders = file.split('/').slice(0, -1);
    const isSkipped = folders.some((_, depth) => isSkippedFolder(folders.slice(0, depth + 1).join('/')));
    return !isSkipped && !isTestPath(file) && !isGeneratedPath(file) && !this.isExcluded(file);
  }

  setSettings(settings: ServerSettings): void {
    this.isExcluded = settings.exclude.length === 0 ? () => false : picomatch([...settings.exclude], { dot: true });
    this.configuration.setSettings(settings);
    this.configurationChanged();
  }

  /** Takes performance.json from the editor where it is open, else from the disk. */
  async readConfiguration(): Promise<void> {
    this.configuration.failures = [];
    await this.configuration.setText(this.open.get(CONFIG_FILE)?.getText() ?? (await this.configurationOnDisk()));
    this.configurationChanged();
  }

  async loadEvidence(): Promise<void> {
    await this.evidence.load();
    this.judge.reset();
    this.views.clear();
  }

  /** Gives a text to the detector, unless nobody could act on what it would say. */
  async analyse(file: string, whole: string): Promise<void> {
    const text = await readablePart(file, whole);
    const failure = unreadable(file, text);
    if (failure) this.unreadable.set(file, failure);
    else this.unreadable.delete(file);
    if (failure || isGenerated(text, languageOfFile(file))) this.detector.remove(file);
    else await this.detector.update(file, text, this.open.has(file));
    this.views.clear();
  }

  /** What a type checker has said about the findings of a file. */
  answer(file: string, answers: TypeAnswers): void {
    this.detector.answer(file, answers);
    this.views.delete(file);
  }

  /** Makes a file of the disk known. @returns why it could not be read. */
  async readFromDisk(file: string): Promise<Failure | undefined> {
    const reading = await readInto(this.detector, this.names.root!.path, file, this.cache);
    // It may have been opened meanwhile, and then the editor's text is the one that counts.
    if (this.open.has(file) && this.covers(file)) {
      this.open.forget(file);
      await this.open.bringUpToDate(file);
    }
    this.views.clear();
    return reading.kind === 'failure' ? reading.failure : undefined;
  }

  remove(file: string): void {
    this.unreadable.delete(file);
    this.open.forget(file);
    this.detector.remove(file);
    this.views.clear();
  }

  /** A document was closed; its file stays known. */
  close(file: string): void {
    this.open.delete(file);
    this.detector.rest(file);
  }

  /** An open document that belongs to another session from now on. */
  release(uri: string): void {
    const file = this.open.files.find((candidate) => this.open.get(candidate)?.uri === uri);
    if (file === undefined) return;
    this.close(file);
    if (this.names.root === undefined) this.remove(file);
  }

  /** What the editor shows of an open document at its newest version; undefined for one that is not looked at. */
  async view(file: string): Promise<DocumentView | undefined> {
    await this.start();
    if (!this.open.has(file) || !this.covers(file) || ruleLanguageOf(file) === undefined) return undefined;
    await this.open.bringUpToDate(file);
    const document = this.open.get(file);
    if (document === undefined) return undefined;
    const cached = this.views.get(file);
    if (cached?.version === document.version) return cached.view;
    const view = this.judge.view(file, document, (other) => this.uriOf(other));
    this.views.set(file, { version: document.version, view });
    return view;
  }

  /**
   * What is known of the folder beside the detector, as it is now.
   * @param more failures that others have met, such as files that the scanner could not read.
   */
  known(more: readonly Failure[], now: Date): Known {
    const { runs, proposals, failures: unread } = this.evidence;
    return {
      name: this.names.name,
      runs,
      proposals,
      config: this.configuration.current,
      failures: [...this.unreadable.values(), ...unread, ...this.configuration.failures, ...more],
      now,
    };
  }

  finding(id: string): Finding | undefined {
    return this.detector.check().findings.find((finding) => finding.id === id);
  }

  functionOf(file: string, functionName: string): FunctionFact | undefined {
    return this.detector.functions(file).find(({ name }) => name === functionName);
  }

  /** The URI by which the editor knows a file that is open, else the one made of its path. */
  uriOf(file: string): string {
    return this.open.get(file)?.uri ?? this.names.uriOf(file);
  }

  private configurationChanged(): void {
    this.detector.setConfig(this.configuration.current);
    this.judge.reset();
    this.views.clear();
  }

  private async configurationOnDisk(): Promise<string | undefined> {
    if (this.names.root === undefined) return undefined;
    return readFile(join(this.names.root.path, CONFIG_FILE), 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT') this.configuration.failures = [failures.unreadableFile(CONFIG_FILE, cause)];
      return undefined;
    });
  }
}

function unreadable(file: string, text: string): Failure | undefined {
  if (text.includes('\0')) return failures.binaryFile(file);
  if (text.length > LARGEST_FILE_BYTES) return failures.largeFile(file, text.length, LARGEST_FILE_BYTES);
  return undefined;
}

import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { CommandEnd, CommandRunner } from '../../advisor/host';
import { runPlan } from '../../measure/runPlan';
import { CutOutput } from './cutOutput';

/** What of the editor's own environment is no business of a command that a model has asked for. */
const OWN_VARIABLES = /^(?:ANTHROPIC_|VSCODE_|ELECTRON_)/;

/** What the terminal shows of one command: a flood would hold the editor up. */
const MOST_SHOWN = 1_000_000;

/** Runs commands of a shell, one after the other, in a terminal of their own that the user can see and stop. */
export class TerminalRunner implements CommandRunner, vscode.Disposable {
  readonly shell = process.platform === 'win32' ? 'cmd.exe' : existsSync('/bin/bash') ? 'bash' : 'sh';
  private terminal?: CommandTerminal;

  /** @param timeoutMs how long a command may take; asked for each of them. */
  constructor(
    private readonly folder: string,
    private readonly timeoutMs: () => number,
  ) {}

  async run(command: string, signal: AbortSignal): Promise<CommandEnd> {
    const terminal = (this.terminal = this.terminal?.isOpen ? this.terminal : new CommandTerminal());
    const stop = new AbortController();
    terminal.onStop = () => stop.abort();
    terminal.begin(command);
    const output = new CutOutput();
    let shown = 0;
    const argv = process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', command] : [`/bin/${this.shell}`, '-c', command];
    const { ending, code } = await runPlan(
      { argv, cwd: this.folder, env: withoutOwn(process.env) },
      {
        signal: AbortSignal.any([signal, stop.signal]),
        timeoutMs: this.timeoutMs(),
        onOutput: (text) => {
          output.add(text);
          if (shown < MOST_SHOWN) terminal.write(text);
          shown += text.length;
        },
      },
    );
    terminal.end(ending === 'exited' ? `exit code ${code ?? 'unknown'}` : ending);
    return { output: output.text, isCut: output.isCut, ending, ...(code !== undefined && { code }) };
  }

  dispose(): void {
    this.terminal?.dispose();
  }
}

/** `undefined` takes a variable away from the program. */
function withoutOwn(environment: NodeJS.ProcessEnv): Record<string, undefined> {
  return Object.fromEntries(Object.keys(environment).filter((name) => OWN_VARIABLES.test(name)).map((name) => [name, undefined]));
}

/** A terminal that shows what runs and takes nothing but Ctrl+C. */
class CommandTerminal implements vscode.Pseudoterminal, vscode.Disposable {
  isOpen = true;
  /** The user has pressed Ctrl+C or closed the terminal. */
  onStop: () => void = () => undefined;
  private readonly written = new vscode.EventEmitter<string>();
  private readonly terminal: vscode.Terminal;
  private isShown = false;
  private early = '';
  readonly onDidWrite = this.written.event;

  constructor() {
    this.terminal = vscode.window.createTerminal({ name: 'Performance Engineer', pty: this, iconPath: new vscode.ThemeIcon('comment-discussion') });
  }

  open(): void {
    this.isShown = true;
    this.written.fire(this.early);
    this.early = '';
  }

  close(): void {
    this.isOpen = false;
    this.onStop();
  }

  handleInput(data: string): void {
    if (data === '\x03') this.onStop();
  }

  begin(command: string): void {
    this.terminal.show(true);
    this.write(`\x1b[1m$ ${command}\x1b[0m\n`);
  }

  write(text: string): void {
    const lines = text.replace(/\r?\n/g, '\r\n');
    if (this.isShown) this.written.fire(lines);
    else this.early += lines;
  }

  end(how: string): void {
    this.onStop = () => undefined;
    this.write(`\x1b[2m(${how})\x1b[0m\n\n`);
  }

  dispose(): void {
    this.terminal.dispose();
    this.written.dispose();
  }
}

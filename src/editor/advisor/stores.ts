import type * as vscode from 'vscode';
import type { AllowedCommands } from '../../advisor/session/approvals';
import type { Consent, ConsentStore, Ports } from '../../advisor/session/ports';

/** What the user has decided for one workspace folder, kept by VS Code and not in the workspace. */
export class Decisions {
  constructor(
    private readonly memento: vscode.Memento,
    private readonly folder: string,
  ) {}

  readonly consents: ConsentStore = {
    get: () => this.memento.get<Consent>(this.key('consent')),
    set: async (consent) => this.memento.update(this.key('consent'), consent),
  };

  readonly current: Ports['current'] = {
    get: () => this.memento.get<string>(this.key('conversation')),
    set: async (id) => this.memento.update(this.key('conversation'), id),
  };

  get allowed(): AllowedCommands {
    const list = (): readonly Allowed[] => this.memento.get<readonly Allowed[]>(this.key('allowed'), []);
    const set = async (allowed: readonly Allowed[] | undefined): Promise<void> => this.memento.update(this.key('allowed'), allowed);
    return {
      has: (command, cwd) => list().some((each) => each.command === command && each.cwd === cwd),
      add: (command, cwd) => set([...list(), { command, cwd }]),
      get list() {
        return list().map(({ command, cwd }) => (cwd === '' ? command : `${command} (in ${cwd})`));
      },
      clear: () => set(undefined),
    };
  }

  private key(name: string): string {
    return `advisor.${name} ${this.folder}`;
  }
}

interface Allowed {
  readonly command: string;
  readonly cwd: string;
}

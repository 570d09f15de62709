import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import { EMPTY_CONFIG, type PerformanceConfig } from '../core/config';
import type { Failure } from '../core/failures';
import type { ConfigProblem } from '../workspace/config';
import { SOURCE } from './features/diagnostics';
import type { ServerSettings } from './protocol';

export const DEFAULT_SETTINGS: ServerSettings = {
  rules: {},
  codeLens: true,
  inlayHints: true,
  exclude: [],
  nodePath: '',
  pythonPath: '',
  trusted: false,
};

/** performance.json of one folder as it was last valid, under the settings of this editor. */
export class Configuration {
  /** Why performance.json could not be read from the disk. */
  failures: readonly Failure[] = [];
  private declared: PerformanceConfig = EMPTY_CONFIG;
  private problems: readonly ConfigProblem[] = [];
  private settings: ServerSettings = DEFAULT_SETTINGS;
  private newest = 0;

  /** What is in force. A level in the settings wins, because they are nearer to the person. */
  get current(): PerformanceConfig {
    return { ...this.declared, rules: { ...this.declared.rules, ...this.settings.rules } };
  }

  setSettings(settings: ServerSettings): void {
    this.settings = settings;
  }

  /**
   * Takes the text of performance.json, or undefined where there is none. An invalid one changes nothing but its problems.
   * What reads and validates it is loaded with the first one.
   */
  async setText(text: string | undefined): Promise<void> {
    const number = ++this.newest;
    const { config, problems } = text === undefined ? { config: EMPTY_CONFIG, problems: [] } : (await import('../workspace/config')).readConfig(text);
    // A newer text may have come meanwhile.
    if (number !== this.newest) return;
    this.declared = config ?? this.declared;
    this.problems = problems;
  }

  diagnostics(): Diagnostic[] {
    const isInForce = this.problems.every(({ severity }) => severity === 'warning');
    return this.problems.map(({ range, message, code, severity }) => ({
      range,
      severity: severity === 'error' ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
      source: SOURCE,
      code,
      message: isInForce ? message : `${message} Until this is corrected, the last valid performance.json stays in force.`,
    }));
  }
}

/** Settings as any client may send them: what is absent or of the wrong type keeps its default. */
export function readSettings(value: unknown): ServerSettings {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const flag = (key: 'codeLens' | 'inlayHints' | 'trusted'): boolean => {
    const found = given[key];
    return typeof found === 'boolean' ? found : DEFAULT_SETTINGS[key];
  };
  const text = (key: 'nodePath' | 'pythonPath'): string => (typeof given[key] === 'string' ? given[key] : '');
  return {
    nodePath: text('nodePath'),
    pythonPath: text('pythonPath'),
    codeLens: flag('codeLens'),
    inlayHints: flag('inlayHints'),
    trusted: flag('trusted'),
    exclude: Array.isArray(given.exclude) ? given.exclude.filter((glob) => typeof glob === 'string') : [],
    rules: Object.fromEntries(Object.entries(given.rules ?? {}).filter(([, level]) => LEVELS.has(level))),
  };
}

const LEVELS: ReadonlySet<unknown> = new Set(['on', 'off', 'high', 'medium', 'low']);

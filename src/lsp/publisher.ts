import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';

/** Sends the diagnostics of a document when they differ from what the client has. */
export class Publisher {
  private readonly sent = new Map<string, string>();

  constructor(private readonly send: (params: PublishDiagnosticsParams) => void) {}

  /** @returns whether anything had to be sent. */
  publish(uri: string, diagnostics: Diagnostic[], version?: number): boolean {
    const text = JSON.stringify(diagnostics);
    if (text === (this.sent.get(uri) ?? '[]')) return false;
    if (diagnostics.length === 0) this.sent.delete(uri);
    else this.sent.set(uri, text);
    this.send({ uri, diagnostics, version });
    return true;
  }
}

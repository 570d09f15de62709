import type { FactAnswers, FactKind, FactQueryOf, FactSource } from '../../advisor/facts/query';
import type { ProposalDraft, Proposals } from '../../advisor/host';
import { Method } from '../../lsp/protocol';
import type { Server } from '../server/server';

/** A folder's facts as the language server knows them, once it has been through the workspace. */
export class ServerFacts implements FactSource, Proposals {
  /** @param folder the URI of the workspace folder. */
  constructor(
    private readonly server: Server,
    private readonly folder: string,
  ) {}

  async ask<Kind extends FactKind>(query: FactQueryOf<Kind>, signal?: AbortSignal): Promise<FactAnswers[Kind]> {
    await this.server.ready(signal);
    // The answer's type is that of the question: the protocol cannot say so.
    return this.server.request(Method.fact, { folder: this.folder, query }) as Promise<FactAnswers[Kind]>;
  }

  propose(draft: ProposalDraft): ReturnType<Proposals['propose']> {
    return this.server.request(Method.propose, { folder: this.folder, draft });
  }
}

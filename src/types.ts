import type { Answer, Question } from './types/protocol';
import { TypeService } from './types/typeService';

/**
 * The process that answers type questions. It is started for the first of them and ended when there
 * are no more, because the compiler keeps hundreds of megabytes that nothing else gives back.
 */
let service: { readonly root: string; readonly types: TypeService } | undefined;

function answer({ id, root, ...request }: Question): Answer {
  try {
    if (service?.root !== root) service = { root, types: new TypeService(root) };
    return { id, kinds: service.types.ask(request) };
  } catch (error) {
    return { id, kinds: request.spans.map(() => undefined), failure: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (question: Question) => process.send!(answer(question)));
process.on('disconnect', () => process.exit());

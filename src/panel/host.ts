import type { Check } from './check';

/** What VS Code gives to a webview's script, once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension, as a view sees it. */
export interface Host<From> {
  post(message: From): void;
  /** What `saveState` was given last in this view, in this session of the panel or an earlier one. */
  savedState(): unknown;
  saveState(state: object): void;
}

/** What every view says by itself. */
type Handshake = { readonly type: 'ready' } | { readonly type: 'ack'; readonly seq: number };

/**
 * Connects a view with its extension and says `ready`. Messages that do not fit the protocol are dropped
 * without an answer; so are repeated and overtaken ones, by their number.
 */
export function connect<To extends { readonly seq: number }, From extends { readonly type: string }>(
  isMessage: Check<To>,
  receive: (message: To) => void,
): Host<From> {
  const api = acquireVsCodeApi();
  const post = (message: From | Handshake): void => api.postMessage(message);
  let last = 0;
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isMessage(data)) {
      console.warn('A message that is not of the panel protocol was dropped.');
      return;
    }
    if (data.seq > last) {
      last = data.seq;
      receive(data);
    }
    post({ type: 'ack', seq: data.seq });
  });
  post({ type: 'ready' });
  return { post, savedState: () => api.getState(), saveState: state => api.setState(state) };
}

import { type FromPanel, isToPanel, type ToPanel } from './protocol';

/** What VS Code gives to a webview's script, once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension, as the panel sees it. */
export interface Host {
  post(message: FromPanel): void;
  /** What `saveState` was given last in this view, in this session of the panel or an earlier one. */
  savedState(): unknown;
  saveState(state: object): void;
}

/**
 * Connects the panel with its extension and says `ready`. Messages that do not fit the protocol are dropped
 * without an answer; so are repeated and overtaken ones, by their number.
 */
export function connect(receive: (message: ToPanel) => void): Host {
  const api = acquireVsCodeApi();
  const post = (message: FromPanel): void => api.postMessage(message);
  let last = 0;
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isToPanel(data)) {
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

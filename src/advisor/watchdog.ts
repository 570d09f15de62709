/** Why a stream was ended: nothing came for too long, or too much. */
export type Bite = 'stalled' | 'oversized';

/**
 * Watches the bytes of a response as they come, below every parser. A time limit of a request does not cover a
 * stream that stops in the middle, and pings, which prove that the server is alive, reach no one else.
 */
export class Watchdog {
  /** Called once when a stream has to be ended. */
  onBite: () => void = () => undefined;
  bite?: Bite;
  /** The server has begun to send an answer, so whatever goes wrong from then on is not the way to it. */
  hasAnswer = false;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly idleMs: number,
    private readonly largestBytes: number,
  ) {}

  /** `fetch` with a watched body. The global one is looked up late: VS Code replaces it to go through proxies. */
  async fetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
    this.bite = undefined;
    this.hasAnswer = false;
    const response = await globalThis.fetch(url, init);
    this.hasAnswer = response.ok;
    if (response.body === null) return response;
    let received = 0;
    this.wait();
    const watched = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          received += chunk.byteLength;
          if (received > this.largestBytes) this.end('oversized');
          else this.wait();
          controller.enqueue(chunk);
        },
        flush: () => this.rest(),
      }),
    );
    const { status, statusText, headers } = response;
    return new Response(watched, { status, statusText, headers });
  }

  /** Stops watching: the stream has ended. */
  rest(): void {
    clearTimeout(this.timer);
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end('stalled'), this.idleMs);
  }

  private end(bite: Bite): void {
    this.rest();
    this.bite ??= bite;
    this.onBite();
  }
}

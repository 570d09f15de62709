/** The panel's own script, known only while it runs for the first time. */
const own = document.currentScript;
let loading: Promise<void> | undefined;

/**
 * Loads what draws charts, once: most visits to the report draw none. The policy lets a script pass by its nonce,
 * which a script that is running can hand on. Rejects where the file cannot be loaded.
 */
export function loadCharts(): Promise<void> {
  return (loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = own?.nonce ?? '';
    script.src = new URL('charts.js', (own as HTMLScriptElement | null)?.src ?? document.baseURI).href;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      loading = undefined;
      reject(new Error('The charts could not be loaded. Their figures are in the tables; reload the window to have the pictures.'));
    });
    document.head.append(script);
  }));
}

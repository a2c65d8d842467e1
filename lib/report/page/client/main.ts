import { html } from 'htm/preact';
import { render } from 'preact';
import type { PageData } from '../model.ts';
import { App } from './app.ts';
import { dataOf, unpacked } from './data.ts';

/** Takes over from the plain page once the data are there; without them the plain page stays, and says why. */
async function start(): Promise<void> {
  const root = document.querySelector('#app')!;
  try {
    const data = dataOf(await unpacked<PageData>(document.querySelector('#data')!.textContent));
    document.querySelector('#parts')!.removeAttribute('hidden');
    document.querySelector('#plain')?.remove();
    render(html`<${App} data=${data} />`, root);
    document.documentElement.classList.add('ready');
  } catch (error) {
    render(
      html`<p class="lead">
        ${`This browser cannot open the lists (${String(error)}). They are in findings.csv and findings.json.`}
      </p>`,
      root,
    );
  }
}

await start();

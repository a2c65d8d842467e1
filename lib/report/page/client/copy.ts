import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { visible } from '../../text.ts';

const SHOWN_MS = 2500;

/** A button that copies a text, and says whether it did. */
export function CopyButton({ value, label }: { readonly value: string; readonly label: string }): VNode {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return undefined;
    const timer = setTimeout(() => setSaid(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const onClick = async () => setSaid((await copied(value)) ? 'Copied' : 'Press Ctrl+C');
  return html`<button type="button" class="copy" onClick=${onClick} aria-label=${`Copy ${label}`}>
    <span role="status">${said === '' ? 'Copy' : said}</span>
  </button>`;
}

/** A command with its button. Where nothing can be copied for the reader, one click selects it. */
export function Command({ value, label }: { readonly value: string; readonly label: string }): VNode {
  const code = useRef<HTMLElement>(null);
  return html`<div class="command">
    <pre><code ref=${code}>${value.split('\n').map(visible).join('\n')}</code></pre>
    <${CopyButton} value=${value} label=${label} />
  </div>`;
}

async function copied(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return copiedBySelection(value);
  }
}

/** Pages from a folder or over plain HTTP have no clipboard of their own. */
function copiedBySelection(value: string): boolean {
  const field = document.createElement('textarea');
  field.value = value;
  field.className = 'away';
  document.body.append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  return isDone;
}

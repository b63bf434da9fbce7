import { element } from './element.ts';

/** Puts a text on the clipboard; false when the browser refuses. Leaves the focus where it was. */
export async function copyToClipboard(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, near);
  }
}

/** For pages without TLS and frames without permission, where there is no clipboard to write to. */
function copyBySelection(text: string, near: HTMLElement): boolean {
  const field = element('textarea', { class: 'unseen', readonly: true, tabindex: '-1' });
  field.value = text;
  field.style.whiteSpace = 'pre';
  near.after(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  near.focus();
  return copied;
}

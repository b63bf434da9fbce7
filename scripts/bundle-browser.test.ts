import { describe, expect, it } from 'vitest';
import { bundleBrowser, gzippedSize, REPOSITORY } from './bundle-browser.ts';

const MOST = 25_000;

describe('What browsers load', () => {
  it('is a widget of at most 25 kB', async () => {
    const bundles = await bundleBrowser(REPOSITORY);
    const sizes = {
      'widget.js': gzippedSize(bundles['widget.js']),
      'ibid/widget': gzippedSize(bundles['ibid-widget.js']),
    };
    console.info(`gzipped: ${JSON.stringify(sizes)} bytes of ${MOST}`);
    expect(sizes['widget.js']).toBeLessThanOrEqual(MOST);
    expect(sizes['ibid/widget']).toBeLessThanOrEqual(MOST);
  });

  it('never makes markup or code out of text, and asks for no font and no cookie', async () => {
    const bundles = await bundleBrowser(REPOSITORY);
    for (const bytes of Object.values(bundles)) {
      const code = new TextDecoder().decode(bytes);
      expect(code).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|@font-face|@import|url\(|document\.cookie/,
      );
    }
  });
});

import composer from './composer.css';
import conversation from './conversation.css';
import frame from './frame.css';
import sources from './sources.css';
import theme from './theme.css';

let sheet: CSSStyleSheet | undefined;

/** The one sheet that all widgets of a page share. Unlike `<style>`, a constructed sheet is not stopped by `style-src 'self'`. */
export function sharedSheet(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync([theme, frame, conversation, sources, composer].join('\n'));
  }
  return sheet;
}

/** Models that think aloud wrap it so; servers that do not know them pass it on. */
const OPEN = /^\s*<(think(?:ing)?|thoughts?|reasoning)>/i;
const CLOSE = /<\/(?:think(?:ing)?|thoughts?|reasoning)>\s*/i;
const LONGEST_TAG = '<reasoning>'.length;

export interface ThoughtFilter {
  push(delta: string): string;
  end(): string;
}

/** Leaves out what a model thinks aloud before its reply. A reply that is nothing but thoughts is empty. */
export function createThoughtFilter(): ThoughtFilter {
  let held = '';
  let state: 'start' | 'thinking' | 'reply' = 'start';

  const release = (atEnd: boolean): string => {
    if (state === 'start') {
      const begun = held.trimStart();
      if (OPEN.test(held)) state = 'thinking';
      else if (!atEnd && (begun === '' || (begun.startsWith('<') && begun.length < LONGEST_TAG))) return '';
      else state = 'reply';
    }
    if (state === 'thinking') {
      const close = CLOSE.exec(held);
      if (close === null) return '';
      held = held.slice(close.index + close[0].length);
      state = 'reply';
    }
    const text = held;
    held = '';
    return text;
  };

  return {
    push(delta) {
      held += delta;
      return release(false);
    },
    end: () => release(true),
  };
}

import { describe, expect, it } from 'vitest';
import { readPrompts } from '../../node/read-prompts.ts';
import { parsePrompts } from './prompts.ts';

const GOOD = {
  answer: '<!-- {{anything}} -->\n# System\nBe brief.\n# User\n{{passages}}\n{{ question }}\n',
  correct: '# System\nMend.\n\n# User\n{{passages}} {{question}} {{sentence}} {{reason}}',
  translate: '# System\nTranslate into {{language}}.\n# User\n{{question}}',
  condense: '# System\r\nRewrite.\r\n# User\r\n{{conversation}}\r\n{{question}}',
};

function faultsOf(changes: Partial<typeof GOOD>): string {
  try {
    parsePrompts({ ...GOOD, ...changes });
    return '';
  } catch (error) {
    return String(error);
  }
}

describe('Prompts', () => {
  it('become a system and a user message, with comments left out and variables filled in once', () => {
    const messages = parsePrompts(GOOD).answer({ passages: 'P {{question}} $&', question: 'Q' });
    expect(messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'P {{question}} $&\nQ' },
    ]);
  });

  it('of the owner are checked, and every fault is told at once', () => {
    const faults = faultsOf({
      answer: '# System\nBe brief.\n# User\n{{question}} {{pasages}}',
      correct: 'Mend {{sentence}}.',
      condense: '# System\n\n# User\n{{conversation}} {{question}}',
    });
    expect(faults).toContain('answer.md lacks {{passages}}.');
    expect(faults).toContain('answer.md has {{pasages}}; it knows {{passages}}, {{question}}.');
    expect(faults).toContain('correct.md must have a part "# System" and then a part "# User"');
    expect(faults).toContain('condense.md must have');
  });

  it('that Ibid brings along are sound, and a folder of the owner goes before them, file by file', async () => {
    const { answer, correct } = await readPrompts(undefined);
    expect(answer({ passages: 'PASSAGES', question: 'QUESTION' })[1]?.content).toContain('PASSAGES');
    const values = { passages: 'P', question: 'Q', sentence: 'SENTENCE', reason: 'REASON' };
    expect(correct(values)[1]?.content).toMatch(/SENTENCE[\s\S]*REASON/);
    await expect(readPrompts('/nowhere/at/all')).rejects.toThrow('IBID_PROMPTS: the folder /nowhere/at/all');
    await expect(readPrompts('docs')).rejects.toThrow('is no prompt. There are answer.md');
  });
});

import { describe, expect, it } from 'vitest';
import { type AnswerType, answerTypeOf, asksYesOrNo, typeEvidence } from './answer-type.ts';

const words = (text: string) => new Set(text.toLowerCase().split(/\W+/));

describe('The type of an answer', () => {
  it.each<[string, AnswerType]>([
    ['Who helped Manaf Tlas to flee?', 'person'],
    ['When did he defect?', 'time'],
    ['In what year did the war end?', 'time'],
    ['Where is Mustafa Tlas living?', 'place'],
    ['Which country did he flee through?', 'place'],
    ['How many people have died?', 'quantity'],
    ['how old is he', 'quantity'],
    ['Why did he withdraw to his office?', 'reason'],
    ['What caused the delay?', 'reason'],
    ['What is a passage?', 'definition'],
    ['How did he escape?', 'manner'],
    ['Did the family confirm it?', 'other'],
  ])('%s asks for %s', (question, type) => {
    expect(answerTypeOf(question)).toBe(type);
  });

  it.each([
    ['Is the lamp lit?', true],
    [' And did it burn oil?', true],
    ['Can you tell me how it was lit?', false],
    ['What is lit?', false],
    ['Issues of the harbour', false],
  ])('%s: yes or no: %s', (question, expected) => {
    expect(asksYesOrNo(question)).toBe(expected);
  });

  it('is seen in a sentence that holds it', () => {
    expect(typeEvidence('time', 'He fled in July.', words('when did he flee'))).toBe(1);
    expect(typeEvidence('time', 'He fled at last.', words('when did he flee'))).toBe(0);
    expect(typeEvidence('quantity', 'More than 18,000 people died.', words('how many died'))).toBe(1);
    expect(typeEvidence('person', 'It was confirmed by Laurent Fabius.', words('who confirmed it'))).toBe(1);
    expect(typeEvidence('reason', 'He left because he disagreed.', words('why did he leave'))).toBe(1);
    expect(typeEvidence('place', 'He fled via Turkey.', words('where did he flee'))).toBe(1);
  });

  it('is not seen in what the question itself names', () => {
    expect(typeEvidence('time', 'The war of 2011 went on.', words('when did the war of 2011 end'))).toBe(0);
    expect(
      typeEvidence('quantity', 'The 10th Brigade moved.', words('how many soldiers has the 10th brigade')),
    ).toBe(0);
  });
});

import { describe, expect, test } from 'vitest';
import { createPlan, type Known } from './plan.ts';

const known = (uri: string, contentHash = 'old', origin = 'folder:a'): Known => ({
  id: `doc_${uri}`,
  uri,
  contentHash,
  origin,
});

describe('createPlan', () => {
  test('documents are added, changed or unchanged by hash, and the rest of the origin leaves', () => {
    const plan = createPlan([known('same'), known('edited'), known('gone')], { origin: 'folder:a' });
    expect(plan.judge({ uri: 'new', contentHash: 'x' })).toBe('added');
    expect(plan.judge({ uri: 'same', contentHash: 'old' })).toBe('unchanged');
    expect(plan.judge({ uri: 'edited', contentHash: 'new' })).toBe('changed');
    expect(plan.removals().map(({ uri }) => uri)).toEqual(['gone']);
  });

  test('the second document with a uri is a duplicate', () => {
    const plan = createPlan([], { origin: 'folder:a' });
    plan.judge({ uri: 'twin', contentHash: 'x' });
    expect(plan.judge({ uri: 'twin', contentHash: 'y' })).toBe('duplicate');
  });

  test('what another origin brought stays, unless this one brings it too', () => {
    const plan = createPlan([known('theirs', 'old', 'upload'), known('both', 'old', 'upload')], {
      origin: 'folder:a',
    });
    expect(plan.judge({ uri: 'both', contentHash: 'old' })).toBe('changed');
    expect(plan.removals()).toEqual([]);
  });

  test('what is stored of a failed item stays, the members of an archive too', () => {
    const stored = [known('a.zip#1'), known('a.zip'), known('a.zip2'), known('b')];
    const plan = createPlan(stored, { origin: 'folder:a' });
    plan.keep('a.zip');
    expect(plan.removals().map(({ uri }) => uri)).toEqual(['a.zip2', 'b']);
  });

  test('a rebuild leaves nothing unchanged', () => {
    const plan = createPlan([known('same')], { origin: 'folder:a', rebuild: true });
    expect(plan.judge({ uri: 'same', contentHash: 'old' })).toBe('changed');
  });
});

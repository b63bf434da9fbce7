import { describe, expect, it } from 'vitest';
import { weighByGroup, weighByLabel } from './weigh.ts';

const of = (group: string, answerable: boolean, count: number) =>
  Array.from({ length: count }, () => ({ group, answerable }));
const observations = [
  ...of('mixed', true, 8),
  ...of('mixed', false, 2),
  ...of('off topic', false, 5),
  ...of('answerable', true, 4),
];

function total(
  weightOf: (observation: (typeof observations)[number]) => number,
  group: string,
  answerable: boolean,
) {
  return observations
    .filter((each) => each.group === group && each.answerable === answerable)
    .reduce((sum, each) => sum + weightOf(each), 0);
}

describe('Weighing observations', () => {
  it('lets every group count alike, however many it has', () => {
    const weightOf = weighByGroup(observations);
    const mixed = total(weightOf, 'mixed', true) + total(weightOf, 'mixed', false);
    expect(mixed).toBeCloseTo(total(weightOf, 'off topic', false));
    expect(mixed).toBeCloseTo(total(weightOf, 'answerable', true));
  });

  it('splits a group evenly over its labels, and counts one where all can be answered a fifth', () => {
    const weightOf = weighByLabel(observations);
    const whole = total(weightOf, 'off topic', false);
    expect(total(weightOf, 'mixed', true)).toBeCloseTo(whole / 2);
    expect(total(weightOf, 'mixed', false)).toBeCloseTo(whole / 2);
    expect(total(weightOf, 'answerable', true)).toBeCloseTo(whole / 5);
  });
});

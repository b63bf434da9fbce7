import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentShades, contrast, type Rgb } from './accent.ts';

function rgb(css: string): Rgb {
  const [red = 0, green = 0, blue = 0] = css.match(/\d+/g)?.map(Number) ?? [];
  return [red, green, blue];
}

describe('The owner’s colour', () => {
  it('can be read in both schemes, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const shades = accentShades(`#${number.toString(16).padStart(6, '0')}`);
        for (const [surface, shade] of [
          [[255, 255, 255], shades?.light],
          [[24, 23, 22], shades?.dark],
        ] as const) {
          const [accent, onAccent, tint] = [shade?.accent, shade?.onAccent, shade?.tint].map((css) =>
            rgb(css ?? ''),
          );
          if (accent === undefined || onAccent === undefined || tint === undefined)
            throw new Error('no shade');
          expect(contrast(accent, surface)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(accent, tint)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(accent, onAccent)).toBeGreaterThanOrEqual(4.5);
        }
      }),
    );
  });

  it('stays as it is where it can be read', () => {
    expect(accentShades('#8a3324')?.light.accent).toBe('rgb(138 51 36)');
    expect(accentShades('tomato')).toBeUndefined();
  });
});

/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [number, number, number];

/** The accent of one colour scheme: as text and fill, as text upon it, and as a light background for it. */
interface Shades {
  readonly accent: string;
  readonly onAccent: string;
  readonly tint: string;
}

/** The surfaces of the two schemes, as in styles/theme.css. */
const SURFACES = { light: [255, 255, 255], dark: [24, 23, 22] } as const;
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
const TINT = 0.12;
/** WCAG 2.2 AA for text. */
const ENOUGH = 4.5;

/**
 * Shades of the owner's colour that can be read in both schemes: it is darkened on light, and lightened on dark,
 * until its contrast suffices. `color` is `#rrggbb`; undefined for anything else.
 */
export function accentShades(color: string): { light: Shades; dark: Shades } | undefined {
  const [, red, green, blue] = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(color) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  const rgb: Rgb = [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
  return { light: shadesOn(SURFACES.light, rgb, BLACK), dark: shadesOn(SURFACES.dark, rgb, WHITE) };
}

function shadesOn(surface: Rgb, color: Rgb, towards: Rgb): Shades {
  let accent = color;
  for (let step = 1; step <= 20; step++) {
    if (contrast(accent, mix(surface, accent, TINT)) >= ENOUGH) break;
    accent = mix(color, towards, step / 20);
  }
  const onAccent = contrast(accent, WHITE) >= ENOUGH ? WHITE : BLACK;
  return { accent: css(accent), onAccent: css(onAccent), tint: css(mix(surface, accent, TINT)) };
}

/** From 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */
export function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (i: 0 | 1 | 2) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [part(0), part(1), part(2)];
}

function css([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

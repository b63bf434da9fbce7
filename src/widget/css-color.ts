/** Any CSS colour as `#rrggbb`, as far as the browser can tell; empty for what is none, or not opaque. */
export function cssColor(color: string): string {
  if (!CSS.supports('color', color)) return '';
  const canvas = document.createElement('canvas').getContext('2d');
  if (canvas === null) return '';
  canvas.fillStyle = color;
  return String(canvas.fillStyle);
}

const PATHS = {
  chat: 'M5.5 4.5h13a2 2 0 0 1 2 2v8.5a2 2 0 0 1-2 2H12l-4.5 3.8V17h-2a2 2 0 0 1-2-2V6.5a2 2 0 0 1 2-2zM8 9.3h8M8 12.5h5',
  down: 'M6 9.5l6 6 6-6',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  restart: 'M5.2 10.5a7 7 0 1 1-.2 3.5M4.5 5.5v5h5',
  send: 'M12 18.5v-13M6.5 11l5.5-5.5 5.5 5.5',
  stop: 'M8 8h8v8H8z',
  copy: 'M9 9h10v10.5H9zM5.5 15V4.5H15',
  done: 'M5.5 12.5l4.5 4.5 9-10',
  thumb:
    'M7.5 11v8.5H4V11zM7.5 11l3.8-7c1.3 0 2.2.9 2.2 2.2v3h4.7a1.8 1.8 0 0 1 1.8 2.1l-1 6.5a2 2 0 0 1-2 1.7H7.5',
  chevron: 'M9.5 6.5l5.5 5.5-5.5 5.5',
  outward: 'M13.5 5H19v5.5M19 5l-8.5 8.5M10 6.5H5.5V19h12v-4.5',
  none: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8.5 12h7',
} as const;

export type IconName = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

/** A picture of lines, in the colour of the text; not told to screen readers. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

const PATHS = {
  chat: 'M5.5 4.5h13a2 2 0 0 1 2 2v8.5a2 2 0 0 1-2 2H12l-4.5 3.8V17h-2a2 2 0 0 1-2-2V6.500a2 2 0 0 1 2-2zM8 9.300h8M8 12.500h5',
  down: 'M6 9.500l6 6 6-6',
  close: 'M6.5 6.500l11 11M17.5 6.500l-11 11',
  restart: 'M5.2 10.500a7 7 0 1 1-.2 3.500M4.5 5.500v5h5',
  send: 'M12 18.500v-13M6.5 11l5.5-5.5 5.5 5.5',
  stop: 'M8 8h8v8H8z',
  copy: 'M9 9h10v10.500H9zM5.5 15V4.500H15',
  done: 'M5.5 12.500l4.5 4.5 9-10',
  thumb:
    'M7.5 11v8.500H4V11zM7.5 11l3.8-7c1.3 0 2.2.9 2.2 2.200v3h4.700a1.8 1.8 0 0 1 1.8 2.100l-1 6.500a2 2 0 0 1-2 1.700H7.5',
  chevron: 'M9.5 6.500l5.5 5.5-5.5 5.5',
  outward: 'M13.5 5H19v5.500M19 5l-8.5 8.500M10 6.500H5.500V19h12v-4.5',
  none: 'M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8.5 12h7',
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

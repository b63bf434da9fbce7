import type { Unzipped } from 'fflate';
import type { LoadedDocument } from '../../model/document.ts';
import { type KnownFile, unreadable } from './load.ts';
import { coreProperties, relationshipsOf } from './package-parts.ts';
import { createTextBuilder, type TextBuilder } from './text-builder.ts';
import { chooseTitle } from './title.ts';
import { elementsOf, find, findAll, parseXml, textOf, type XmlElement } from './xml.ts';
import { entryText, unzip } from './zip.ts';

const PRESENTATION = 'ppt/presentation.xml';

/** Reads PowerPoint slides in the order they are shown: the slide number is the page, notes follow their slide. */
export async function loadPptx(file: KnownFile): Promise<LoadedDocument[]> {
  const entries = unzip(file.bytes, (name) => /^(?:ppt|docProps)\/.*\.(?:xml|rels)$/i.test(name));
  const builder = createTextBuilder();
  slidesOf(entries).forEach((slide, at) => {
    builder.page(at + 1);
    appendSlide(entries, slide, builder);
  });
  const { text, structure } = builder.build();
  const { title, metadata } = coreProperties(entries);
  // PowerPoint itself fills in this title when nobody gives one.
  const declared = /^(?:powerpoint presentation|presentation)$/i.test(title) ? '' : title;
  return [
    {
      uri: file.uri,
      title: chooseTitle(file.uri, declared, structure.headings[0]?.title),
      mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      text,
      metadata,
      structure,
    },
  ];
}

function slidesOf(entries: Unzipped): string[] {
  const xml = entryText(entries, PRESENTATION);
  if (xml === undefined) throw unreadable('The file holds no slides. Save it anew as .pptx.');
  const targets = new Map(relationshipsOf(entries, PRESENTATION).map(({ id, target }) => [id, target]));
  return findAll(parseXml(xml), 'sldId').flatMap(
    ({ attributes }) => targets.get(attributes['r:id'] ?? '') ?? [],
  );
}

function appendSlide(entries: Unzipped, slide: string, builder: TextBuilder): void {
  const tree = shapeTree(entries, slide);
  if (tree) appendShapes(tree, builder);
  const notes = relationshipsOf(entries, slide).find(({ type }) => type === 'notesSlide');
  const notesTree = notes && shapeTree(entries, notes.target);
  for (const shape of notesTree ? findAll(notesTree, 'sp') : []) {
    // The other shapes of a notes page repeat the slide, its number and its date.
    if (find(shape, 'ph')?.attributes.type === 'body') appendParagraphs(shape, builder, false);
  }
}

function shapeTree(entries: Unzipped, part: string): XmlElement | undefined {
  const xml = entryText(entries, part);
  return xml === undefined ? undefined : find(parseXml(xml), 'spTree');
}

function appendShapes(tree: XmlElement, builder: TextBuilder): void {
  const shapes = elementsOf(tree);
  // A title is a title wherever in the drawing order it stands.
  const titles = shapes.filter((shape) => isTitle(shape));
  for (const shape of [...titles, ...shapes.filter((other) => !titles.includes(other))]) {
    if (isTitle(shape)) builder.heading(1, paragraphsOf(shape).join(' '));
    else if (shape.name === 'grpSp') appendShapes(shape, builder);
    else if (shape.name === 'graphicFrame') appendTable(shape, builder);
    else if (shape.name === 'sp' && !isFurniture(shape)) appendParagraphs(shape, builder, true);
  }
}

function isTitle(shape: XmlElement): boolean {
  return shape.name === 'sp' && /^(?:title|ctrTitle)$/.test(find(shape, 'ph')?.attributes.type ?? '');
}

function isFurniture(shape: XmlElement): boolean {
  return /^(?:dt|ftr|hdr|sldNum)$/.test(find(shape, 'ph')?.attributes.type ?? '');
}

function appendParagraphs(shape: XmlElement, builder: TextBuilder, mayList: boolean): void {
  const paragraphs = paragraphsOf(shape);
  const isList = mayList && paragraphs.length > 1;
  paragraphs.forEach((paragraph, at) => {
    builder.add(isList ? `- ${paragraph}` : paragraph, isList && at > 0 ? '\n' : '\n\n');
  });
}

function appendTable(frame: XmlElement, builder: TextBuilder): void {
  findAll(frame, 'tr').forEach((row, at) => {
    const cells = findAll(row, 'tc').map((cell) => paragraphsOf(cell).join(' '));
    builder.atom(cells.join(' | '), at === 0 ? '\n\n' : '\n');
  });
}

function paragraphsOf(shape: XmlElement): string[] {
  return findAll(shape, 'p')
    .map((paragraph) =>
      elementsOf(paragraph)
        .map((run) => (run.name === 'br' ? ' ' : textOf(find(run, 't'))))
        .join('')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((text) => text !== '');
}

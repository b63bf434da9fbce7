// Commits one generation after another until it is killed. Each generation holds its number in every text,
// so that a reader can tell which passages belong together. Runs the built store: argv[2] is its module, argv[3] the file.
const { openLibsqlPassageStore } = await import(process.argv[2]);
const { STEM_ANALYSER } = await import(new URL('../../ask/terms.js', process.argv[2]).href);
const store = await openLibsqlPassageStore({ path: process.argv[3], analyser: STEM_ANALYSER });
const identity = { embedderId: 'kill/8', dimensions: 8, pooling: 'mean', splitterVersion: '1' };
const DOCUMENTS = 12;
const PASSAGES = 15;

for (;;) {
  const generation = ((await store.manifest())?.generation ?? 0) + 1;
  const upserts = Array.from({ length: DOCUMENTS }, (_, number) => documentOf(generation, number));
  const entries = upserts.flatMap(({ embeddingKeys }) =>
    embeddingKeys.map((key) => [key, embedding(generation)]),
  );
  await store.cacheEmbeddings(new Map(entries));
  await store.commit({ identity, upserts, removals: [] });
  process.stdout.write(`${generation}\n`);
}

function documentOf(generation, number) {
  const id = `doc_${number}`;
  const texts = Array.from(
    { length: PASSAGES },
    (_, at) => `Passage ${at} belongs to generation${generation}.`,
  );
  let start = 0;
  const passages = texts.map((text, ordinal) => {
    const passage = {
      ...{
        id: `psg_${generation}_${number}_${ordinal}`,
        documentId: id,
        ordinal,
        start,
        end: start + text.length,
      },
      ...{ text, headings: [], sentences: [{ start, end: start + text.length }] },
    };
    start += text.length + 1;
    return passage;
  });
  const document = {
    ...{
      id,
      uri: `${number}.txt`,
      title: `Number ${number}`,
      mediaType: 'text/plain',
      text: texts.join('\n'),
    },
    ...{ contentHash: String(generation), metadata: { generation } },
  };
  return {
    document,
    origin: 'kill',
    passages,
    embeddingKeys: passages.map((passage) => `key ${passage.id}`),
  };
}

function embedding(generation) {
  const vector = new Float32Array(8);
  vector[generation % 8] = 1;
  return { vector, sentenceVectors: [vector] };
}

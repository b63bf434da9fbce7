import { messageOf } from '../../src/model/errors.ts';
import { openBenchText } from '../text/open-bench-text.ts';
import type { ContenderSetup, IbidContender, PeerContender } from './contender.ts';
import type { Call, Reply } from './messages.ts';

const setup: ContenderSetup = JSON.parse(process.argv[2] ?? '');
const contender = await make(setup);
let queue = Promise.resolve();
process.on('message', (call: Call) => {
  queue = queue.then(() => answer(call));
});
// After its close, or when the benchmark ended before.
process.on('disconnect', () => process.exit());

/** Imports only what this contender is made of, so that its memory is its own. */
async function make(setup: ContenderSetup): Promise<IbidContender | PeerContender> {
  const text = openBenchText(setup.dataPath);
  if (setup.kind === 'ibid') {
    const { createIbidContender } = await import('../ibid/ibid-contender.ts');
    return createIbidContender({
      ...setup,
      text,
      onProgress: (done, total) => reply({ type: 'progress', done, total }),
    });
  }
  const { createPeerContender } = await import('../peers/peer-contender.ts');
  if (setup.kind === 'lat-md') {
    const { createLatMdEmbeddings } = await import('../peers/lat-md-embeddings.ts');
    return createPeerContender(text, await createLatMdEmbeddings());
  }
  const { createTransformersEmbeddings } = await import('../peers/transformers-embeddings.ts');
  return createPeerContender(text, await createTransformersEmbeddings(setup.modelFolder));
}

async function answer({ id, method, argument }: Call): Promise<void> {
  try {
    const named: unknown = Reflect.get(contender, method);
    if (typeof named !== 'function') throw new Error(`There is no method ${method}.`);
    reply({ type: 'value', id, value: await named.call(contender, argument) });
  } catch (error) {
    reply({ type: 'failed', id, message: messageOf(error) });
  }
}

function reply(message: Reply): void {
  process.send?.(message);
}

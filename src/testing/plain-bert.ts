import type { TinyBert } from './tiny-bert.ts';

type Rows = readonly (readonly number[])[];

/** A BERT's states, a row a token (of the type that `segments` says, or the first), computed number by number as the paper says (https://arxiv.org/abs/1810.04805). */
export function plainBert(
  { config, weights }: Pick<TinyBert, 'config' | 'weights'>,
  tokens: readonly number[],
  segments: readonly number[] = [],
): Rows {
  const table = (name: string): Rows => {
    const { shape, data } = weights.get(name) ?? { shape: [], data: [] };
    const width = shape[1] ?? data.length;
    return Array.from({ length: data.length / width }, (_, row) => [
      ...data.slice(row * width, (row + 1) * width),
    ]);
  };
  const list = (name: string) => table(name)[0] ?? [];
  const dense = (rows: Rows, name: string): Rows => {
    const [matrix, bias] = [table(`${name}.weight`), list(`${name}.bias`)];
    return rows.map((row) => matrix.map((column, index) => dot(row, column) + (bias[index] ?? 0)));
  };
  const norm = (rows: Rows, name: string): Rows => {
    const [gain, bias] = [list(`${name}.weight`), list(`${name}.bias`)];
    return rows.map((row) => {
      const mean = sum(row) / row.length;
      const deviation = Math.sqrt(
        sum(row.map((each) => (each - mean) ** 2)) / row.length + config.layer_norm_eps,
      );
      return row.map((each, index) => ((each - mean) / deviation) * (gain[index] ?? 0) + (bias[index] ?? 0));
    });
  };
  const attention = (rows: Rows, name: string): Rows => {
    const width = config.hidden_size / config.num_attention_heads;
    const [queries, keys, values] = ['query', 'key', 'value'].map((part) => dense(rows, `${name}.${part}`));
    return (queries ?? []).map((query, token) =>
      query.map((_, column) => {
        const from = Math.floor(column / width) * width;
        const head = (row: readonly number[] | undefined) => (row ?? []).slice(from, from + width);
        const scores = (keys ?? []).map((key) =>
          Math.exp(dot(head(queries?.[token]), head(key)) / Math.sqrt(width)),
        );
        return sum(scores.map((score, other) => score * (values?.[other]?.[column] ?? 0))) / sum(scores);
      }),
    );
  };

  const [words, positions, types] = ['word', 'position', 'token_type'].map((kind) =>
    table(`embeddings.${kind}_embeddings.weight`),
  );
  const embedded = tokens.map((token, position) =>
    add(add(words?.[token] ?? [], positions?.[position] ?? []), types?.[segments[position] ?? 0] ?? []),
  );
  let states = norm(embedded, 'embeddings.LayerNorm');
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const name = `encoder.layer.${layer}`;
    const attended = dense(attention(states, `${name}.attention.self`), `${name}.attention.output.dense`);
    const middle = norm(addRows(attended, states), `${name}.attention.output.LayerNorm`);
    const wide = dense(middle, `${name}.intermediate.dense`).map((row) => row.map(gelu));
    states = norm(addRows(dense(wide, `${name}.output.dense`), middle), `${name}.output.LayerNorm`);
  }
  return states;
}

/** The mean of some rows, at unit length. */
export function unitMean(rows: Rows): number[] {
  const total = rows.reduce(add);
  const length = Math.sqrt(dot(total, total));
  return total.map((value) => value / length);
}

function gelu(value: number): number {
  return (value * (1 + erf(value / Math.SQRT2))) / 2;
}

/** By its Taylor series, which holds to ten digits where it is used. */
function erf(value: number): number {
  if (Math.abs(value) > 4.5) return Math.sign(value);
  let term = value;
  let total = value;
  for (let n = 1; n < 100; n++) {
    term *= -(value ** 2) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

function addRows(left: Rows, right: Rows): Rows {
  return left.map((row, index) => add(row, right[index] ?? []));
}

function add(left: readonly number[], right: readonly number[]): number[] {
  return left.map((value, index) => value + (right[index] ?? Number.NaN));
}

function dot(left: readonly number[], right: readonly number[]): number {
  return sum(left.map((value, index) => value * (right[index] ?? Number.NaN)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

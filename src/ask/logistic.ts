/** A logistic model over named features: `probability = sigmoid(bias + Σ weight × feature)`. */
export interface LogisticModel<Name extends string> {
  readonly bias: number;
  readonly weights: Readonly<Record<Name, number>>;
}

export type Features<Name extends string> = Readonly<Record<Name, number>>;

/** The log-odds that a model gives to features. */
export function logit<Name extends string>(model: LogisticModel<Name>, features: Features<Name>): number {
  let sum = model.bias;
  for (const name of Object.keys(model.weights) as Name[]) sum += model.weights[name] * features[name];
  return sum;
}

/** Log-odds as a probability in (0, 1). */
export function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** Values that look like a theorem. Invariant: none is made by the core; each is handed to every door that takes a theorem. */
import { deserialize, serialize } from 'node:v8';
import { createContext, runInContext } from 'node:vm';
import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';
import { type Attack, K, genuine, k, must, passed } from './attack.js';

const proto = Object.getPrototypeOf(genuine) as object & { constructor: new (...args: unknown[]) => unknown };
const claim = { lhs: k.num(0), rhs: k.num(1), hypotheses: [] };
const derivation = { rule: 'structural' };

/** A class with a private field of the same name: a brand of its own. */
class Theorem {
  readonly #sequent = claim;
  readonly #derivation = derivation;
  static is(value: unknown): boolean {
    return typeof value === 'object' && value !== null && #sequent in value && #derivation in value;
  }
}
class Returning {
  constructor(made: object) {
    return made;
  }
}
/** Stamps a private field on whatever its parent's constructor returns. */
class Stamped extends Returning {
  readonly #sequent: unknown;
  constructor(made: object) {
    super(made);
    this.#sequent = claim;
  }
  static of(value: object): unknown {
    return (value as Stamped).#sequent;
  }
}
class Heir extends (proto.constructor as new () => object) {
  readonly lhs = claim.lhs;
  readonly rhs = claim.rhs;
  readonly hypotheses = [];
}
const lying: ProxyHandler<object> = {
  get: (_, key) => (claim as Record<PropertyKey, unknown>)[key],
  has: () => true,
  getPrototypeOf: () => proto,
  ownKeys: () => Reflect.ownKeys(claim),
  getOwnPropertyDescriptor: (_, key) => ({
    value: (claim as Record<PropertyKey, unknown>)[key],
    configurable: true,
    enumerable: true,
  }),
};

const values: Readonly<Record<string, () => unknown>> = {
  'a literal': () => ({ ...claim }),
  'a literal with a derivation': () => ({ ...claim, ...derivation, rule: 'structural', sequent: claim, derivation }),
  'private names as properties': () => ({ '#sequent': claim, '#derivation': derivation, proved: true }),
  'its sequent': () => must(K.sequent(genuine)),
  'its derivation': () => must(K.derivation(genuine)),
  'a spread': () => ({ ...(genuine as object) }),
  'assigned to its prototype': () => Object.assign(Object.create(proto) as object, claim),
  'made from its prototype': () => Object.create(proto) as unknown,
  'given its prototype': () => Object.setPrototypeOf({ ...claim }, proto) as unknown,
  'its prototype': () => proto,
  'its heir': () => Object.create(genuine as object) as unknown,
  'its heir with other sides': () =>
    Object.create(genuine as object, { lhs: { value: claim.lhs }, rhs: { value: claim.rhs } }) as unknown,
  'made by its constructor': () => new proto.constructor(claim, derivation),
  'made by its constructor, as another': () => Reflect.construct(Object, [claim], proto.constructor),
  'made by another, as its constructor': () => Reflect.construct(Theorem, [claim, derivation], proto.constructor),
  'of a class that extends its constructor': () => new Heir(),
  'of a class of the same name and fields': () => new Theorem(),
  structuredClone: () => structuredClone(genuine),
  'structuredClone of a literal': () => structuredClone({ _tag: 'Thm', id: 1 }),
  serialised: () => deserialize(serialize(genuine)) as unknown,
  JSON: () => JSON.parse(JSON.stringify(genuine)) as unknown,
  'JSON of the claim by ids': () =>
    JSON.parse(JSON.stringify(claim, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v))) as unknown,
  'a transparent proxy of it': () => new Proxy(genuine as object, {}),
  'a proxy of it that lies': () => new Proxy(genuine as object, lying),
  'a proxy of nothing that lies': () => new Proxy({}, lying),
  'a proxy of a function': () => new Proxy(() => genuine, { apply: () => genuine }),
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable(genuine as object, {});
    revoke();
    return proxy;
  },
  'a proxy of a proxy': () => new Proxy(new Proxy(genuine as object, {}), {}),
  'a class that says everything is an instance': () => Object.assign(Object.create({ get [Symbol.toStringTag]() { return 'Theorem'; } }) as object, claim), // prettier-ignore
  'Symbol.hasInstance': () => ({
    ...claim,
    [Symbol.hasInstance]: () => true,
    constructor: { [Symbol.hasInstance]: () => true },
  }),
  'Symbol.toPrimitive': () => ({
    ...claim,
    [Symbol.toPrimitive]: () => genuine,
    valueOf: () => genuine,
    toJSON: () => genuine,
  }),
  'a thenable': () => ({ ...claim, then: (f: (t: unknown) => void) => f(genuine) }),
  'a promise of it': () => Promise.resolve(genuine),
  'a weak reference to it': () => new WeakRef(genuine as object),
  'an array of it': () => [genuine],
  'a generator of it': () => (function* () { yield genuine; })(), // prettier-ignore
  'a function that returns it': () => () => genuine,
  'a bound function': () => (function (this: unknown) { return this; }).bind(genuine), // prettier-ignore
  'an Either of it': () => K.sequent(genuine),
  'its symmetry, unread': () => K.symmetry(genuine),
  null: () => null,
  undefined: () => undefined,
  'a number': () => 1,
  'a string': () => 'theorem',
  'a symbol': () => Symbol('theorem'),
  'a bigint': () => 1n,
  true: () => true,
  'a term': () => k.num(0),
  'a hypothesis': () => must(K.hypothesis([], claim.lhs, claim.rhs)),
  'an object without a prototype': () => Object.assign(Object.create(null) as object, claim),
  'of another realm': () => runInContext('({ lhs, rhs, hypotheses: [] })', createContext({ ...claim })) as unknown,
  'of another realm, with its prototype': () =>
    runInContext('Object.setPrototypeOf({}, proto)', createContext({ proto })) as unknown,
  'through a message port': () => throughPort(genuine),
};

function throughPort(value: unknown): unknown {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(value);
  const received = receiveMessageOnPort(port2)?.message as unknown;
  port1.close();
  return received;
}

const fromWorker = async (): Promise<unknown> => {
  const worker = new Worker(
    `require('node:worker_threads').parentPort.on('message', (m) => require('node:worker_threads').parentPort.postMessage(m))`,
    { eval: true },
  );
  try {
    worker.postMessage(genuine);
    return await new Promise((resolve) => worker.once('message', resolve));
  } finally {
    await worker.terminate();
  }
};

/** What private fields make of a theorem: nothing, since it is frozen or its brand is another. */
function stamped(): string | undefined {
  try {
    new Stamped(genuine as object);
  } catch {
    return undefined;
  }
  const { lhs, rhs } = must(K.sequent(genuine));
  return lhs === k.id(k.R) && rhs === lhs ? undefined : 'a stamp changed a theorem';
}

export const fakes: readonly Attack[] = [
  ...Object.entries(values).map(([name, make]): Attack => ({ family: 'look-alikes', name, run: () => passed(make()) })),
  { family: 'look-alikes', name: 'through a worker', run: async () => passed(await fromWorker()) },
  { family: 'look-alikes', name: 'a private field on a theorem', run: stamped },
];

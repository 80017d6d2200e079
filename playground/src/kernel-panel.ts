// A kernel: which stream, its tiles, its text, and a run of it on the visitor's GPU. Invariant: what is shown of a run is of the kernel that is shown; each failure is a text in its place. Knows no proofs.
import { byId, element } from './element.js';
import type { ExtractedReply, FailedReply, Outline, RanReply, Texts } from './message.js';
import type { Outcome, Workshop } from './workshop.js';

const SIZE = 128;
const SIZES: Readonly<Record<string, number>> = { batch: 16, d: 32, e: 32 };
/** What a size may be: a page that asks for more would not come back. */
const MOST_SIZE = 65_536;

const HELP: Readonly<Record<FailedReply['kind'], string>> = {
  said: '',
  'no-webgpu':
    'This browser has no WebGPU. Chrome and Edge have it from 113 on, Safari from 26, Firefox from 141 on Windows; the page must come from https or from localhost. All else here works without.',
  'no-adapter':
    'The browser has WebGPU and no GPU for it: look at chrome://gpu, or start it with --enable-unsafe-webgpu. All else here works without.',
  lost: 'The GPU device was lost. Nothing else is: run again, and it is opened anew.',
  broken: 'The command did not finish. Your texts are as they were.',
};

const short = (x: number): string => (Number.isNaN(x) ? 'none' : x.toPrecision(3));

export class KernelPanel {
  private readonly names = byId('stream', HTMLSelectElement);
  private readonly tiles = byId('tiles', HTMLElement);
  private readonly sizes = byId('sizes', HTMLElement);
  private readonly status = byId('kernel-status', HTMLElement);
  private readonly result = byId('result', HTMLElement);
  private readonly text = byId('kernel-text', HTMLElement);
  private readonly runs = byId('run', HTMLButtonElement);
  private readonly stops = byId('stop', HTMLButtonElement);
  private seed = 0;
  private isOld = false;
  private shown = '';

  constructor(
    private readonly workshop: Workshop,
    private readonly texts: () => Texts,
  ) {
    byId('extract', HTMLButtonElement).addEventListener('click', () => void this.extract());
    this.runs.addEventListener('click', () => void this.run());
    this.stops.addEventListener('click', () => workshop.stop());
    this.names.addEventListener('change', () => this.tiles.replaceChildren());
    workshop.gone = () => (this.runs.disabled = true);
  }

  /** The texts have changed: what is shown is of those before. */
  changed(): void {
    if (this.text.textContent === '' || this.isOld) return;
    this.isOld = true;
    this.runs.disabled = true;
    this.say('The texts have changed since: extract again.');
  }

  private say(text: string, kind = ''): void {
    this.status.className = kind;
    this.status.textContent = text;
  }

  /** The streams of the texts; what is chosen stays where it is still there. */
  offer({ streams }: Outline): void {
    if (streams.join() === this.shown) return;
    const before = this.names.value;
    this.names.replaceChildren(...streams.map((s) => element('option', { value: s }, s)));
    this.names.value = streams.includes(before) ? before : (streams.at(-1) ?? '');
    if (this.names.value !== before) this.tiles.replaceChildren();
    this.shown = streams.join();
  }

  private busy(isBusy: boolean): void {
    this.stops.disabled = !isBusy;
    this.status.setAttribute('aria-busy', String(isBusy));
  }

  private async command(message: Parameters<Workshop['send']>[0]): Promise<Outcome> {
    this.busy(true);
    this.status.className = '';
    const outcome = await this.workshop.send(message, (text) => (this.status.textContent = text));
    this.busy(this.workshop.isBusy);
    if (outcome._tag === 'Failed') this.failed(outcome);
    return outcome;
  }

  private failed({ kind, text }: FailedReply): void {
    this.status.className = 'error';
    this.status.dataset['kind'] = kind;
    this.status.textContent = HELP[kind] === '' ? text : `${HELP[kind]} (${text})`;
  }

  private async extract(): Promise<void> {
    const name = this.names.value;
    if (name === '') return void (this.status.textContent = 'The statements have no stream.');
    this.runs.disabled = true;
    this.isOld = false;
    this.result.replaceChildren();
    const outcome = await this.command({ _tag: 'Extract', texts: this.texts(), name, tiles: numbersIn(this.tiles) });
    if (outcome._tag === 'Extracted') this.extracted(outcome);
  }

  private extracted({ name, text, tiles, axes, proofs }: ExtractedReply): void {
    this.text.textContent = text;
    this.seed = 0;
    this.status.textContent = `${name}: proved here with ${proofs} theorems that it rests on, then extracted and validated.`;
    const own = Object.entries(tiles).filter(([axis]) => !axis.includes('.'));
    this.tiles.replaceChildren(...own.map(([axis, size]) => numberInput('tile', axis, size, 1024)));
    const known = numbersIn(this.sizes);
    this.sizes.replaceChildren(
      ...axes.map((axis) => numberInput('size', axis, known[axis] ?? SIZES[axis] ?? SIZE, MOST_SIZE)),
    );
    this.runs.disabled = this.isOld;
  }

  private async run(): Promise<void> {
    this.result.replaceChildren();
    this.seed += 1;
    const outcome = await this.command({ _tag: 'Run', sizes: numbersIn(this.sizes), seed: this.seed });
    if (outcome._tag === 'Ran') this.ran(outcome);
  }

  private ran({ device, milliseconds, elements, error, bound, ratio, unjudged, first }: RanReply): void {
    const isWithin = ratio <= 1 && unjudged === 0;
    this.status.textContent = isWithin
      ? 'Every element is within its bound.'
      : 'An element is over its bound, or could not be judged.';
    this.status.className = isWithin ? 'good' : 'error';
    const rows = [
      ['device', device],
      ['data', `drawn from the seed ${this.seed}`],
      ['elements', `${elements}${unjudged > 0 ? `, ${unjudged} not judged` : ''}`],
      ['first', first.map((x) => x.toPrecision(6)).join(', ')],
      ['error', `${short(error)}, where it is the largest share of its bound`],
      ['bound', `${short(bound)} there: the error is ${short(ratio)} of it`],
      ['time', `${milliseconds.toFixed(1)} ms for one launch, with what goes in and comes back`],
    ] as const;
    this.result.replaceChildren(...rows.flatMap(([term, said]) => [element('dt', {}, term), element('dd', {}, said)]));
  }
}

function numberInput(kind: string, axis: string, value: number, most: number): HTMLElement {
  const input = element('input', {
    type: 'number',
    min: '1',
    max: String(most),
    value: String(value),
    'data-axis': axis,
  });
  return element('label', {}, `${kind} of ${axis} `, input);
}
function numbersIn(parent: HTMLElement): Record<string, number> {
  const inputs = [...parent.querySelectorAll('input')].filter((i) => i.checkValidity() && i.value !== '');
  return Object.fromEntries(inputs.map((i) => [i.dataset['axis'] ?? '', i.valueAsNumber]));
}

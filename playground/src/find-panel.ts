// Whether a definition streams over an axis: a state with its proof, or the reason why there is none. Invariant: a script is offered only where the finder proved it. Knows no proofs.
import { byId, element } from './element.js';
import type { Outline, Texts } from './message.js';
import type { Workshop } from './workshop.js';

export class FindPanel {
  private readonly names = byId('definition', HTMLSelectElement);
  private readonly axes = byId('axis', HTMLSelectElement);
  private readonly result = byId('found', HTMLElement);
  private definitions: Outline['definitions'] = [];
  private shown = '';

  constructor(
    private readonly workshop: Workshop,
    private readonly texts: () => Texts,
    private readonly insert: (script: Texts) => void,
  ) {
    byId('give-up', HTMLButtonElement).addEventListener('click', () => workshop.stop());
    byId('find', HTMLButtonElement).addEventListener('click', () => void this.find());
    this.names.addEventListener('change', () => this.offerAxes());
  }

  offer({ definitions }: Outline): void {
    const all = definitions.filter((d) => d.axes.length > 0);
    if (JSON.stringify(all) === this.shown) return;
    this.shown = JSON.stringify(all);
    this.definitions = all;
    const before = this.names.value;
    this.names.replaceChildren(...all.map(({ name }) => element('option', { value: name }, name)));
    if (all.some((d) => d.name === before)) this.names.value = before;
    this.offerAxes();
  }

  private offerAxes(): void {
    const chosen = this.definitions.find((d) => d.name === this.names.value);
    this.axes.replaceChildren(...(chosen?.axes ?? []).map((a) => element('option', { value: a }, a)));
  }

  private say(text: string, kind = 'quiet'): void {
    this.result.replaceChildren(element('p', { class: kind }, text));
  }

  private async find(): Promise<void> {
    const [name, axis] = [this.names.value, this.axes.value];
    if (name === '' || axis === '') return this.say('The statements define nothing over an axis.');
    this.say('checking');
    const outcome = await this.workshop.send({ _tag: 'Find', texts: this.texts(), name, axis }, (text) =>
      this.say(text),
    );
    if (outcome._tag === 'Failed') return this.say(outcome.text, 'error');
    if (outcome._tag !== 'Found') return;
    const { lines, script } = outcome;
    this.result.replaceChildren(
      element('pre', { class: 'verdict' }, lines.join('\n')),
      ...(script ? this.offered(script) : []),
    );
  }

  private offered(script: Texts): readonly HTMLElement[] {
    const button = element('button', { type: 'button' }, 'Put it into the texts');
    button.addEventListener('click', () => this.insert(script));
    return [
      button,
      element('h2', {}, 'Statement'),
      element('pre', {}, script.theorems.trim()),
      element('h2', {}, 'Proofs'),
      element('pre', {}, script.proofs.trim()),
    ];
  }
}

// The goals at the cursor, and a picture of them or of the statement. Invariant: what is shown answers the newest question; an older answer that comes late is dropped. Knows no Worker but through the checker.
import type { Checker } from './checker.js';
import { byId, debounced, element, picture } from './element.js';
import { type Goal, type GoalAnswer, type Part, type Place, drawn, goalAnswer } from './message.js';

const LEAST = 240;
const WAIT = 40;

function goalBox({ hyps, ty }: Goal, name: string): HTMLElement {
  const given = hyps.map((h) => `${h.names.join(' ')} : ${h.ty}`).join('\n');
  return element(
    'div',
    { class: 'goal', 'aria-label': name },
    element('pre', { class: 'given' }, given),
    element('pre', {}, ty),
  );
}

const count = (n: number): string => (n === 1 ? 'One goal' : `${n} goals`);

function headline({ goals, name }: GoalAnswer): string {
  if (name === null) return 'No proof at the cursor';
  if (!goals) return `${name}: the proof stops before this place`;
  const around = goals.stack.flatMap(([before, after]) => [...before, ...after]).length;
  const more = around > 0 ? `, ${around} more around it` : '';
  return goals.goals.length === 0
    ? `${name}: no goal is left here${more}`
    : `${name}: ${count(goals.goals.length)}${more}`;
}

export class GoalPanel {
  private readonly panel = byId('goal', HTMLElement);
  private asked = 0;
  private at: { readonly part: Part; readonly place: Place } = { part: 'theorems', place: { line: 0, character: 0 } };
  readonly again = debounced(WAIT, () => void this.show());

  constructor(private readonly checker: Checker) {}

  moved(part: Part, place: Place): void {
    this.at = { part, place };
    this.again();
  }

  private width(): number {
    return Math.max(LEAST, this.panel.clientWidth - 40);
  }

  private async show(): Promise<void> {
    const turn = (this.asked += 1);
    const made = this.at.part === 'proofs' ? await this.proof() : await this.statement();
    if (turn === this.asked) this.panel.replaceChildren(...made);
  }

  private async proof(): Promise<readonly HTMLElement[]> {
    const answer = await this.goals({ picture: this.width() });
    if (!answer) return [element('p', { class: 'quiet' }, 'Nothing is known here until the text is checked.')];
    const failed = answer.error === null ? undefined : await this.goals({ counterexample: true });
    const numbers = failed?.counterexample?.text;
    const goals = answer.goals?.goals ?? [];
    return [
      element('h2', {}, headline(answer)),
      ...(answer.error === null ? [] : [element('pre', { class: 'error' }, answer.error)]),
      ...(numbers === undefined
        ? []
        : [element('p', { class: 'counterexample' }, element('b', {}, 'Counterexample: '), numbers)]),
      ...goals.map((g, i) => goalBox(g, `goal ${i + 1}`)),
      ...(answer.picture === null ? [] : [picture(answer.picture, answer.name ?? 'the goal')]),
    ];
  }

  private goals(more: object): Promise<GoalAnswer | undefined> {
    return this.checker.ask('proof/goals', 'proofs', { position: this.at.place, mode: 'After', ...more }, goalAnswer);
  }

  private async statement(): Promise<readonly HTMLElement[]> {
    const params = { position: this.at.place, picture: this.width() };
    const found = await this.checker.ask('page/draw', 'theorems', params, drawn);
    if (!found)
      return [
        element(
          'p',
          { class: 'quiet' },
          'No statement at the cursor: put it into one to see its picture, or into a proof to see its goals.',
        ),
      ];
    return [element('h2', {}, found.name), picture(found.svg, found.name)];
  }
}

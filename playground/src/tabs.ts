// A list of tabs and their panels, in the pattern of WAI-ARIA: arrows move between tabs, one panel is shown. Knows no content.

export class Tabs {
  private readonly tabs: readonly HTMLElement[];

  constructor(list: HTMLElement) {
    this.tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];
    this.tabs.forEach((tab, i) => {
      tab.addEventListener('click', () => this.show(i));
      tab.addEventListener('keydown', (event) => this.key(event, i));
    });
    this.show(0);
  }

  private key(event: KeyboardEvent, at: number): void {
    const count = this.tabs.length;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + count, Home: 0, End: count - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.show(to % count);
    this.tabs[to % count]!.focus();
  }

  show(at: number): void {
    this.tabs.forEach((tab, i) => {
      tab.setAttribute('aria-selected', String(i === at));
      tab.tabIndex = i === at ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
      if (panel) panel.hidden = i !== at;
    });
  }
}

// Numbers and names as they are printed: on the terminal and on the page alike.
export const short = (name: string): string => (name.length > 60 ? `${name.slice(0, 59)}…` : name);
export const signed = (weight: number): string => `${weight >= 0 ? '+' : '-'}${Math.abs(weight).toFixed(4)}`;
export const scientific = (x: number): string => x.toExponential(2);

/** Text of a page that is read as HTML and as XML. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

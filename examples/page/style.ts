// The style of the page: system fonts, light and dark.
export const style = `
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--soft:#5c6470;--line:#d5d9df;--code:#f4f5f7}
@media(prefers-color-scheme:dark){:root{--ink:#e8e8e8;--paper:#16181c;--soft:#a4acb8;--line:#3a4048;--code:#20242a}}
body{margin:0 auto;max-width:70rem;padding:1rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.7rem}h2{font-size:1.25rem;margin-top:2.5rem}
p,figcaption{max-width:46rem}figcaption,caption{color:var(--soft)}
figure{margin:1rem 0;overflow-x:auto}
.picture,pre{overflow-x:auto;border:1px solid var(--line);border-radius:6px}
.picture svg{display:block}
pre{padding:.8rem;background:var(--code);font:.8rem/1.45 ui-monospace,monospace}
table{border-collapse:collapse;margin:1rem 0;font-variant-numeric:tabular-nums;display:block;overflow-x:auto}
caption{text-align:left;white-space:nowrap;padding-bottom:.3rem}
th,td{padding:.2rem .8rem .2rem 0;border-bottom:1px solid var(--line);text-align:left;font-weight:normal}
thead th{font-weight:600}
:focus-visible{outline:2px solid #0072b2;outline-offset:2px}
`;

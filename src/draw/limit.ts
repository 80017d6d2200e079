/** How many operations a diagram has that is drawn, at most: what is larger is one box. */
export const MOST = 400;

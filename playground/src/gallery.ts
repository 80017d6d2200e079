// The examples that the page opens with. Invariant: each is checked in a test: all are proved but `wrong-mean`, which has a counterexample. Knows no editor.
import { text as attentionProofs } from '../gallery/attention/proofs.weft';
import { text as attentionTheorems } from '../gallery/attention/theorems.weft';
import { text as findProofs } from '../gallery/find/proofs.weft';
import { text as findTheorems } from '../gallery/find/theorems.weft';
import { text as ownNormProofs } from '../gallery/own-norm/proofs.weft';
import { text as ownNormTheorems } from '../gallery/own-norm/theorems.weft';
import { text as softmaxProofs } from '../gallery/softmax/proofs.weft';
import { text as softmaxTheorems } from '../gallery/softmax/theorems.weft';
import { text as sphericalProofs } from '../gallery/spherical/proofs.weft';
import { text as sphericalTheorems } from '../gallery/spherical/theorems.weft';
import { text as sumProofs } from '../gallery/sum/proofs.weft';
import { text as sumTheorems } from '../gallery/sum/theorems.weft';
import { text as varianceProofs } from '../gallery/variance/proofs.weft';
import { text as varianceTheorems } from '../gallery/variance/theorems.weft';
import { text as wrongMeanProofs } from '../gallery/wrong-mean/proofs.weft';
import { text as wrongMeanTheorems } from '../gallery/wrong-mean/theorems.weft';
import type { Texts } from './message.js';

export interface Example extends Texts {
  readonly key: string;
  readonly title: string;
}

const example = (key: string, title: string, theorems: string, proofs: string): Example => ({
  key,
  title,
  theorems,
  proofs,
});

export const gallery: readonly Example[] = [
  example('sum', 'A sum', sumTheorems, sumProofs),
  example('variance', 'Variance', varianceTheorems, varianceProofs),
  example('softmax', 'Softmax', softmaxTheorems, softmaxProofs),
  example('attention', 'FlashAttention', attentionTheorems, attentionProofs),
  example('spherical', 'Spherical attention', sphericalTheorems, sphericalProofs),
  example('own-norm', 'A norm of your own', ownNormTheorems, ownNormProofs),
  example('wrong-mean', 'A wrong mean, with its counterexample', wrongMeanTheorems, wrongMeanProofs),
  example('find', 'Does it stream?', findTheorems, findProofs),
];

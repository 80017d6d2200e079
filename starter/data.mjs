// Writes x.npy and w.npy, what `npm start` runs the kernel on. Put your own arrays in their place.
import { writeFileSync } from 'node:fs';
import { encodeNpy } from 'weft';

const [rows, columns] = [5, 300];
const array = (shape, value) => {
  const size = shape.reduce((n, m) => n * m, 1);
  return { dtype: 'f4', shape, data: Float32Array.from({ length: size }, (_, i) => value(i)) };
};

writeFileSync('x.npy', encodeNpy(array([rows, columns], (i) => Math.sin(i))));
writeFileSync('w.npy', encodeNpy(array([columns], (i) => 1 / (1 + i))));

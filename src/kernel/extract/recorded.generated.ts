// Written by test/report/numerics/record.ts: what kernels were measured to do, by the SHA-256 of their code (the text without its header). Do not edit.
export interface Recorded {
  readonly tested: string;
  readonly measured: string;
}

// prettier-ignore
export const RECORDED: Readonly<Record<string, Recorded>> = {
  '00e47454191253164afad87e6408a5d696f929922d440ea17f032e03994ffa52': {
    tested: '40 random cases on SwiftShader: n 1 to 65, batch 1 to 9',
    measured: 'at most 3.0e-7 of the largest number of the result; 0.19 of the forward bound; 0.99 of what a naive f32 program has',
  },
  '05af4a619961a67b8e99d8fb29c8bc63844e2a07178b4cf116ecbcf32498ae8a': {
    tested: '40 random cases on SwiftShader: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.5e-7 of the largest number of the result; 0.67 of the forward bound; 0.93 of what a naive f32 program has',
  },
  '0f9839358c73272756ab3beb53c707e44e436c0819fde778da9551c6bc68c091': {
    tested: '40 random cases on SwiftShader: n 1 to 576, batch 1 to 9',
    measured: 'at most 1.0e-7 of the largest number of the result; 0.055 of the forward bound; 0.33 of what a naive f32 program has',
  },
  '13d5577c0f5297bccc8d0b4241384b59c408d5dc6235b72d93b348e435d3e009': {
    tested: '40 random cases on a CPU: n 1 to 65, batch 1 to 9',
    measured: 'at most 2.4e-7 of the largest number of the result; 0.87 of the forward bound; 1.0 of what a naive f32 program has',
  },
  '17bbb96f3d7c77b295bbf56d256b84b8f30f930b87fadac5517c7e81c4076ed8': {
    tested: '35 random cases on SwiftShader: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 3.6e-7 of the largest number of the result; 0.15 of the forward bound; 0.87 of what a naive f32 program has',
  },
  '1d810e912bbaf9b0cef91e3ae5cd3c5be4d482c89a54c1eb3d7cb63a593b4a24': {
    tested: '40 random cases on a CPU: n 1 to 65, batch 1 to 9',
    measured: 'at most 2.4e-7 of the largest number of the result; 0.29 of the forward bound; 0.0000024 of what a naive f32 program has',
  },
  '2051e09b4699641fead0540f00c1379fb8478501266945724822bc49016e552f': {
    tested: '37 random cases on SwiftShader: q 1 to 22, k 1 to 65, d 1 to 18, e 1 to 16, batch 1 to 9',
    measured: 'at most 0.0000015 of the largest number of the result; 0.21 of the forward bound; 1.2 of what a naive f32 program has',
  },
  '22592762480e63c300693e891668a83731827f5d981aa2dbc6e8de63b3a79486': {
    tested: '40 random cases on SwiftShader: n 1 to 65, batch 1 to 9',
    measured: 'at most 3.0e-7 of the largest number of the result; 0.22 of the forward bound; 2.4e-7 of what a naive f32 program has',
  },
  '269650bcd876693902a7a65a7a7a10533cdc48251bed70358847f2540e7637cc': {
    tested: '7 random cases on a CPU: q 1 to 257, k 1 to 130, d 32 to 96, e 1 to 132, batch 1 to 3',
    measured: 'at most 7.7e-7 of the largest number of the result; 0.068 of the forward bound; 0.97 of what a naive f32 program has',
  },
  '2acc17e9db874a9a76239652d3667814742e10186f0d4b138e73ac0a2d5f63ff': {
    tested: '36 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 65, batch 1 to 9',
    measured: 'at most 6.8e-7 of the largest number of the result; 0.26 of the forward bound; 0.90 of what a naive f32 program has',
  },
  '3887c000ce3d4e5e95ed69c0523a917de6860a1c4035f897f7c640fb0d617b22': {
    tested: '40 random cases on SwiftShader: m 1 to 65, k 1 to 65, n 1 to 66, batch 1 to 9',
    measured: 'at most 1.5e-7 of the largest number of the result; 0.30 of the forward bound; 0.82 of what a naive f32 program has',
  },
  '3a899e51b4bf66fc7c821448ce5f7c263fd57a1a0419f0c905c2be8031114239': {
    tested: '40 random cases on SwiftShader: n 1 to 576, batch 1 to 9',
    measured: 'at most 0.0000075 of the largest number of the result; 0.24 of the forward bound; 0.0000035 of what a naive f32 program has',
  },
  '3ba7c15d901a2ef7447e4cc2ecd646afb4f46aa7d208aa3059f287016b2d0653': {
    tested: '36 random cases on SwiftShader: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 3.1e-7 of the largest number of the result; 0.19 of the forward bound; 0.93 of what a naive f32 program has',
  },
  '3e3a39bec6553cb8dab9f4279e79081c4cf651dda2772ef64bb5d3fda48db422': {
    tested: '40 random cases on a CPU: n 1 to 576, batch 1 to 9',
    measured: 'at most 0.0000054 of the largest number of the result; 0.13 of the forward bound; 0.55 of what a naive f32 program has',
  },
  '42d3233e900e65bac9b6f0daa61e870454fb08f6a561e0235692e212b82514d5': {
    tested: '40 random cases on SwiftShader: n 1 to 576, batch 1 to 9',
    measured: 'at most 0.0000054 of the largest number of the result; 0.066 of the forward bound; 0.55 of what a naive f32 program has',
  },
  '453092aba49df44e657ea004d4027d183f5fca24f41261e1ac4f32223c67fd00': {
    tested: '40 random cases on a CPU: n 1 to 576, batch 1 to 9',
    measured: 'at most 1.0e-7 of the largest number of the result; 0.14 of the forward bound; 0.33 of what a naive f32 program has',
  },
  '4bd78cc33d4f21abd61508a048fe0bce61039225594d944c25b54f482368c618': {
    tested: '37 random cases on a CPU: n 1 to 576, batch 1 to 9',
    measured: 'at most 6.1e-7 of the largest number of the result; 0.084 of the forward bound; 0.90 of what a naive f32 program has',
  },
  '4eddbb150ea04026fb5fe34d98d4a01460cd909c29a551483e8bb8b5dd6d87c1': {
    tested: '40 random cases on SwiftShader: n 1 to 65, i 1 to 65, j 1 to 66, batch 1 to 9',
    measured: 'at most 5.4e-7 of the largest number of the result; 0.99 of the forward bound; 1.5 of what a naive f32 program has',
  },
  '50d64c7351dc18b180369ba248febc4fb6c1886b912ef9469a1535b89c916a51': {
    tested: '40 random cases on SwiftShader: n 1 to 576, batch 1 to 9',
    measured: 'at most 0.0000075 of the largest number of the result; 0.11 of the forward bound; 0.0000056 of what a naive f32 program has',
  },
  '580f7be90f318f98bfe4535719c046fbca4a57a4b010ef090c898b4a1170bed4': {
    tested: '40 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.8e-7 of the largest number of the result; 0.25 of the forward bound; 0.93 of what a naive f32 program has',
  },
  '64de1475e1e8cb7a44dd6c5b03d59461b0f8962ff1d874fd11e0e031f095dfcc': {
    tested: '37 random cases on SwiftShader: n 1 to 36, k 1 to 32, v 1 to 65, batch 1 to 9',
    measured: 'at most 0.0000018 of the largest number of the result; 1.0 of the forward bound; 1.0 of what a naive f32 program has',
  },
  '6eedf80a6beaaa574baa63d045e95d4013bc4989be379617837b7898a7b53ef6': {
    tested: '40 random cases on a CPU: n 1 to 576, batch 1 to 9',
    measured: 'at most 0.0000054 of the largest number of the result; 0.13 of the forward bound; 0.55 of what a naive f32 program has',
  },
  '770f8506eb2e91a1e8791359f1720a24a20cde6979ed8c1cf7b7f305416c4f6d': {
    tested: '40 random cases on SwiftShader: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.4e-7 of the largest number of the result; 0.67 of the forward bound; 0.89 of what a naive f32 program has',
  },
  '778df635f05965899cd5f43db91c7dc0d148361cd25741707c5389508a46d376': {
    tested: '40 random cases on a CPU: m 1 to 65, k 1 to 65, n 1 to 66, batch 1 to 9',
    measured: 'at most 1.5e-7 of the largest number of the result; 0.60 of the forward bound; 0.82 of what a naive f32 program has',
  },
  '7e65fe297049100beff616a40766fc30f6b9ca702a6c46c2ce91248babf02e99': {
    tested: '37 random cases on a CPU: n 1 to 36, k 1 to 32, v 1 to 65, batch 1 to 9',
    measured: 'at most 0.0000018 of the largest number of the result; 0.42 of the forward bound; 1.0 of what a naive f32 program has',
  },
  '8918029c797d2a95136544ef7b471e47a04b9a11729f9b4c9810ef02ac9cfe34': {
    tested: '40 random cases on a CPU: n 1 to 65, batch 1 to 9',
    measured: 'at most 0 of the largest number of the result; 0 of the forward bound',
  },
  '8c5f5ddffcb48f1297d97a8d0861a2856bf62d6fc98048c5e6229a1bff0a8234': {
    tested: '9 random cases on a CPU: q 1 to 257, k 1 to 130, d 32 to 96, e 1 to 132, batch 1 to 3',
    measured: 'at most 3.1e-7 of the largest number of the result; 0.13 of the forward bound; 0.80 of what a naive f32 program has',
  },
  '8d2dbdfda1cbf3b70ef8ec83666f75b30ebac30a0eb5fd83110dfa7f8fc0a90c': {
    tested: '9 random cases on a CPU: q 1 to 129, k 1 to 130, d 64 to 192, e 1 to 260, batch 1 to 3',
    measured: 'at most 0.0000023 of the largest number of the result; 0.043 of the forward bound; 0.94 of what a naive f32 program has',
  },
  '8e3763368fd079a3f8095c0202d9fc4bd01090a62102f451d273ea35daca82c9': {
    tested: '7 random cases on a CPU: q 1 to 129, k 1 to 130, d 64 to 192, e 1 to 260, batch 1 to 3',
    measured: 'at most 7.1e-7 of the largest number of the result; 0.054 of the forward bound; 0.67 of what a naive f32 program has',
  },
  '9104f529f27f0cb3c95d09eb4c9c5676b9d9f47f83e6e524894ee60caffb3636': {
    tested: '40 random cases on SwiftShader: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.8e-7 of the largest number of the result; 0.25 of the forward bound; 0.93 of what a naive f32 program has',
  },
  '938c411cdcd2ffa5deea309af4dc8666e1749c4f771ae9dd8939d3397ae299b1': {
    tested: '37 random cases on a CPU: q 1 to 22, k 1 to 65, d 1 to 18, e 1 to 16, batch 1 to 9',
    measured: 'at most 0.0000014 of the largest number of the result; 0.29 of the forward bound; 0.95 of what a naive f32 program has',
  },
  '98c298a5f10b164cde667100be50f82f70663141ad9bb168b75cde8a7cb3fb13': {
    tested: '40 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.4e-7 of the largest number of the result; 0.34 of the forward bound; 0.89 of what a naive f32 program has',
  },
  '9d971118328284014f7d88392d9f5b268d517e4096efa8473ae9a6c01abf37f3': {
    tested: '40 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 3.3e-7 of the largest number of the result; 0.15 of the forward bound; 0.80 of what a naive f32 program has',
  },
  'a4f0b817be892d8a4003d22c1aed0efc6930be8358da0a560775045c0849dd39': {
    tested: '40 random cases on SwiftShader: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 3.0e-7 of the largest number of the result; 0.15 of the forward bound; 0.83 of what a naive f32 program has',
  },
  'a9c7144c5ca0f61de78aa90ecb3c85edd13bc12897f89a3cceb531907b0c19dc': {
    tested: '40 random cases on a CPU: n 1 to 576, batch 1 to 9',
    measured: 'at most 0.0000075 of the largest number of the result; 0.44 of the forward bound; 0.0000034 of what a naive f32 program has',
  },
  'aa37b30f22a1c3c48769dcd935b200f43c48450193dcfea4c96d033d9e9f59e0': {
    tested: '35 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 3.3e-7 of the largest number of the result; 0.17 of the forward bound; 0.89 of what a naive f32 program has',
  },
  'afd49dd0718e3da51caa5750b8a2681aa423ff5de4c54ad7b27a5ad10eeedd36': {
    tested: '27 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.6e-7 of the largest number of the result; 0.18 of the forward bound; 0.94 of what a naive f32 program has',
  },
  'b4acf260bb41d7e4697653718b3fc6383e3d96bbf5fc52dc2012afc432dd2dbe': {
    tested: '40 random cases on SwiftShader: n 1 to 65, batch 1 to 9',
    measured: 'at most 2.3e-7 of the largest number of the result; 0.060 of the forward bound; 1.3 of what a naive f32 program has',
  },
  'b9bc3ccd9696af476fb4921e52ed8becd84e4ebc9b5273986b90d66f834e0d21': {
    tested: '37 random cases on SwiftShader: n 1 to 576, batch 1 to 9',
    measured: 'at most 6.1e-7 of the largest number of the result; 0.054 of the forward bound; 0.90 of what a naive f32 program has',
  },
  'bb6dcfa6370fcdd4a6b4b96334c281dba72e193193264a9320b0fc956bf74185': {
    tested: '40 random cases on SwiftShader: n 1 to 65, batch 1 to 9',
    measured: 'at most 2.4e-7 of the largest number of the result; 0.14 of the forward bound; 0.0000035 of what a naive f32 program has',
  },
  'c1126487ba78c5d5e99c84cb7b694145ec6366ab38e5490890efb2dcc40cfd09': {
    tested: '40 random cases on SwiftShader: n 1 to 65, batch 1 to 9',
    measured: 'at most 0 of the largest number of the result; 0 of the forward bound',
  },
  'c3c668b195d21a1a4c6cc6e8c04c9fe0157d62c8043682b37868366622b362ce': {
    tested: '40 random cases on SwiftShader: n 1 to 65, batch 1 to 9',
    measured: 'at most 2.4e-7 of the largest number of the result; 0.43 of the forward bound; 1.0 of what a naive f32 program has',
  },
  'c3f2e260151417994988b70c0d35b0f2bcd31791af996347b81cd979f92faea7': {
    tested: '40 random cases on SwiftShader: n 1 to 576, batch 1 to 9',
    measured: 'at most 0.0000054 of the largest number of the result; 0.065 of the forward bound; 0.55 of what a naive f32 program has',
  },
  'c540c6393109b01c3109f42932f1acb28b723dd9bf38486c1b52f29c9acf4e7e': {
    tested: '40 random cases on a CPU: n 1 to 65, batch 1 to 9',
    measured: 'at most 2.3e-7 of the largest number of the result; 0.15 of the forward bound; 1.3 of what a naive f32 program has',
  },
  'cddb251356127d103f62b725d836343750d3f7cfdeb44d564616b68cb41225e3': {
    tested: '40 random cases on a CPU: n 1 to 65, batch 1 to 9',
    measured: 'at most 3.0e-7 of the largest number of the result; 0.38 of the forward bound; 0.99 of what a naive f32 program has',
  },
  'd0c84b8e53bc80bc8f929e967b3e7c46aa9918b956bb3ee78d751f83e682bf2e': {
    tested: '40 random cases on a CPU: n 1 to 65, i 1 to 65, j 1 to 66, batch 1 to 9',
    measured: 'at most 5.4e-7 of the largest number of the result; 0.32 of the forward bound; 1.5 of what a naive f32 program has',
  },
  'dafa7ee75c5b61107c417990c51a0d115b6d56abfaefed2c60817df84ee28a9c': {
    tested: '40 random cases on a CPU: n 1 to 65, batch 1 to 9',
    measured: 'at most 4.0e-7 of the largest number of the result; 0.29 of the forward bound; 2.3e-7 of what a naive f32 program has',
  },
  'db85e8bd2a5bf7546fe9bc5d273ff48dd968b1a141f0fc021269ff5d0a721736': {
    tested: '27 random cases on SwiftShader: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 3.1e-7 of the largest number of the result; 0.15 of the forward bound; 0.96 of what a naive f32 program has',
  },
  'e45f2b4aa1580695d4484ad02508ea84bad1037704c261b0456dac040ce21371': {
    tested: '40 random cases on SwiftShader: n 1 to 65, i 1 to 65, j 1 to 66, batch 1 to 9',
    measured: 'at most 2.0e-7 of the largest number of the result; 1.0 of the forward bound; 0.83 of what a naive f32 program has',
  },
  'e85cfbdb4fecb7d53a66e2b1b56dfc3bf68fb902bc563c379fdb6e0269ef1c68': {
    tested: '40 random cases on a CPU: n 1 to 576, batch 1 to 9',
    measured: 'at most 0.0000075 of the largest number of the result; 0.25 of the forward bound; 0.0000055 of what a naive f32 program has',
  },
  'e9be134456de8e089cb946993c0c6adc73cf2369dc4aafb956f8e895976c6b18': {
    tested: '40 random cases on a CPU: n 1 to 65, i 1 to 65, j 1 to 66, batch 1 to 9',
    measured: 'at most 2.0e-7 of the largest number of the result; 0.43 of the forward bound; 0.83 of what a naive f32 program has',
  },
  'f203b3b6d1cb9df5bc04a70957328f16c304748b63fd855d9c20216ff1b1ca27': {
    tested: '36 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.3e-7 of the largest number of the result; 0.29 of the forward bound; 0.88 of what a naive f32 program has',
  },
  'f319444bfd764d15a1f6c9fbedbfd5d24218c442ba3aabe61d6e9a80632c584d': {
    tested: '40 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.5e-7 of the largest number of the result; 0.28 of the forward bound; 0.93 of what a naive f32 program has',
  },
  'fdf154e1a3d008ef027034851a0008fbbbc8f4616fb2d45a2079b34a79de32e3': {
    tested: '36 random cases on SwiftShader: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 65, batch 1 to 9',
    measured: 'at most 0.0000010 of the largest number of the result; 0.16 of the forward bound; 1.2 of what a naive f32 program has',
  },
};

// Written by test/numerics/record.ts: what kernels were measured to do, by the SHA-256 of their code (the text without its header). Do not edit.
export interface Recorded {
  readonly tested: string;
  readonly measured: string;
}

// prettier-ignore
export const RECORDED: Readonly<Record<string, Recorded>> = {
  '019219c33a995ec029b56002c383ca21411fb8985bf70a473d8be9c5ca728ae0': {
    tested: '40 random cases on SwiftShader: n 1 to 39, batch 1 to 9',
    measured: 'at most 0 of the largest number of the result; 0 of the forward bound',
  },
  '05af4a619961a67b8e99d8fb29c8bc63844e2a07178b4cf116ecbcf32498ae8a': {
    tested: '40 random cases on SwiftShader: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.5e-7 of the largest number of the result; 0.67 of the forward bound; 0.93 of what a naive f32 program has',
  },
  '0bd15c3c91b48068b9f494812f222c9c24f000fd880bfd97c6b1ca7d9ceb053d': {
    tested: '40 random cases on SwiftShader: m 1 to 65, k 1 to 65, n 1 to 66, batch 1 to 9',
    measured: 'at most 1.5e-7 of the largest number of the result; 0.30 of the forward bound; 0.82 of what a naive f32 program has',
  },
  '15a96523ecbe5c9945e2f1c8f8679cce1dc002437cd6833bcfafcc00aca257a4': {
    tested: '40 random cases on a CPU: n 1 to 39, batch 1 to 9',
    measured: 'at most 2.4e-7 of the largest number of the result; 0.36 of the forward bound; 0.79 of what a naive f32 program has',
  },
  '1625f09d484a85584b0f14ec021d86c2fb4e5f1e2c73a81b0c94ff91e74f2d21': {
    tested: '40 random cases on a CPU: n 1 to 39, batch 1 to 9',
    measured: 'at most 0.0000075 of the largest number of the result; 0.27 of the forward bound; 0.0000045 of what a naive f32 program has',
  },
  '17bbb96f3d7c77b295bbf56d256b84b8f30f930b87fadac5517c7e81c4076ed8': {
    tested: '35 random cases on SwiftShader: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 3.6e-7 of the largest number of the result; 0.15 of the forward bound; 0.87 of what a naive f32 program has',
  },
  '215b7d1badce10c3d5add76e98110bca0eeba4bfeac668f769cb6581f97c482b': {
    tested: '40 random cases on SwiftShader: n 1 to 39, batch 1 to 9',
    measured: 'at most 1.7e-7 of the largest number of the result; 0.060 of the forward bound; 0.88 of what a naive f32 program has',
  },
  '23e65777ed01b9528f6a96ef622036d12620c81f75786147201ae729c3306e0f': {
    tested: '40 random cases on a CPU: n 1 to 65, i 1 to 65, j 1 to 66, batch 1 to 9',
    measured: 'at most 2.0e-7 of the largest number of the result; 0.43 of the forward bound; 0.83 of what a naive f32 program has',
  },
  '269650bcd876693902a7a65a7a7a10533cdc48251bed70358847f2540e7637cc': {
    tested: '7 random cases on a CPU: q 1 to 257, k 1 to 130, d 32 to 96, e 1 to 132, batch 1 to 3',
    measured: 'at most 7.7e-7 of the largest number of the result; 0.068 of the forward bound; 0.97 of what a naive f32 program has',
  },
  '27b62e1324baf5266d9df36a426b011f74d78d88411e69f7d85974c56f4fa1ef': {
    tested: '40 random cases on SwiftShader: n 1 to 39, batch 1 to 9',
    measured: 'at most 0.0000075 of the largest number of the result; 0.12 of the forward bound; 0.0000051 of what a naive f32 program has',
  },
  '38986a41b115b9567aba7d890b8a3cc086238a05fca0b7d1b98bb920ddb0a6a5': {
    tested: '40 random cases on a CPU: m 1 to 65, k 1 to 65, n 1 to 66, batch 1 to 9',
    measured: 'at most 1.5e-7 of the largest number of the result; 0.60 of the forward bound; 0.82 of what a naive f32 program has',
  },
  '38b21573f934332adebe9520b649ad8e7119e4833c61893d5de0d36ab5005684': {
    tested: '40 random cases on a CPU: n 1 to 39, batch 1 to 9',
    measured: 'at most 0.0000013 of the largest number of the result; 0.43 of the forward bound; 0.98 of what a naive f32 program has',
  },
  '3ba7c15d901a2ef7447e4cc2ecd646afb4f46aa7d208aa3059f287016b2d0653': {
    tested: '36 random cases on SwiftShader: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 3.1e-7 of the largest number of the result; 0.19 of the forward bound; 0.93 of what a naive f32 program has',
  },
  '3f17615c2bed0cb6d6bc19348929bd8bfec002c7f99764ee911e9ebc8f773f26': {
    tested: '40 random cases on SwiftShader: n 1 to 39, batch 1 to 9',
    measured: 'at most 3.0e-7 of the largest number of the result; 0.19 of the forward bound; 0.84 of what a naive f32 program has',
  },
  '580f7be90f318f98bfe4535719c046fbca4a57a4b010ef090c898b4a1170bed4': {
    tested: '40 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.8e-7 of the largest number of the result; 0.25 of the forward bound; 0.93 of what a naive f32 program has',
  },
  '666489f28bf44082c47d3c468f79dd4c216ac39afcf9ed4bc13d06cc0ab0258e': {
    tested: '40 random cases on a CPU: n 1 to 65, i 1 to 65, j 1 to 66, batch 1 to 9',
    measured: 'at most 5.4e-7 of the largest number of the result; 0.32 of the forward bound; 1.5 of what a naive f32 program has',
  },
  '6a04f65a46c24e34407a41e7eb368d53bb59160f8ffa09ac8ccbc27940edfa79': {
    tested: '40 random cases on SwiftShader: n 1 to 65, i 1 to 65, j 1 to 66, batch 1 to 9',
    measured: 'at most 5.4e-7 of the largest number of the result; 0.99 of the forward bound; 1.5 of what a naive f32 program has',
  },
  '770f8506eb2e91a1e8791359f1720a24a20cde6979ed8c1cf7b7f305416c4f6d': {
    tested: '40 random cases on SwiftShader: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.4e-7 of the largest number of the result; 0.67 of the forward bound; 0.89 of what a naive f32 program has',
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
  '98c298a5f10b164cde667100be50f82f70663141ad9bb168b75cde8a7cb3fb13': {
    tested: '40 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.4e-7 of the largest number of the result; 0.34 of the forward bound; 0.89 of what a naive f32 program has',
  },
  '9d971118328284014f7d88392d9f5b268d517e4096efa8473ae9a6c01abf37f3': {
    tested: '40 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 3.3e-7 of the largest number of the result; 0.15 of the forward bound; 0.80 of what a naive f32 program has',
  },
  'a2a6b28d149fdc8e239b5b0431a8ba3edecb4d7168fafe9e073c703225717b12': {
    tested: '40 random cases on a CPU: n 1 to 39, batch 1 to 9',
    measured: 'at most 0.0000013 of the largest number of the result; 0.42 of the forward bound; 0.96 of what a naive f32 program has',
  },
  'a4f0b817be892d8a4003d22c1aed0efc6930be8358da0a560775045c0849dd39': {
    tested: '40 random cases on SwiftShader: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 3.0e-7 of the largest number of the result; 0.15 of the forward bound; 0.83 of what a naive f32 program has',
  },
  'aa37b30f22a1c3c48769dcd935b200f43c48450193dcfea4c96d033d9e9f59e0': {
    tested: '35 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 3.3e-7 of the largest number of the result; 0.17 of the forward bound; 0.89 of what a naive f32 program has',
  },
  'ac946141ed1530e64228dba19ffd35479a3c94843668620bd2a2926a51774abc': {
    tested: '40 random cases on a CPU: n 1 to 39, batch 1 to 9',
    measured: 'at most 0 of the largest number of the result; 0 of the forward bound',
  },
  'b66d4a06c0d895a92fcb4505e48b8d43e11fa6e0856e99a851f1bec4b208781f': {
    tested: '40 random cases on a CPU: n 1 to 39, batch 1 to 9',
    measured: 'at most 1.7e-7 of the largest number of the result; 0.15 of the forward bound; 0.88 of what a naive f32 program has',
  },
  'c3637bec0f96db68bb3dbda79572500225079768cc55f85cd84bc67136fa0b0c': {
    tested: '40 random cases on SwiftShader: n 1 to 39, batch 1 to 9',
    measured: 'at most 9.1e-8 of the largest number of the result; 0.097 of the forward bound; 0.96 of what a naive f32 program has',
  },
  'c43f8fb8d35db6b5b38c6c72558bbe0910ff2c4d3ef319d79150da43115b7c83': {
    tested: '40 random cases on a CPU: n 1 to 39, batch 1 to 9',
    measured: 'at most 0.0000075 of the largest number of the result; 0.25 of the forward bound; 0.0000051 of what a naive f32 program has',
  },
  'c7cd7334ae971e33e36f15feeda84462f709ab21635ea1a09a8206f4221ccb1b': {
    tested: '40 random cases on SwiftShader: n 1 to 39, batch 1 to 9',
    measured: 'at most 0.0000013 of the largest number of the result; 0.21 of the forward bound; 0.98 of what a naive f32 program has',
  },
  'ca4ebcb329d8440c47b3231f857056e26c14983a70b48c03861bad015823e291': {
    tested: '40 random cases on SwiftShader: n 1 to 65, i 1 to 65, j 1 to 66, batch 1 to 9',
    measured: 'at most 2.0e-7 of the largest number of the result; 1.0 of the forward bound; 0.83 of what a naive f32 program has',
  },
  'cf8e2a0a25c7531e5baf587c5dee7b76b21b11db098a008c8c318066fb91eadf': {
    tested: '40 random cases on SwiftShader: n 1 to 39, batch 1 to 9',
    measured: 'at most 0.0000075 of the largest number of the result; 0.13 of the forward bound; 0.0000047 of what a naive f32 program has',
  },
  'd64e3ea3107378f200a86c09e9e64ae40496c49b87fd873d0531398b03d356d9': {
    tested: '40 random cases on SwiftShader: n 1 to 39, batch 1 to 9',
    measured: 'at most 2.4e-7 of the largest number of the result; 0.18 of the forward bound; 0.79 of what a naive f32 program has',
  },
  'e38f6004cb6f56599c01d8ce2bb9d63729c8040f2a607eed1c51c92e81b315eb': {
    tested: '40 random cases on a CPU: n 1 to 39, batch 1 to 9',
    measured: 'at most 9.1e-8 of the largest number of the result; 0.34 of the forward bound; 0.96 of what a naive f32 program has',
  },
  'e4dfc2d43ecb94f8b4d3565f1853884fc0a98b6659f43091b5a55b440526cbf0': {
    tested: '40 random cases on a CPU: n 1 to 39, batch 1 to 9',
    measured: 'at most 3.0e-7 of the largest number of the result; 0.38 of the forward bound; 0.84 of what a naive f32 program has',
  },
  'eedf8c2bea25babd13a40555dcb0dc7085c1b3eac0949716cad51ab86dee5921': {
    tested: '40 random cases on SwiftShader: n 1 to 39, batch 1 to 9',
    measured: 'at most 0.0000013 of the largest number of the result; 0.20 of the forward bound; 0.96 of what a naive f32 program has',
  },
  'f203b3b6d1cb9df5bc04a70957328f16c304748b63fd855d9c20216ff1b1ca27': {
    tested: '36 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.3e-7 of the largest number of the result; 0.29 of the forward bound; 0.88 of what a naive f32 program has',
  },
  'f319444bfd764d15a1f6c9fbedbfd5d24218c442ba3aabe61d6e9a80632c584d': {
    tested: '40 random cases on a CPU: q 1 to 65, k 1 to 65, d 1 to 65, e 1 to 66, batch 1 to 9',
    measured: 'at most 2.5e-7 of the largest number of the result; 0.28 of the forward bound; 0.93 of what a naive f32 program has',
  },
};

"""Correctness and speed of the CUDA kernels on the machine's own GPU, beside PyTorch in the same process.

    python3 scripts/gpu/bench.py [--kernels DIR] [--only check|rows|attention|race] [--json FILE]

check: every kernel at ragged sizes, size 1 and full sizes, outputs poisoned and fenced, against float64 of the statement; the error beside that of PyTorch in f32.
attention: attention and spherical-attention in f32 beside naive eager PyTorch and its fused kernels; rows: against the copy bandwidth. Medians of alternated runs.
race:  one launch of every kernel at small ragged sizes and no PyTorch kernels near it: run this one under compute-sanitizer.
"""
import argparse
import concurrent.futures
import glob
import json
import math
import os
import random
import statistics
import sys
import tempfile
import time

import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from kernel import Kernel  # noqa: E402
from reference import STATEMENTS, draw  # noqa: E402

POISON = 1.0e30
FENCE = 1024


def run(kernel, arrays, sizes, shapes):
    """The results, and whether they were written everywhere and nothing was written around them."""
    wholes = [torch.full((math.prod(shape) + 2 * FENCE,), POISON, device="cuda") for shape in shapes]
    outs = [whole[FENCE:-FENCE] for whole in wholes]
    pointers = [a.data_ptr() for a in [arrays[w] for w in kernel.inputs] + outs]
    kernel.launch(pointers, kernel.sizes_of(sizes), torch.cuda.current_stream().cuda_stream)
    torch.cuda.synchronize()
    fenced = all(bool((w[:FENCE] == POISON).all() and (w[-FENCE:] == POISON).all()) for w in wholes)
    written = fenced and not any(bool((out == POISON).any()) for out in outs)
    return [out.reshape(shape) for out, shape in zip(outs, shapes)], written


def shapes_of(result, sizes):
    return [[sizes["batch" if c == "b" else c] for c in axes] for axes in result.split(",")]


def listed(found):
    return list(found) if isinstance(found, tuple) else [found]


def check(kernels, rng, seed, full):
    rows = []
    for kernel in kernels:
        wires, result, left = STATEMENTS[kernel.name]
        axes = sorted({c for a in wires.values() for c in a} | set(result) - {","})
        for turn in range(6 if full else 2):
            pool = [1, 2, 3, 5, 7, 13, 17, 31, 33, 63, 65, 97, 129, 200, 257]
            large = {"batch": 3, "q": 1021, "k": 1531, "d": 64, "e": 67, "m": 509, "n": 1027, "i": 771, "j": 389, "v": 48}
            sizes = dict(zip(["batch" if c == "b" else c for c in axes], rng.sample(pool, len(axes))))
            if turn == 5:
                sizes = {("batch" if c == "b" else c): large["batch" if c == "b" else c] for c in axes}
            sizes = kernel.fitted(sizes)
            generator = torch.Generator(device="cuda").manual_seed(seed + turn)
            arrays = draw(kernel.name, wires, sizes, generator, "cuda")
            outs, written = run(kernel, arrays, sizes, shapes_of(result, sizes))
            exacts = listed(left(**{w: a.double() for w, a in arrays.items()}))
            naives = listed(left(**arrays))
            scales = [exact.abs().max().item() or 1.0 for exact in exacts]
            far = lambda found: [((f.double() - e).abs().max() / s).item() for f, e, s in zip(found, exacts, scales)]  # noqa: E731
            errors, eagers = far(outs), far(naives)
            error, eager = max(errors), max(eagers)
            # the rule: a kernel with a much larger error than a naive f32 computation is a defect
            good = written and all(e == e and e <= 8 * n + 8 * 2**-24 for e, n in zip(errors, eagers))
            if kernel.name == "arg_max":
                good = written and bool((outs[0].double() == exacts[0]).all())
            rows.append({"kernel": kernel.label, "sizes": sizes, "error": error, "eager": eager, "written": written, "ok": good})
    return rows


def medians(functions, seconds=0.4, rounds=5):
    """Milliseconds of each, alternated: every round times every function, in an order of its own."""
    for f in functions.values():
        end = time.time() + seconds
        while time.time() < end:
            f()
            torch.cuda.synchronize()
    times = {name: [] for name in functions}
    for _ in range(rounds):
        for name, f in random.sample(list(functions.items()), len(functions)):
            begin, finish = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
            begin.record()
            f()
            finish.record()
            torch.cuda.synchronize()
            once = begin.elapsed_time(finish)
            repeat = max(1, min(200, int(30 / max(once, 1e-3))))
            begin.record()
            for _ in range(repeat):
                f()
            finish.record()
            torch.cuda.synchronize()
            times[name].append(begin.elapsed_time(finish) / repeat)
    return {name: statistics.median(t) for name, t in times.items()}


def timed_attention(kernels, shapes):
    rows = []
    for batch, n, d in shapes:
        sizes = {"batch": batch, "q": n, "k": n, "d": d, "e": d}
        q, k, v = (torch.randn(batch, n, d, device="cuda") for _ in range(3))
        eps = torch.tensor([1e-6], device="cuda")
        out = torch.full((batch, n, d), POISON, device="cuda")
        functions, exact = {}, {}
        for kernel in kernels:
            given = {"q": q, "k": k, "v": v, "eps": eps}
            pointers = [given[w].data_ptr() for w in kernel.inputs] + [out.data_ptr()]
            params = kernel.sizes_of(sizes)
            stream = torch.cuda.current_stream().cuda_stream
            functions[kernel.label] = lambda kernel=kernel, p=pointers, s=params: kernel.launch(p, s, stream)
            out.fill_(POISON)
            functions[kernel.label]()
            torch.cuda.synchronize()
            want = STATEMENTS[kernel.name][2](**{w: given[w][:2].double() if given[w].dim() > 1 else given[w].double() for w in kernel.inputs})
            exact[kernel.label] = ((out[:2].double() - want).norm() / want.norm()).item()
            assert not bool((out == POISON).any()), kernel.label
        if batch * n * n * 4 * 3 < 60e9:
            functions["PyTorch naive eager, softmax"] = lambda: STATEMENTS["attention"][2](q, k, v)
            functions["PyTorch naive eager, spherical"] = lambda: STATEMENTS["spherical_attention"][2](q, k, v, eps)
        fused = lambda: torch.nn.functional.scaled_dot_product_attention(q[None], k[None], v[None])  # noqa: E731
        functions["PyTorch scaled_dot_product_attention"] = fused
        flop = 4.0 * batch * n * n * d
        for name, ms in medians(functions).items():
            rows.append({"batch": batch, "N": n, "d": d, "what": name, "ms": ms, "TFLOP/s": flop / ms / 1e9, "error": exact.get(name)})
            table(rows[-1:], ["batch", "N", "d", "what", "ms", "TFLOP/s", "error"])
    return rows


COMPILED = {
    "sum": (lambda x, y: x.sum(-1), 1),
    "mean": (lambda x, y: x.mean(-1), 1),
    "norm": (lambda x, y: (x * x).sum(-1).sqrt(), 1),
    "prod": (lambda x, y: x.prod(-1), 1),
    "logsumexp": (lambda x, y: torch.logsumexp(x, -1), 1),
    "var": (lambda x, y: torch.var(x, -1, unbiased=False), 1),
    "argmax": (lambda x, y: x.argmax(-1), 1),
    "cross entropy of two rows": (lambda x, y: y.sum(-1) * torch.logsumexp(x, -1) - (y * x).sum(-1), 2),
    "softmax": (lambda x, y: torch.softmax(x, -1), 2),
}


def timed_rows(kernels, shapes):
    rows = []
    for batch, n in shapes:
        x, y = torch.randn(batch, n, device="cuda"), torch.rand(batch, n, device="cuda")
        target = torch.empty_like(x)
        out = torch.empty(batch, device="cuda")
        functions = {"copy": (lambda: target.copy_(x), 2)}
        worst = {}
        for kernel in kernels:
            wires, result, left = STATEMENTS[kernel.name]
            keeps = result == "bn"
            given = {"x": x, "y": y, "a": y, "b": x, "s": torch.zeros(1, device="cuda")}
            pointers = [given[w].data_ptr() for w in kernel.inputs] + [(target if keeps else out).data_ptr()]
            params = kernel.sizes_of({"batch": batch, "n": n})
            stream = torch.cuda.current_stream().cuda_stream
            # each array once, however often the text reads it
            arrays = sum(a == "bn" for a in wires.values()) + keeps
            functions[kernel.label] = (lambda kernel=kernel, p=pointers, s=params: kernel.launch(p, s, stream), arrays)
            (target if keeps else out).fill_(POISON)
            functions[kernel.label][0]()
            torch.cuda.synchronize()
            some = {w: given[w][:64].double() if a == "bn" else given[w].double() for w, a in wires.items()}
            exact, found = left(**some), (target if keeps else out)[:64].double()
            worst[kernel.label] = ((found - exact).abs().max() / exact.abs().max().clamp(min=1e-30)).item()
        for name, (function, arrays) in COMPILED.items():
            compiled = torch.compile(function, dynamic=False)
            functions[f"PyTorch {name}, compiled"] = (lambda compiled=compiled: compiled(x, y), arrays)
            functions[f"PyTorch {name}"] = (lambda function=function: function(x, y), arrays)
        functions["PyTorch cumsum"] = (lambda: x.cumsum(-1), 2)
        for name, ms in medians({k: f for k, (f, _) in functions.items()}, seconds=0.1).items():
            moved = functions[name][1] * x.numel() * 4
            rows.append({"batch": batch, "N": n, "what": name, "ms": ms, "TB/s": moved / ms / 1e9, "error": worst.get(name)})
            table(rows[-1:], ["batch", "N", "what", "ms", "TB/s", "error"])
    return rows


def race(kernels, rng):
    for kernel in kernels:
        wires, result, _ = STATEMENTS[kernel.name]
        axes = sorted({c for a in wires.values() for c in a} | set(result) - {","})
        sizes = dict(zip(["batch" if c == "b" else c for c in axes], rng.sample([3, 5, 37, 41, 67, 70], len(axes))))
        sizes = kernel.fitted(sizes)
        generator = torch.Generator(device="cuda").manual_seed(1)
        arrays = draw(kernel.name, wires, sizes, generator, "cuda")
        _, written = run(kernel, arrays, sizes, shapes_of(result, sizes))
        print(f"race {kernel.label} {sizes} {'ok' if written else 'NOT WRITTEN'}")


def table(rows, columns):
    for row in rows:
        cells = [row.get(c) for c in columns]
        print("  ".join(f"{c:.4g}" if isinstance(c, float) else str(c) for c in cells))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernels", default="kernels")
    parser.add_argument("--variants", help="a folder of further texts of attention and spherical-attention to time")
    parser.add_argument("--only", choices=["check", "rows", "attention", "race"])
    parser.add_argument("--quick", action="store_true", help="attention at N = 4096 only")
    parser.add_argument("--json")
    parser.add_argument("--seed", type=int, default=random.randrange(2**31))
    options = parser.parse_args()
    if not torch.cuda.is_available():
        sys.exit("no CUDA device that PyTorch can use")
    torch.backends.cuda.matmul.allow_tf32 = False
    major, minor = torch.cuda.get_device_capability()
    build = tempfile.mkdtemp()

    def built(folder):
        paths = sorted(glob.glob(os.path.join(folder, "*.cu")))
        with concurrent.futures.ThreadPoolExecutor() as pool:
            return list(pool.map(lambda p: Kernel(p, f"{major}{minor}", build), paths))

    kernels = built(options.kernels)
    if not kernels:
        sys.exit(f"no kernels in {options.kernels}")
    variants = built(options.variants) if options.variants else []
    for k in kernels + variants:
        k.label = os.path.basename(k.path)[:-3]
    rng = random.Random(options.seed)
    print(f"{torch.cuda.get_device_name()}, PyTorch {torch.__version__}, CUDA {torch.version.cuda}, seed {options.seed}")
    results = {"device": torch.cuda.get_device_name(), "seed": options.seed}
    if options.only == "race":
        return race(kernels, rng)
    if options.only in (None, "check"):
        results["check"] = check(kernels, rng, options.seed, True)
        bad = [r for r in results["check"] if not r["ok"]]
        table(results["check"], ["kernel", "error", "eager", "written", "ok", "sizes"])
        print(f"{len(results['check'])} checks, {len(bad)} bad")
    if options.only in (None, "rows"):
        rows = [k for k in kernels if set(STATEMENTS[k.name][0].values()) <= {"bn", ""}]
        results["rows"] = timed_rows(rows, [(65536, 4096), (65536, 4095), (8192, 32768), (2048, 131072)])
    if options.only in (None, "attention"):
        tiled = [k for k in kernels if k.name in ("attention", "spherical_attention")] + variants
        shapes = [(64, 4096, 64), (64, 4096, 128), (64, 1024, 64), (64, 1024, 128), (16, 16384, 64), (16, 16384, 128)]
        results["attention"] = timed_attention(tiled, shapes[:2] if options.quick else shapes)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(results, file, indent=1)
    if any(not r["ok"] for r in results.get("check", [])):
        sys.exit(1)


main()

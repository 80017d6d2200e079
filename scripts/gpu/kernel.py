"""A kernel's text as a function on arrays: built by nvcc, launched through its extern "C" launcher.

The text says all that is needed: the order of the arrays in the launcher's signature, that of the sizes in `params[i]`, and the tile
sizes as constants. n = rest + tiles * TILE with 1 <= rest <= TILE (the ragged tile first), as src/kernel/extract/program.ts has it; an axis that has
neither rest nor head is a multiple of its tile. With lanes along it n = rest + (head + tiles * TILE) * lanes, with all lanes or none.
"""
import ctypes
import hashlib
import os
import re
import subprocess


class Kernel:
    def __init__(self, path, arch, build):
        self.path = path
        self.text = open(path, encoding="utf-8").read()
        self.name = re.search(r'extern "C" int (\w+)_launch\(', self.text).group(1)
        signature = re.search(r'_launch\(([^)]*)\)', self.text).group(1)
        self.arrays = re.findall(r"float\* (\w+)", signature)
        self.outputs = [a for a in self.arrays if re.fullmatch(r"out\d*", a)]
        self.inputs = [a.removesuffix("_array") for a in self.arrays if a not in self.outputs]
        self.params = re.findall(r"const unsigned (\w+) = params\[(\d+)\];", self.text)
        assert [int(i) for _, i in self.params] == list(range(len(self.params)))
        parts = [name.rsplit("_", 1) for name, _ in self.params]
        ragged = {axis for axis, part in parts if part in ("rest", "head")}
        self.whole = {axis for axis, part in parts if part == "tiles"} - ragged
        self.tiles = {t.lower(): int(n) for t, n in re.findall(r"constexpr unsigned (\w+?)_TILE(?:_x\d*)? = (\d+)u;", self.text)}
        along = {axis for axis, part in parts if part == "lanes"}
        most = {t.lower(): int(n) for t, n in re.findall(r"constexpr unsigned (\w+?)_LANES_MOST(?:_x\d*)? = (\d+)u;", self.text)}
        self.lanes = {axis: n for axis, n in most.items() if axis in along}
        self.library = ctypes.CDLL(self.built(arch, build))
        self.launcher = getattr(self.library, self.name + "_launch")
        self.launcher.restype = ctypes.c_int

    def built(self, arch, build):
        mark = hashlib.sha256((arch + self.text).encode()).hexdigest()[:16]
        target = os.path.join(build, f"{self.name}-{mark}.so")
        if not os.path.exists(target):
            code = f"arch=compute_{arch},code=sm_{arch}"
            flags = ["-O3", "-std=c++17", "-gencode", code, "-lineinfo", "-shared", "-Xcompiler", "-fPIC"]
            subprocess.run(["nvcc", *flags, "-o", target, self.path], check=True)
        return target

    def fitted(self, sizes):
        """The sizes, those of axes that must be multiples of their tiles rounded up."""
        up = lambda axis, n: -(-n // self.tiles[axis]) * self.tiles[axis] if axis in self.whole else n  # noqa: E731
        return {axis: up(axis, n) for axis, n in sizes.items()}

    def sizes_of(self, sizes):
        """The params array for sizes by axis: {'q': 100, 'batch': 3, ...}."""
        values = []
        for name, _ in self.params:
            axis, part = name.rsplit("_", 1)
            n = sizes[axis]
            if part == "size":
                values.append(n)
                continue
            if axis in self.lanes:
                most = self.lanes[axis]
                each = (n - 1) // most
                lanes = most if each > 0 else 0
                if part in ("rest", "lanes"):
                    values.append(n - lanes * each if part == "rest" else lanes)
                    continue
                n = max(each, 1)
            tile = self.tiles[axis]
            if axis in self.whole:
                assert n % tile == 0, f"{axis}: {n} is no multiple of {tile}"
            count = -(-n // tile) - (0 if axis in self.whole else 1)
            values.append({"rest": n - count * tile, "head": n - count * tile, "tiles": count}[part])
        return (ctypes.c_uint * len(values))(*values)

    def launch(self, pointers, params, stream=0):
        """Pointers to device arrays in the order of `arrays`; raises on a launch error."""
        args = [ctypes.c_void_p(p) for p in pointers]
        status = self.launcher(*args, params, ctypes.c_void_p(stream))
        if status != 0:
            raise RuntimeError(f"{self.name}: CUDA error {status}")

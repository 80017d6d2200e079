"""What the statements of theorems/ say, in PyTorch: read them beside the files. Shapes have a leading batch axis b on every array but scalars.

Each entry: the axes of each wire, the axes of the result (of several, with a comma), the left side, and a draw of inputs where plain normal numbers are outside the domain.
`magnitude` is the left side with absolute values, for the error bound; None where the sum is of positive terms.
"""
import math
import torch


def scores(q, k):
    return torch.einsum("bqd,bkd->bqk", q, k)


def scaled(q, k):
    return scores(q, k) / math.sqrt(q.shape[-1])


def contracted(weights, v):
    return torch.einsum("bqk,bke->bqe", weights, v)


def norm_of(x):
    return torch.sqrt((x * x).sum(-1, keepdim=True))


def centred(x):
    return x - x.mean(-1, keepdim=True)


def decay(a, b, s):
    u = s.expand(a.shape[0]).clone() if s.numel() == 1 else s.clone()
    for i in range(a.shape[1]):
        u = a[:, i] * u + b[:, i]
    return u


def gated(g, k, v, q):
    s = torch.zeros(k.shape[0], k.shape[2], v.shape[2], dtype=k.dtype, device=k.device)
    for i in range(k.shape[1]):
        s = g[:, i, :, None] * s + k[:, i, :, None] * v[:, i, None, :]
    return torch.einsum("bk,bkv->bv", q, s)


def masked(q, k, v, open):  # noqa: A002
    weights = torch.where(open != 0, torch.exp(scaled(q, k)), torch.zeros((), dtype=q.dtype, device=q.device))
    return contracted(weights / weights.sum(-1, keepdim=True), v)


def softened(q, k, do, v, l, delta, c):
    p = torch.exp(scores(q, k) * c - l[..., None])
    return p, p * (scores(do, v) - delta[..., None]) * c


def gradient_of_keys(q, k, v, do, l, delta, c):
    p, ds = softened(q, k, do, v, l, delta, c)
    return torch.einsum("bqk,bqd->bkd", ds, q), torch.einsum("bqk,bqe->bke", p, do)


def gradient_of_queries(q, k, v, do, l, delta, c):
    return torch.einsum("bqk,bkd->bqd", softened(q, k, do, v, l, delta, c)[1], k)


ATTENTION = {"q": "bqd", "k": "bkd", "v": "bke"}
EPS = {**ATTENTION, "eps": ""}
ROW = {"x": "bn"}
BACKWARD = {**ATTENTION, "do": "bqe", "l": "bq", "delta": "bq", "c": ""}
LINEAR = {"x": "bni", "g": "bi", "w": "bij", "eps": ""}

STATEMENTS = {
    "attention": (ATTENTION, "bqe", lambda q, k, v: contracted(torch.softmax(scaled(q, k), -1), v)),
    "attention_unscaled": (ATTENTION, "bqe", lambda q, k, v: contracted(torch.softmax(scaled(q, k), -1), v)),
    "sigmoid_attention": (ATTENTION, "bqe", lambda q, k, v: contracted(torch.sigmoid(scaled(q, k)), v)),
    "spherical_attention": (EPS, "bqe", lambda q, k, v, eps: contracted(scores(q, k) / (norm_of(scores(q, k)) + eps), v)),
    "l1_attention": (EPS, "bqe", lambda q, k, v, eps: contracted(scores(q, k) / (scores(q, k).abs().sum(-1, keepdim=True) + eps), v)),
    "relu_attention": (EPS, "bqe", lambda q, k, v, eps: contracted(scores(q, k).relu() / (scores(q, k).relu().sum(-1, keepdim=True) + eps), v)),
    "masked_attention": ({**ATTENTION, "open": "bqk"}, "bqe", masked),
    "gated_attention": ({"g": "bnk", "k": "bnk", "v": "bnv", "q": "bk"}, "bv", gated),
    "gradient_of_keys": (BACKWARD, "bkd,bke", gradient_of_keys),
    "gradient_of_queries": (BACKWARD, "bqd", gradient_of_queries),
    "matmul": ({"a": "bmk", "b": "bkn"}, "bmn", lambda a, b: torch.bmm(a, b)),
    "rms_norm_linear": (LINEAR, "bnj", lambda x, g, w, eps: torch.einsum("bni,bi,bij->bnj", x, g, w) / torch.sqrt((x * x).mean(-1, keepdim=True) + eps)),
    "layer_norm_linear": (
        LINEAR,
        "bnj",
        lambda x, g, w, eps: torch.einsum("bni,bi,bij->bnj", centred(x), g, w) / torch.sqrt((centred(x) ** 2).mean(-1, keepdim=True) + eps),
    ),
    "total": (ROW, "b", lambda x: x.sum(-1)),
    "total_product": (ROW, "b", lambda x: x.prod(-1)),
    "mean": (ROW, "b", lambda x: x.mean(-1)),
    "l2_norm": (ROW, "b", lambda x: torch.sqrt((x * x).sum(-1))),
    "variance": (ROW, "b", lambda x: (centred(x) ** 2).mean(-1)),
    "logsumexp": (ROW, "b", lambda x: torch.logsumexp(x, -1)),
    "cross_entropy": ({"x": "bn", "y": "bn"}, "b", lambda x, y: torch.logsumexp(x, -1) - (x * y).sum(-1)),
    "arg_max": (ROW, "b", lambda x: (x == x.max(-1, keepdim=True).values).to(x.dtype).argmax(-1).to(x.dtype)),
    "decay": ({"a": "bn", "b": "bn", "s": ""}, "b", decay),
    "softmax": (ROW, "bn", lambda x: torch.softmax(x, -1)),
    "running_total": (ROW, "bn", lambda x: x.cumsum(-1)),
}


def draw(name, wires, sizes, generator, device):
    """Fresh normal inputs, f32; factors near 1 where they are multiplied along an axis, decays below 1."""
    made = {}
    for wire, axes in wires.items():
        shape = [sizes["batch" if c == "b" else c] for c in axes]
        if wire in ("eps", "c"):
            made[wire] = torch.tensor([1e-6 if wire == "eps" else 0.125], device=device)
            continue
        x = torch.randn(shape or [1], generator=generator, device=device)
        if name == "total_product":
            x = 1 + x / max(sizes["n"], 1)
        if (name == "decay" and wire == "a") or (name == "gated_attention" and wire == "g"):
            x = torch.sigmoid(x)
        if wire == "open":  # every row has an open key
            x = (x > 0).to(x.dtype)
            x[..., 0] = 1
        if wire == "l":  # of the size that a softmax gives: weights are at most about 1
            x = 3 + x.abs()
        made[wire] = x
    return made
